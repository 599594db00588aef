/**
 * A clinic in memory for tests and pictures: it answers the commands of the clinical screens as the
 * program does, for one invented patient. It decides nothing and keeps nothing.
 */
import type {
  AfterAnswer,
  AnswerShown,
  AnswerView,
  AssessmentView,
  Banner,
  Commands,
  Fault,
  Session,
  Triage,
} from '../../src/backend/bindings';
import { choices, regions, sections } from './questions';

export const NOBODY_ASKED: AnswerShown = {
  answer: { state: 'not-asked' },
  who: null,
  conflict: null,
  stale: null,
  offered: null,
  offered_from: null,
  odd: null,
  from_letter: false,
};

export const BANNER: Banner = {
  patient: 'p1',
  family: 'NDLOVU',
  given: 'Thabo',
  title: 'Mr',
  preferred: 'Tab',
  born: '17-Sep-1979 (47y)',
  gender: 'Male',
  nhs_number: '999\u00a0046\u00a03380',
  nhs_digits: '9990463380',
  allergies: { state: 'known', words: 'Penicillin (rash), codeine (vomiting)' },
  ome: 'at least 60 mg (FPM 2020)',
  ome_flag: true,
  warnings: [],
  details: [
    { label: 'Needs', value: 'Large print, step-free room' },
    { label: 'GP', value: 'Priory Street Surgery' },
    { label: 'Tel', value: '01632 960 118' },
  ],
  wait: {
    words: 'Day 41 of 126',
    day: 41,
    percent: 33,
    level: 'ok',
    rule: 'RTT, 18 weeks',
    forecast: '17-Feb-2027',
    missing: false,
  },
  similar_name: false,
  died: null,
  identity_conflict: null,
  under_18: false,
};

const reason = (words: string, rule: string) => ({ words, rule, citation: 'NG193', mark: 'V2' });

export const TRIAGE: Triage = {
  parts: [
    {
      id: 'pain-type',
      name: 'Pain type',
      settled: false,
      value: 'Nerve pain likely, or mixed',
      because: [reason('Burning and electric shocks', 'PT-03')],
      findings: [],
      note: null,
      missing: choices(['pain-words', 'words that fit'], ['pain-main', 'main problem']),
    },
    {
      id: 'medicine-flags',
      name: 'Medicines',
      settled: false,
      value: 'At least 60 mg OME a day',
      because: [reason('Opioid with a gabapentinoid', 'MF-02')],
      findings: [],
      note: null,
      missing: choices(['medicine', 'medicines gone through']),
    },
    {
      id: 'lead',
      name: 'Lead',
      settled: false,
      value: 'Medicines review first, or group programme',
      because: [],
      findings: [],
      note: null,
      missing: choices(['pain-average', 'average pain']),
    },
    {
      id: 'warning-signs',
      name: 'Warning signs',
      settled: true,
      value: 'All asked, none present, 24-Nov 10:20, in person',
      because: [],
      findings: [],
      note: null,
      missing: [],
    },
    {
      id: 'urgency',
      name: 'Urgency',
      settled: true,
      value: 'Soon',
      because: [reason('Off work 9 weeks', 'U-07'), reason('PHQ-9 17', 'P-03')],
      findings: [],
      note: null,
      missing: [],
    },
    {
      id: 'strands',
      name: 'Strands',
      settled: true,
      value: 'Nursing, psychology, pharmacy',
      because: [reason('PHQ-9 17 and GAD-7 14', 'S-01')],
      findings: [],
      note: null,
      missing: [],
    },
  ],
  settled: 3,
  next: {
    question: 'pain-average',
    section: 'where',
    text: 'How strong has your pain been on average over the last 7 days?',
    settles: 'Settles Lead and Pain type',
  },
  ruleset: 'Rules uk-community-pain 2026.1 DRAFT',
  footer: 'Not a decision until a clinician signs',
  off: null,
  refused: null,
  urgency: 'soon',
  hidden: false,
};

export const SESSION: Session = {
  staff: 's1',
  name: 'Abena Osei',
  short_name: 'Nurse A. Osei',
  role: 'Nurse',
  service: 'Tyne pain service',
  site: 'Hexham',
  demo: true,
  may_sign: true,
  idle_minutes: 5,
  text_size: 100,
  letter_keys: true,
  ruleset: 'Rules 2026.1 DRAFT',
  draft_rules: true,
  proposals_off: false,
  today: '24-Nov-2026',
  at: 's1',
  sites: [],
  certificate: null,
  covering: [],
  unread: null,
  sheet_to_confirm: false,
  numbers_confirmed: false,
  keyring_held: true,
  pin_set: false,
  shared: false,
  about: {
    version: '0.1.0',
    intended_use: [],
    roles: [],
    keyring: { usable: true, words: '' },
    passphrase_min: 12,
    passphrase_min_without_keyring: 20,
  },
};

