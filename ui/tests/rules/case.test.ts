import { describe, expect, it } from 'vitest';
import type { QuestionView } from '../../src/backend/bindings';
import {
  answerOf,
  askedOf,
  boxOf,
  chosenOf,
  choosable,
  emptyCase,
  isTyped,
  LONG_AGO_DAYS,
  opposite,
  typedAnswer,
  withAnswer,
  withOther,
  withoutQuestion,
  withQuestion,
} from '../../src/screens/rules/case';

const question = (id: string, kind: QuestionView['kind']): QuestionView => ({
  id,
  text: `About ${id}`,
  hint: '',
  kind,
  must: false,
  group: 'Safety',
  shown: true,
});

const SADDLE = question('ces-saddle', { kind: 'feature' });
const PAIN = question('pain-average', { kind: 'rating', low: 'none', high: 'worst' });
const DRIVES = question('drives', { kind: 'yes-no' });

describe('a made-up case', () => {
  it('takes a warning sign in as present and anything else as not asked', () => {
    const now = withQuestion(withQuestion(emptyCase('nothing-found'), SADDLE), PAIN);
    expect(now.answers.map((answer) => answer.answers)).toEqual([
      [{ state: 'given', value: 'present' }],
      [{ state: 'not-asked' }],
    ]);
    expect(withQuestion(now, SADDLE)).toBe(now);
    expect(withoutQuestion(now, 'ces-saddle').answers).toHaveLength(1);
  });

  it('offers questions by any of their words, and none twice', () => {
    const all = [SADDLE, PAIN, DRIVES];
    const now = withQuestion(emptyCase(''), SADDLE);
    expect(choosable(all, now, 'about').map(({ id }) => id)).toEqual(['pain-average', 'drives']);
    expect(choosable(all, emptyCase(''), 'CES saddle').map(({ id }) => id)).toEqual(['ces-saddle']);
  });

  it('keeps the four unanswered states apart from every answer', () => {
    for (const state of ['not-asked', 'declined', 'not-known', 'cannot-be-answered'] as const) {
      expect(answerOf(DRIVES.kind, state)).toEqual({ state });
      expect(chosenOf({ state })).toBe(state);
    }
    expect(answerOf(DRIVES.kind, '=false')).toEqual({ state: 'given', value: false });
    expect(answerOf(DRIVES.kind, chosenOf({ state: 'given', value: true }))).toEqual({
      state: 'given',
      value: true,
    });
  });

  it('reads a number as a number, and leaves what is none for the program to refuse', () => {
    expect(isTyped(PAIN.kind)).toBe(true);
    expect(typedAnswer(PAIN.kind, ' 7 ')).toEqual({ state: 'given', value: 7 });
    expect(typedAnswer(PAIN.kind, 'seven')).toEqual({ state: 'given', value: 'seven' });
    expect(typedAnswer(PAIN.kind, ' ')).toEqual({ state: 'not-asked' });
    expect(boxOf({ state: 'given', value: 7 })).toBe('7');
    expect(boxOf({ state: 'declined' })).toBe('');
  });

  it('puts an answer in conflict with its opposite, and settles it again', () => {
    const now = withQuestion(emptyCase(''), SADDLE);
    const [answer] = now.answers;
    if (!answer) throw new Error('no answer');
    const first = answer.answers[0] ?? { state: 'not-asked' };
    const torn = withOther(answer, opposite(SADDLE.kind, first));
    expect(torn.answers).toEqual([
      { state: 'given', value: 'present' },
      { state: 'given', value: 'absent' },
    ]);
    expect(withOther(torn, null).answers).toHaveLength(1);
    expect(withAnswer(now, torn).answers).toEqual([torn]);
  });

  it('says of an answer when and by whom it was given, and keeps days it has no word for', () => {
    const answer = { question: 'x', answers: [], days_ago: 0, origin: 'clinician' };
    expect(askedOf(answer)).toBe('today');
    expect(askedOf({ ...answer, days_ago: LONG_AGO_DAYS })).toBe('long-ago');
    expect(askedOf({ ...answer, origin: 'paper' })).toBe('paper');
    expect(askedOf({ ...answer, days_ago: 15 })).toBe('as-written');
  });
});
