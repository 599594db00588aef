/** Second opinions on the invented patient. */
import type {
  CaseOpinions,
  OpinionCase,
  OpinionRow,
  OpinionSaid,
  OpinionView,
} from '../../src/backend/bindings';
import { RESULT } from './papers';
import { choices } from './questions';

const FIRST: OpinionSaid = {
  who: 'Ama Osei, consultant, 24-Nov-2026 10:20',
  verdict: 'Decided first',
  disagrees: false,
  blind: false,
  lead: 'Medicines review first',
  urgency: 'Soon',
  urgency_tag: 'soon',
  strands: ['Pharmacy'],
  change: '',
  reason: '',
};

export const DISAGREES: OpinionSaid = {
  ...FIRST,
  who: 'Imran Hale, consultant, 25-Nov-2026 09:00',
  verdict: 'Disagrees',
  disagrees: true,
  blind: true,
  lead: 'Another specialist, urgently',
  urgency: 'Urgent',
  urgency_tag: 'urgent',
  reason: 'The pain has changed since the scan.',
};

export const ASKED: OpinionView = {
  opinion: 'o1',
  assessment: 'a1',
  question: 'Is this the right pathway, and the right urgency?',
  text: 'Would you go another way?',
  asked: 'Ama Osei, consultant, 24-Nov-2026 10:30',
  of: 'Imran Hale, consultant',
  by: '30-Nov-2026',
  late: null,
  blind: false,
  wished: 'The clinician',
  state: 'asked',
  state_words: 'Asked, and not answered yet.',
  first: FIRST,
  answers: [],
  settles: 'the lead',
  settled: null,
  may_answer: false,
  may_settle: false,
  may_withdraw: true,
};

/** A blind one, as whoever is asked sees it. */
export const BLIND: OpinionView = {
  ...ASKED,
  blind: true,
  first: null,
  may_answer: true,
  may_withdraw: false,
};

export const OPINIONS: CaseOpinions = {
  opinions: [],
  suggested: [],
  wished: 'patient',
  may_ask: true,
  hidden: null,
  people: choices(['s2', 'Imran Hale, consultant']),
  roles: choices(['consultant', 'Any consultant']),
  questions: choices(['pathway', 'Is this the right pathway, and the right urgency?']),
  wishes: choices(['clinician', 'The clinician'], ['patient', 'The patient']),
  settlers: choices(['s1', 'Yourself']),
};

export const CASE: OpinionCase = {
  opinion: { ...ASKED, may_answer: true },
  result: RESULT,
  hidden: false,
  verdicts: choices(
    ['agree', 'I agree'],
    ['agree-with-change', 'I agree, with a change'],
    ['disagree', 'I disagree'],
  ),
  ways: choices(
    ['first', 'The first view holds'],
    ['second', 'The second view holds'],
    ['other', 'Otherwise than either'],
  ),
};

export const ROW: OpinionRow = {
  opinion: 'o1',
  patient: 'p1',
  name: 'NDLOVU, Thabo (Mr)',
  similar_name: true,
  text: 'Would you go another way?',
  who: 'Asked of Imran Hale, consultant by Ama Osei, consultant, 24-Nov-2026 10:30',
  by: '30-Nov-2026',
  late: '2 days late',
  blind: true,
  to_settle: false,
  action: 'Answer',
};
