/** Invented: who one of the people is, with all that can stand on that screen. */
import type { DetailRow, ErasureLine, ErasuresView, PersonView } from '../../src/backend/bindings';
import { PATIENT } from './patient';
import { HITS } from './worklist';

function row(
  field: string,
  label: string,
  value: string,
  rest: Partial<DetailRow> = {},
): DetailRow {
  const words = value || 'Not known';
  return {
    field,
    label,
    value,
    words,
    choices: [],
    identifies: false,
    conflict: [],
    before: [],
    ...rest,
  };
}

export const ASKED: ErasureLine = {
  asked: 'entry-1',
  patient: 'p7',
  whom: 'OKAFOR, Emeka',
  ground: 'Order of a court',
  reference: 'Order 12 of 2026',
  asked_by: 'Robin Lead, lead, 24-Nov-2026 10:20',
  confirmed_by: null,
  may_confirm: true,
};

export const ERASURES: ErasuresView = { asked: [ASKED], done: [], may_erase: true };

const said = (words: string, who: string) => ({ value: words, words, who, reason: null });

export const PERSON: PersonView = {
  patient: 'p1',
  banner: {
    ...PATIENT.banner,
    identity_conflict: 'Two values of the given name did not see each other.',
  },
  details: [
    row('family', 'Family name', 'Ndlovu', {
      identifies: true,
      before: [{ ...said('Hart', 'Ama Osei, 02-Sep-2026 15:12'), reason: 'Married' }],
    }),
    row('given', 'Given names', 'Thabo', {
      identifies: true,
      conflict: [
        said('Thabo', 'Ama Osei, 24-Nov-2026 10:20'),
        said('Tabo', 'Robin Nurse, 24-Nov-2026 09:50'),
      ],
    }),
    row('phone', 'Telephone', ''),
  ],
  death: {
    words: null,
    conflict: false,
    said: [],
    before: [],
    sources: [{ value: 'gp', label: 'GP' }],
    left: [],
  },
  linked: [],
  disputed: [],
  suggested: HITS.slice(0, 1).map((hit) => ({ ...hit, why: 'same NHS number' })),
  grounds: [{ value: 'number', label: 'The NHS number, checked on the national record' }],
  erasure: null,
  erasure_grounds: [{ value: 'court', label: 'Order of a court' }],
  may_change: true,
  may_link: true,
  may_erase: true,
};
