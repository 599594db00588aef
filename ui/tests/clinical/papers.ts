/** A route, a triage result and a plan of the invented patient. */
import type { LetterView, PlanView, RouteView, TriageResult } from '../../src/backend/bindings';
import { BANNER, TRIAGE } from './clinic';
import { choices } from './questions';

/** The route of a possible cauda equina syndrome, nothing recorded. */
export const ROUTE: RouteView = {
  id: 'ces',
  banner: { ...BANNER, warnings: ['Numbness between the legs'] },
  assessment: 'a1',
  title: 'Possible cauda equina syndrome',
  features: [
    'New numbness between the legs: present, 24-Nov-2026 10:31, A. Osei, in person',
    'New trouble with passing urine: present, 24-Nov-2026 10:30, A. Osei, in person',
  ],
  steps: [
    'Stay with the person. Tell them why this is urgent.',
    'Send them now to an emergency department with MRI day and night. Do not wait for the hub.',
    'Phone ahead: say “possible cauda equina syndrome, scan needed”.',
    'Give the warning card and write down who was told, and when.',
  ],
  within: 'Immediately. MRI within 4 hours of the request.',
  phones: [
    { label: 'Emergency', value: '999' },
    { label: 'Spinal or musculoskeletal urgent pathway', value: 'Enter it in settings' },
    { label: 'Hub', value: '01632 960 200' },
  ],
  citation: 'GIRFT 2023, updated March 2026',
  mark: 'V2',
  outcomes: choices(
    ['acting-now', 'Acting now, record after'],
    ['sent', 'Sent to the emergency department'],
    ['ambulance', '999 called, ambulance coming'],
    ['pathway', 'Urgent spinal pathway phoned: symptoms over 14 days and not changing'],
    ['decline', 'This route is not followed'],
  ),
  safety_record: false,
  decline_note: 'The hub is told that the route was declined, and why.',
  recorded: [],
  hub_not_told: 'Hub NOT told: phone 01632 960 200',
};

/** The route after item 9: a safety record. */
export const SAFETY: RouteView = {
  ...ROUTE,
  id: 'self-harm',
  title: 'Thoughts of suicide or self-harm',
  features: ['PHQ-9 item 9: several days, 24-Nov-2026 10:35, A. Osei'],
  steps: [
    'Ask directly and kindly what they have been thinking.',
    'Decide together what happens now.',
  ],
  within: 'Now, before the person leaves.',
  outcomes: choices(
    ['immediate-danger', 'Immediate danger: 999 or emergency department, and stay with the person'],
    ['urgent-today', 'Urgent mental health assessment today: NHS 111 option 2 or the crisis team'],
    ['gp-same-day', 'GP the same day'],
    ['safety-plan', 'Safety plan agreed, with a review date'],
    ['no-current-concern', 'Discussed, no current concern'],
  ),
  safety_record: true,
  hub_not_told: null,
};

/** A result that may be signed as proposed. */
export const RESULT: TriageResult = {
  supervised: null,
  supervisors: [],
  unverified: [],
  assessment: 'a1',
  banner: BANNER,
  triage: {
    ...TRIAGE,
    next: null,
    settled: 6,
    parts: TRIAGE.parts.map((part) => ({
      ...part,
      settled: true,
      missing: [],
      findings:
        part.id === 'lead'
          ? [{ question: 'group-willing', words: 'Willing to join a group: "Yes"' }]
          : [],
    })),
  },
  decision: null,
  sign_as_proposed: { allowed: true, why_not: null },
  dispositions: choices(['D07', 'Pain management programme'], ['D09', 'Medicines review first']),
  urgencies: choices(['urgent', 'Urgent'], ['soon', 'Soon'], ['routine', 'Routine']),
  strands: choices(
    ['medical', 'Medical'],
    ['nursing', 'Nursing'],
    ['physiotherapy', 'Physiotherapy'],
    ['psychology', 'Psychology'],
    ['pharmacy', 'Pharmacy'],
    ['social', 'Social'],
  ),
  reasons: choices(['patient-wish', 'The person wishes otherwise'], ['new', 'New information']),
  proposed: {
    lead: 'D09',
    urgency: 'soon',
    strands: ['nursing', 'psychology', 'pharmacy'],
    reason: '',
    reason_text: '',
    comment: '',
    basis_digest: '',
    passphrase: '',
  },
  warning_signs: [],
  open_actions: [],
  basis: '47 entries, the last 24-Nov-2026 10:42',
  basis_digest: 'b1',
  summary: [
    {
      label: 'Main pain',
      value: 'Low back, left, 4 years; spreads to left buttock, thigh and calf',
    },
    { label: 'Feels like', value: 'Burning, electric shocks, tingling, numb' },
    { label: 'Average', value: '7 of 10' },
    { label: 'Medicines', value: 'Morphine MR 30 mg twice a day; pregabalin 150 mg twice a day' },
    { label: 'Matters', value: '“Back at work by spring.”' },
  ],
  scores: [
    {
      instrument: 'phq-9',
      name: 'PHQ-9',
      stem: '',
      words: '17 of 27',
      band: 'moderately severe',
      total: 17,
      max: 27,
      parts: [],
      change: null,
      sources: [],
      prompts: [],
      notes: [],
      attribution: '',
    },
    {
      instrument: 'gad-7',
      name: 'GAD-7',
      stem: '',
      words: '14 of 21',
      band: 'moderate',
      total: 14,
      max: 21,
      parts: [],
      change: null,
      sources: [],
      prompts: [],
      notes: [],
      attribution: '',
    },
  ],
  may_sign: true,
};