/** A new assessment with nothing asked. */
export function assessment(): AssessmentView {
  return {
    id: 'a1',
    banner: structuredClone(BANNER),
    started: '24-Nov-2026',
    mode: 'in-person',
    modes: choices(['in-person', 'In person'], ['phone', 'By phone']),
    finished: false,
    sections: sections(),
    answers: {},
    triage: structuredClone(TRIAGE),
    open_actions: [],
    saved_at: null,
    offers: 0,
    regions: regions(),
  };
}

/** A fault as the program throws it. */
export function fault(code: Fault['code'], message: string): Fault {
  return { code, message, fields: [], wait_seconds: null };
}

export type Answers = {
  [K in keyof Commands]?: (
    args: Commands[K]['args'],
  ) => Commands[K]['result'] | Promise<Commands[K]['result']>;
};

/** The clinic: `view` is what is kept; `calls` what was asked of it, in order. */
export class Clinic {
  view = assessment();
  calls: [string, unknown][] = [];
  /** Route that the next answer to these questions leads to. */
  routes: Record<string, string> = {};
  /** Answers of commands, in place of the clinic's own. */
  answers: Answers = {};
  #second = 0;

  /** Answers one command, as `invoke` would. */
  ipc = async (name: string, args: unknown): Promise<unknown> => {
    this.calls.push([name, args]);
    const own = this.answers[name as keyof Commands] as ((args: unknown) => unknown) | undefined;
    if (own) return own(args);
    const given = args as Record<
      'question' | 'answer' | 'list' | 'item' | 'fields' | 'state',
      never
    >;
    if (name === 'open_assessment') return structuredClone(this.view);
    if (name === 'leave_section') return this.after();
    if (name === 'record_answer') return this.#answer(given.question, given.answer);
    if (name === 'record_item') return this.#item(given.list, given.item, given.fields);
    if (name === 'remove_item') return this.#without(given.list, given.item);
    if (name === 'record_list') return this.#state(given.list, given.state);
    throw fault('other', `The clinic of the tests does not answer ${name}.`);
  };

  #answer(question: string, answer: unknown): AfterAnswer {
    this.view.answers[question] = { ...NOBODY_ASKED, answer: answer as AnswerView };
    const of = this.view.sections.find((one) => one.questions.some(({ id }) => id === question));
    if (of) {
      of.answered = of.questions.filter(({ id }) => {
        return (this.view.answers[id]?.answer.state ?? 'not-asked') !== 'not-asked';
      }).length;
      of.state = of.answered === 0 ? 'none' : of.answered === of.of ? 'done' : 'part';
    }
    return this.after(this.routes[question] ?? null);
  }

  #list(id: string) {
    const found = this.view.sections.flatMap(({ lists }) => lists).find((one) => one.id === id);
    if (!found) throw fault('invalid', 'There is no such list.');
    return found;
  }

  #item(list: string, item: string | null, fields: Record<string, never>): AfterAnswer {
    const found = this.#list(list);
    const words = Object.values(fields).join(' ');
    const row = { id: item ?? `i${this.calls.length}`, fields, words, notes: [] };
    const at = found.items.findIndex(({ id }) => id === item);
    if (at >= 0) found.items[at] = row;
    else found.items.push(row);
    return this.after();
  }

  #without(list: string, item: string): AfterAnswer {
    const found = this.#list(list);
    found.items = found.items.filter(({ id }) => id !== item);
    return this.after();
  }

  #state(list: string, state: AnswerView): AfterAnswer {
    this.#list(list).state = state;
    return this.after();
  }

  /** What comes back after anything kept. */
  after(route: string | null = null): AfterAnswer {
    this.#second += 1;
    this.view.saved_at = `10:42:${String(this.#second).padStart(2, '0')}`;
    const { answers, banner, triage, open_actions, saved_at } = this.view;
    const fresh = { answers, banner, sections: this.view.sections, triage, open_actions };
    return structuredClone({ ...fresh, saved_at: saved_at ?? '', route });
  }
}
