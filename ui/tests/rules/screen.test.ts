import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type {
  BenchResult,
  Comparison,
  Rulebook,
  RulesetHead,
  RuleView,
} from '../../src/backend/bindings';
import { places } from '../../src/places.svelte';
import { SESSION } from '../desk/door';
import { PATIENT } from '../desk/patient';
import { WORKLIST } from '../desk/worklist';
import { fault, openWindow, settle, type Answers } from '../window';

const HEAD: RulesetHead = {
  name: 'uk-community-pain 2026-11-draft-2',
  title: 'Adults in a UK community pain clinic',
  status: 'DRAFT',
  draft: true,
  digest: '89b4 c3d2',
  digest_whole: '89b4c3d2',
  holds: '1 rule over 1 fact',
};

const BOOK: Rulebook = {
  ruleset: HEAD,
  decided: [
    {
      id: 'warning-signs',
      title: 'Warning signs',
      values: [{ id: 'ces', title: 'Nerves at the base of the spine', rules: ['ces-new'] }],
    },
  ],
  rules: [{ id: 'ces-new', words: 'See it at once.', search: 'cesnew saddle', overdue: false }],
  questions: [
    {
      id: 'ces-saddle',
      text: 'Numbness between the legs',
      hint: '',
      kind: { kind: 'feature' },
      must: true,
      group: 'Safety',
      shown: true,
    },
  ],
  vignettes: [{ id: 'saddle', words: 'A woman of 44.' }],
  bases: [{ value: 'nothing-found', label: 'All asked, nothing found' }],
  may_compare: true,
};

const RULE: RuleView = {
  ruleset: HEAD,
  id: 'ces-new',
  sort: 'Rule',
  when: null,
  then: ['Urgency: at least emergency'],
  in_conflict: 'It fires.',
  words: 'See it at once.',
  citation: 'GIRFT',
  mark: 'V2',
  mark_words: 'Read in a secondary copy',
  owner: 'Clinical safety officer',
  review: '31-May-2026',
  overdue: true,
  precedence: ['Rule 1 of 1.'],
  vignettes: [{ id: 'saddle', words: 'A woman of 44.' }],
};

const RESULT: BenchResult = {
  ruleset: HEAD,
  parts: [],
  settled: 0,
  refused: null,
  next: null,
  fired: [],
  may_yet: [],
  others: 1,
  chosen: {
    id: 'ces-new',
    turns_out: 'does-not',
    words: 'It does not fire.',
    when: {
      joined: 'fact',
      words: 'Numbness between the legs: present',
      parts: [],
      turns_out: 'does-not',
      known: 'absent',
      question: 'ces-saddle',
    },
  },
  medicines: [],
  notes: [],
};

const COMPARISON: Comparison = {
  before: HEAD,
  after: null,
  fault: { line: 3, column: 9, expected: 'A fact', nearest: 'ces-saddle', text: 'ces-sadle' },
  proof: [],
  proved: null,
  changes: [],
  cases: '',
  movers: [],
  vignettes: '',
  vignette_movers: [],
  note: 'Two people sign.',
};

const answers: Answers = {
  status: { phase: 'open', ...SESSION },
  worklist: WORKLIST,
  open_rulebook: BOOK,
  open_rule: RULE,
  try_case: RESULT,
  start_case: {
    base: 'nothing-found',
    vignette: 'saddle',
    age: 44,
    answers: [],
    medicines: null,
    facts: [],
  },
  open_patient: PATIENT,
};

async function open(more: Answers = {}): Promise<Awaited<ReturnType<typeof openWindow>>> {
  const calls = await openWindow({ ...answers, ...more });
  await fireEvent.click(screen.getByRole('button', { name: /Nurse A. Osei/ }));
  await settle();
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Rules and test bench' }));
  await settle(200);
  return calls;
}

async function chooseFile(): Promise<void> {
  await fireEvent.click(screen.getByRole('tab', { name: 'Try another ruleset' }));
  const input = screen.getByLabelText("Choose a ruleset's file");
  await fireEvent.change(input, { target: { files: [new File(['x'], 'other.toml')] } });
  await settle(50);
}

describe('the rules', () => {
  it('are reached from the user menu and say DRAFT, version and digest', async () => {
    await open();
    const page = document.body.textContent ?? '';
    expect(page).toContain('DRAFT');
    expect(page).toContain('uk-community-pain 2026-11-draft-2');
    expect(page).toContain('89b4 c3d2');
  });

  it('say of a rule that its review is overdue', async () => {
    await open();
    within(screen.getByTestId('rule')).getByText('Overdue');
  });

  it('try the case again when a fact that does not fit is taken up', async () => {
    const calls = await open();
    within(screen.getByTestId('why-not')).getByText('absent', { exact: false });
    await fireEvent.click(screen.getByRole('button', { name: /Answer it/ }));
    await settle(200);
    const tried = calls.filter(({ name }) => name === 'try_case').at(-1);
    expect(tried?.args['case']).toMatchObject({
      answers: [{ question: 'ces-saddle', answers: [{ state: 'given', value: 'present' }] }],
    });
  });

  it('start a case from a vignette', async () => {
    const calls = await open();
    await fireEvent.click(screen.getByRole('button', { name: 'saddle' }));
    await settle(200);
    const tried = calls.filter(({ name }) => name === 'try_case').at(-1);
    expect(tried?.args['case']).toMatchObject({ vignette: 'saddle', age: 44 });
  });

  it('show a refused answer beside it, and keep the last outcome', async () => {
    await open({
      try_case: () => {
        throw fault('invalid', 'Some of what was entered cannot be right.', {
          fields: [{ field: 'medicines', message: 'This medicine is not known.' }],
        });
      },
    });
    screen.getByText('This medicine is not known.');
  });
});

describe('another ruleset', () => {
  it('that cannot be read is said with line, column and the nearest name', async () => {
    await open({ try_ruleset: COMPARISON });
    await chooseFile();
    const said = screen.getByTestId('ruleset-fault').textContent?.replace(/\s+/g, ' ');
    expect(said).toContain('Line 3, column 9: A fact');
    expect(said).toContain('Did you mean ces-saddle?');
  });

  it('lists who would move, and opens that patient', async () => {
    const move = { part: 'Urgency', from: 'Emergency', to: 'Soon' };
    const mover = {
      patient: 'p1',
      name: 'NDLOVU, Thabo',
      note: 'NHS No. 999 046 3380',
      moves: [move],
      because: ['ces-new would no longer fire'],
    };
    const found = { ...COMPARISON, fault: null, after: HEAD, cases: '1 of 1', movers: [mover] };
    await open({ try_ruleset: found });
    await chooseFile();
    expect(screen.getByTestId('mover').textContent).toContain('ces-new would no longer fire');
    await fireEvent.click(screen.getByRole('button', { name: 'NDLOVU, Thabo' }));
    expect(places.here).toEqual({ screen: 'patient', patient: 'p1' });
  });

  it('is offered to nobody whose role may not compare', async () => {
    await open({ open_rulebook: { ...BOOK, may_compare: false } });
    await fireEvent.click(screen.getByRole('tab', { name: 'Try another ruleset' }));
    expect(screen.queryByLabelText("Choose a ruleset's file")).toBeNull();
  });
});
