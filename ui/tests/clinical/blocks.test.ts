import { expect, it } from 'vitest';
import { ends, layOut } from '../../src/screens/assessment/blocks';
import { choices, question } from './questions';

const item = (id: string, instrument: string, ...labels: string[]) => {
  const options = choices(...labels.map((label, at): [string, string] => [String(at), label]));
  return question(id, id, { kind: 'item', instrument, options });
};

it('items of one instrument share a grid only while they share their answers', () => {
  const [group] = layOut([
    item('a-1', 'a', 'Never', 'Often'),
    item('a-2', 'a', 'Never', 'Often'),
    item('a-3', 'a', '1 or 2', '3 or 4'),
  ]);
  const shared = group?.blocks.map(({ questions }) => questions.map(({ id }) => id));
  expect(shared).toEqual([['a-1', 'a-2'], ['a-3']]);
});

it('an instrument split by another question keeps one credit line, after its last grid', () => {
  const groups = layOut([
    item('a-1', 'a', 'Never'),
    question('rest', 'The rest of it', { kind: 'yes-no' }),
    item('a-2', 'a', 'Never'),
  ]);
  expect(ends(groups).get('a')).toEqual({ first: 'a-1', last: 'a-2' });
});

it('a question that is not shown takes no place', () => {
  expect(layOut([question('q', 'q', { kind: 'yes-no' }, { shown: false })])).toEqual([]);
});
