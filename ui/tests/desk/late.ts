/** What waits too long, and two records that may be of one person. Invented. */
import type { DuplicatePair, Duplicates, OverdueRow } from '../../src/backend/bindings';

export const LATE: OverdueRow = {
  id: 'back-a1',
  patient: 'p1',
  assessment: 'a1',
  name: 'NDLOVU, Thabo',
  words: 'Decided, and no laptop at the spoke has it',
  since: '24-Nov-2026 10:20',
  late: '3 hours late',
  whom: 'the spoke',
  phone: '01632 960 011',
  kind: 'back',
  route: null,
  action: 'Open the decision',
};

export const NOT_GIVEN: OverdueRow = {
  ...LATE,
  id: 'plan-given-a2',
  name: 'OKAFOR, Emeka',
  late: '20 minutes late',
  whom: '',
  phone: null,
  kind: 'plan-given',
  action: 'Open the plan',
};

const PAIR: DuplicatePair = {
  id: 'p1-p2',
  why: 'Same NHS number',
  one: 'p1',
  other: 'p2',
  one_name: 'NDLOVU, Thabo',
  other_name: 'NDLOVU, Tabo',
  rows: [
    { label: 'Site', one: 'Hexham spoke', other: 'Rowan spoke', differs: true },
    { label: 'NHS number', one: '999 160 9938', other: '999 160 9938', differs: false },
  ],
};

export const DUPLICATES: Duplicates = {
  at_hub: true,
  pairs: [PAIR],
  grounds: [{ value: 'number', label: 'The NHS number, checked on the national record' }],
  may_link: true,
};
