/** Referral forms and files. Invented. */
import type {
  ClockSettings,
  CsvReport,
  IntakeStart,
  LocalNumbers,
  ReferralForm,
} from '../../src/backend/bindings';
import { HITS } from './worklist';

const EMPTY: ReferralForm = {
  nhs_number: '',
  family: '',
  given: '',
  title: '',
  preferred: '',
  born: '',
  gender: '',
  phone: '',
  address: '',
  needs: '',
  gp: '',
  referrer: '',
  received: '2026-11-24',
  reason: '',
  asked_urgency: '',
  letter: '',
  safety: {},
  late: { on: '', at: '', by: '' },
};

const choices = (...words: string[]) =>
  words.map((label) => ({ value: label.toLowerCase().replace(/\W+/g, '-'), label }));

export const START: IntakeStart = {
  form: EMPTY,
  safety: choices(
    'New difficulty passing or holding urine',
    'New loss of bowel control',
    'Numbness around the back passage or genitals',
    'New weakness in both legs',
    'History of cancer with new or changed back pain',
    'Fever, or feeling unwell with spinal pain',
    'Thoughts of ending their life',
    'A fall or injury before the pain began',
    'Safeguarding concern',
  ),
  genders: choices('Female', 'Male', 'Other', 'Not known'),
  urgencies: choices('Routine', 'Soon', 'Urgent'),
};

export const FORM: ReferralForm = {
  ...EMPTY,
  nhs_number: '9990465444',
  family: 'Southern',
  given: 'Elaine',
  title: 'Mrs',
  born: '1961-10-19',
  letter:
    'Dear colleague,\n\nThank you for seeing Mrs Southern, who has had low back pain for four years.\nSince Friday she has numbness around the back passage.\n\nDr P. Lindqvist',
  safety: { 'numbness-around-the-back-passage-or-genitals': 'present' },
};

export const CSV: CsvReport = {
  good: [
    { line: 2, name: 'OKONKWO, Grace (Ms)', already_known: [] },
    { line: 3, name: 'SOUTHERN, Elaine (Mrs)', already_known: HITS.slice(0, 1) },
    { line: 5, name: 'ÅKERLUND, Sven (Mr)', already_known: [] },
  ],
  bad: [
    { line: 4, field: 'NHS number', reason: 'The last digit does not fit. Check the number.' },
    { line: 6, field: 'Date of birth', reason: '31/02/1960 is not a date.' },
    { line: 6, field: 'Received', reason: 'Is missing.' },
  ],
  imported: 0,
  headings: [
    'NHS number',
    'Family name',
    'Given names',
    'Date of birth',
    'Received',
    'Referrer',
    'Reason',
  ],
};

export const CLOCK: ClockSettings = {
  service: 'consultant-led',
  returned_nationally: false,
  missed_follow_up: 'discharge',
  set: false,
};

export const NUMBERS: LocalNumbers = {
  hub: '01632 960 001',
  crisis: '01632 960 002',
  mscc: '',
  safeguarding: '',
  spinal: '01632 960 005',
  clinic: '01632 960 006',
  out_of_hours: '111',
  confirmed: false,
};
