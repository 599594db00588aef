/** A review session of invented patients in memory: it answers as the program does, and counts. */
import type {
  ReviewCase,
  ReviewChoices,
  ReviewRow,
  ReviewSession,
  ReviewStep,
} from '../../src/backend/bindings';
import { BANNER, fault, type Clinic } from './clinic';
import { OPINIONS } from './opinions';
import { RESULT } from './papers';

const FAMILIES = [
  'ABERNETHY',
  'BAPTISTE',
  'CHAUDHRY',
  'DUNMORE',
  'EDGECOMBE',
  'FLANAGAN',
  'NDLOVU',
  'PRZYBYLSKA',
  'QUAYLE',
  'RAHMAN',
  'SANDERSON',
  'TIERNEY',
  'UPTON',
  'WALCOTT',
];

export const CHOICES: ReviewChoices = {
  waiting: 14,
  aside: 1,
  sites: [{ value: 's2', label: 'Hexham', count: 14 }],
  urgencies: [
    { value: 'soon', label: 'Soon', count: 9 },
    { value: 'routine', label: 'Routine', count: 5 },
  ],
  waits: [
    { value: 'near', label: 'From day 112', count: 2 },
    { value: 'over', label: 'Over 18 weeks', count: 0 },
  ],
  only: [{ value: 'changed', label: 'Changed since I looked', count: 3 }],
  sizes: [20, 15, 10],
  under_way: null,
};

/** A session over a clinic. `cases` may be changed before it begins. */
export class Reviewing {
  rows: ReviewRow[] = FAMILIES.map((family, at) => ({
    assessment: `a${at + 1}`,
    patient: `p${at + 1}`,
    name: `${family}, Ruth`,
    similar_name: false,
    urgency: 'soon',
    urgency_label: 'Soon',
    urgency_signed: false,
    state: 'to-do',
    state_words: '',
  }));
  cases = new Map<string, Partial<ReviewCase>>();
  at: string | null = null;
  asks = true;

  constructor(clinic: Clinic) {
    clinic.answers.review_choices = () => CHOICES;
    clinic.answers.begin_review = () => this.session();
    clinic.answers.review_case = ({ assessment }) => this.drawn(assessment);
    clinic.answers.sign_reviewed = ({ assessment, form }) => {
      if (this.asks && form.passphrase === '') throw this.#unshown();
      this.asks = false;
      return this.#done(assessment, 'signed', 'Signed');
    };
    clinic.answers.pass_by = ({ assessment }) => this.#done(assessment, 'passed', 'Not decided');
    clinic.answers.put_aside = ({ assessment }) => this.#done(assessment, 'put-aside', 'Put aside');
    clinic.answers.ask_in_review = ({ assessment }) =>
      this.#done(assessment, 'enquired', 'The spoke is asked');
    clinic.answers.take_back = ({ assessment }) => this.#back(assessment);
    clinic.answers.end_review = () => ({ rows: this.rows, words: '14 signed', unsent: 3 });
    clinic.answers.case_sync = () => ({ steps: [], as_of: [] });
    clinic.answers.case_opinions = () => OPINIONS;
  }

  drawn(assessment: string): ReviewCase {
    const place = this.rows.findIndex((row) => row.assessment === assessment);
    this.at = assessment;
    const [family = '', given = ''] = (this.rows[place]?.name ?? '').split(', ');
    return {
      assessment,
      place: place + 1,
      of: this.rows.length,
      result: {
        ...RESULT,
        assessment,
        basis_digest: `b${assessment}`,
        banner: { ...BANNER, patient: this.rows[place]?.patient ?? '', family, given, title: '' },
      },
      since: null,
      answers: [{ label: 'Main pain', value: 'Low back, left, 4 years' }],
      treatments: [
        {
          name: 'Nerve root block',
          kind: 'Injection or block',
          dose: '',
          duration: '6 weeks',
          when: 'Jan-2025',
          benefit: 'A little',
          stopped: 'Wore off',
        },
      ],
      medicines: [
        {
          name: 'Morphine MR 30 mg',
          taken: 'Twice a day',
          purpose: 'Pain',
          notes: [{ tone: 'info', words: 'OME 60 mg a day' }],
        },
      ],
      ome: 'at least 60 mg (FPM 2020, DRAFT)',
      trends: [
        {
          name: 'PHQ-9',
          points: [
            { date: '24-Mar-2026', total: 15 },
            { date: '24-Nov-2026', total: 17 },
          ],
          max: 27,
          last: '17 of 27, moderately severe',
          change: 'no reliable change',
          summary: 'PHQ-9: 15 on 24-Mar-2026 and 17 on 24-Nov-2026.',
        },
      ],
      aside: null,
      ...this.cases.get(assessment),
    };
  }

  session(): ReviewSession {
    const done = this.rows.filter(({ state }) => state !== 'to-do').length;
    return { queue: structuredClone(this.rows), at: this.at, done, asks: this.asks };
  }

  #done(assessment: string, state: string, words: string): ReviewStep {
    const at = this.rows.findIndex((row) => row.assessment === assessment);
    const row = this.rows[at];
    if (row) Object.assign(row, { state, state_words: words });
    const inTurn = [...this.rows.slice(at + 1), ...this.rows.slice(0, at)];
    const next = inTurn.find((one) => one.state === 'to-do');
    const undo = { assessment, name: row?.name ?? '', seconds: 60 };
    return {
      said: `${words}.`,
      undo: state === 'signed' ? undo : null,
      next: next ? this.drawn(next.assessment) : null,
      session: this.session(),
    };
  }

  #back(assessment: string): ReviewStep {
    const row = this.rows.find((one) => one.assessment === assessment);
    if (row) Object.assign(row, { state: 'to-do', state_words: '' });
    const next = this.drawn(assessment);
    return { said: 'Taken back.', undo: null, next, session: this.session() };
  }

  #unshown() {
    const message = 'Enter your PIN or passphrase to sign.';
    return { ...fault('invalid', message), fields: [{ field: 'passphrase', message }] };
  }
}