/** A page as the renderer might draw it. */
export const PAGE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="60" y="90" font-size="24">My plan</text><text x="60" y="130" font-size="14">Thabo Ndlovu, NHS No. 999 046 3380</text></svg>';

/** A plan that is being written. */
export const PLAN: PlanView = {
  assessment: 'a1',
  banner: BANNER,
  version: 1,
  blocks: [
    {
      id: 'we-do',
      title: 'What we will do',
      hint: 'What the service does, by when.',
      text: 'Go through your medicines with the pharmacist in the next two weeks.',
      phrases: [
        { text: 'Phone you after two weeks to ask how it is going.', source: 'Felloe phrases, M' },
        { text: 'Send you a place on the group programme.', source: 'Felloe phrases, M' },
      ],
      reading_age: 'Reading age about 10',
      drafted: false,
    },
    {
      id: 'you-do',
      title: 'What you will do',
      hint: 'Small steps the person chose.',
      text: 'Walk to the end of the road and back, every second day.',
      phrases: [{ text: 'Keep a diary of good and bad days.', source: 'Felloe phrases, M' }],
      reading_age: null,
      drafted: true,
    },
    {
      id: 'warning-signs',
      title: 'Warning signs and whom to call',
      hint: '',
      text: 'Call 999 if you cannot pass urine or feel numb between the legs.',
      phrases: [],
      reading_age: null,
      drafted: true,
    },
  ],
  goals: [{ text: 'Pick my daughter up from school', by: '2027-03-01', confidence: 6 }],
  review: '2027-01-12',
  agreed: null,
  changed_since_agreed: false,
  given: null,
  missing: [],
  decision: 'Soon, medicines review first, signed by R. Whitlock 24-Nov-2026',
  saved_at: '11:05:02',
  present_choices: choices(['patient', 'The patient'], ['carer', 'A carer']),
  may_sign: true,
};

const letterPart = {
  hint: '',
  phrases: [],
  reading_age: null,
  drafted: false,
  needed: false,
  sources: [],
  changed: false,
  fresh: '',
};

/** A letter to the GP that is being written. */
export const LETTER: LetterView = {
  assessment: 'a1',
  to: 'gp',
  title: 'To the GP',
  banner: BANNER,
  kinds: [
    { to: 'gp', title: 'To the GP', state: 'Draft' },
    { to: 'patient', title: 'To the patient', state: 'Not written' },
  ],
  version: 1,
  addressee: 'Priory Street Surgery',
  for_patient: false,
  parts: [
    {
      ...letterPart,
      id: 'asks',
      title: 'What we ask of you',
      text: '',
      needed: true,
      phrases: [{ text: 'Nothing is asked of you now.', source: 'Design decision [D]' }],
    },
    {
      ...letterPart,
      id: 'decision',
      title: 'Decision',
      text: 'Decision: Medicines optimisation\nSigned by R. Whitlock, consultant',
      fresh: 'Decision: Medicines optimisation\nSigned by R. Whitlock, consultant',
      drafted: true,
      needed: true,
      sources: [
        { words: 'Decision signed: Medicines optimisation', who: '24-Nov-2026 11:02, R. Whitlock' },
      ],
    },
  ],
  decision: 'Medicines optimisation, 24-Nov-2026 11:02, R. Whitlock',
  approved: null,
  changed_since_approved: false,
  missing: ['What we ask of you'],
  holds: ['It is not approved yet.'],
  sent: [],
  file_name: 'letter-7f3a9b21.pdf',
  saved_at: '11:05:02',
  may_write: true,
  may_approve: true,
  may_send: true,
};
