import type { Choice, QuestionView } from '../../backend/bindings';

/** Questions that stand together on the page: one row each, or one grid of an instrument. */
export type Block =
  | { kind: 'rows'; key: string; questions: QuestionView[] }
  | {
      kind: 'grid';
      key: string;
      instrument: string;
      options: Choice[];
      questions: QuestionView[];
    };

/** A card of a section: a heading and the blocks under it. */
export interface Group {
  key: string;
  title: string;
  blocks: Block[];
}

const sameOptions = (one: Choice[], other: Choice[]): boolean =>
  one.length === other.length && one.every((option, at) => option.label === other[at]?.label);

/**
 * Lays the shown questions of a section out in cards and blocks, in their own order.
 *
 * Items of one instrument share a grid only while they share their options: the columns' heads
 * would otherwise stand over answers they do not name.
 */
export function layOut(questions: QuestionView[]): Group[] {
  const groups: Group[] = [];
  for (const question of questions) {
    if (!question.shown) continue;
    let group = groups.at(-1);
    if (!group || group.title !== question.group) {
      group = { key: `${question.group}/${question.id}`, title: question.group, blocks: [] };
      groups.push(group);
    }
    place(group, question);
  }
  return groups;
}

function place(group: Group, question: QuestionView): void {
  const { kind } = question;
  const last = group.blocks.at(-1);
  if (kind.kind === 'item') {
    const { instrument, options } = kind;
    const fits =
      last?.kind === 'grid' && last.instrument === instrument && sameOptions(last.options, options);
    if (fits) last.questions.push(question);
    else {
      const key = question.id;
      group.blocks.push({ kind: 'grid', key, instrument, options, questions: [question] });
    }
  } else if (last?.kind === 'rows') {
    last.questions.push(question);
  } else {
    group.blocks.push({ kind: 'rows', key: question.id, questions: [question] });
  }
}

/** The instruments of a section, each with the key of its first and of its last grid. */
export function ends(groups: Group[]): Map<string, { first: string; last: string }> {
  const found = new Map<string, { first: string; last: string }>();
  for (const block of groups.flatMap(({ blocks }) => blocks)) {
    if (block.kind !== 'grid') continue;
    const first = found.get(block.instrument)?.first ?? block.key;
    found.set(block.instrument, { first, last: block.key });
  }
  return found;
}
