/** The tree of rules by what they decide: which rows are seen, and how keys walk it. Pure. */
import type { RuleLine, Rulebook } from '../../backend/bindings';

/** One row that is seen. */
export interface TreeRow {
  /** Unique in the tree: a rule stands under each thing that it decides. */
  key: string;
  /** 1 for what is decided, 2 for a value, 3 for a rule. */
  level: 1 | 2 | 3;
  title: string;
  /** How many rules stand under it; none for a rule. */
  count: number | null;
  /** Whether it is open; none for a rule. */
  open: boolean | null;
  rule: RuleLine | null;
}

/** Letters as the program compares them: small, without accents, hyphens and apostrophes. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/['\u2019\u00a0-]/g, '');
}

/** The ids of the rules that have every word of the filter. */
export function matching(book: Pick<Rulebook, 'rules'>, filter: string): Set<string> {
  const words = folded(filter).split(/\s+/).filter(Boolean);
  const fits = (rule: RuleLine): boolean => words.every((word) => rule.search.includes(word));
  return new Set(book.rules.filter(fits).map((rule) => rule.id));
}

/** The rows that are seen. With a filter, all that match are, under what they decide. */
export function rows(
  book: Pick<Rulebook, 'rules' | 'decided'>,
  open: ReadonlySet<string>,
  filter: string,
): TreeRow[] {
  const filtering = filter.trim() !== '';
  const found = matching(book, filter);
  const lines = new Map(book.rules.map((rule) => [rule.id, rule]));
  const seen: TreeRow[] = [];
  for (const decided of book.decided) {
    const values = decided.values
      .map((value) => ({ ...value, rules: value.rules.filter((id) => found.has(id)) }))
      .filter((value) => value.rules.length > 0);
    if (values.length === 0) continue;
    const isOpen = filtering || open.has(decided.id);
    const count = new Set(values.flatMap((value) => value.rules)).size;
    seen.push(row(decided.id, 1, decided.title, count, isOpen));
    if (!isOpen) continue;
    for (const value of values) {
      const key = `${decided.id}/${value.id}`;
      const valueOpen = filtering || open.has(key);
      seen.push(row(key, 2, value.title, value.rules.length, valueOpen));
      if (!valueOpen) continue;
      for (const id of value.rules) {
        const rule = lines.get(id);
        if (rule) seen.push({ ...row(`${key}/${id}`, 3, shortName(id), null, null), rule });
      }
    }
  }
  return seen;
}

function row(
  key: string,
  level: TreeRow['level'],
  title: string,
  count: number | null,
  open: boolean | null,
): TreeRow {
  return { key, level, title, count, open, rule: null };
}

/** A constraint or a claim has its sort before its name. */
export function shortName(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** The first sentence of a reason; the whole stands on the rule's page. */
export function firstSentence(words: string): string {
  return /^.*?[.!?](?=\s)/.exec(words)?.[0] ?? words;
}

/** What a key does to the tree, from the row that has the focus. */
export type TreeStep =
  { go: number } | { open: string } | { close: string } | { choose: string } | null;

/** The keys of a tree, as every file manager has them. */
export function step(key: string, seen: readonly TreeRow[], at: number): TreeStep {
  const here = seen[at];
  const parent = (): number => {
    for (let up = at - 1; up >= 0; up -= 1) {
      if ((seen[up]?.level ?? 0) < (here?.level ?? 0)) return up;
    }
    return at;
  };
  switch (key) {
    case 'ArrowDown':
      return { go: Math.min(at + 1, seen.length - 1) };
    case 'ArrowUp':
      return { go: Math.max(at - 1, 0) };
    case 'Home':
      return { go: 0 };
    case 'End':
      return { go: seen.length - 1 };
    case 'ArrowRight':
      if (here?.open === false) return { open: here.key };
      return here?.open ? { go: Math.min(at + 1, seen.length - 1) } : null;
    case 'ArrowLeft':
      return here?.open ? { close: here.key } : { go: parent() };
    case 'Enter':
    case ' ':
      if (here?.rule) return { choose: here.rule.id };
      if (here?.open) return { close: here.key };
      return here ? { open: here.key } : null;
    default:
      return null;
  }
}

/** The rows that must be open for a rule to be seen where it stands first. */
export function pathTo(book: Pick<Rulebook, 'decided'>, rule: string): string[] {
  for (const decided of book.decided) {
    const value = decided.values.find((one) => one.rules.includes(rule));
    if (value) return [decided.id, `${decided.id}/${value.id}`];
  }
  return [];
}
