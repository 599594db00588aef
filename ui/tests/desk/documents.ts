/** Documents of a record: one that is here only, and one that is still at the hub server. Invented. */
import type { DocumentRow, DocumentsView } from '../../src/backend/bindings';

export const HERE: DocumentRow = {
  id: '1a2b3c4d-0000-4000-8000-000000000001',
  title: 'Left heel',
  what: 'Photograph, Picture, 2.1 MB',
  who: 'Ama Osei, 24-Nov-2026 10:20',
  place: 'Only on this laptop. It goes to the hub server after everything else',
  only_here: true,
  can_open: true,
  can_save: true,
  fetch: null,
};

export const THERE: DocumentRow = {
  ...HERE,
  id: '1a2b3c4d-0000-4000-8000-000000000002',
  title: 'Letter of Dr Example',
  what: 'Referral letter, PDF, 2.1 MB',
  place: 'At the hub server',
  only_here: false,
  can_open: false,
  can_save: false,
  fetch: 'Fetch from the hub server: 2.1 MB, about 9 minutes on this line',
};

export const DOCUMENTS: DocumentsView = {
  may_attach: true,
  kinds: [{ value: 'photograph', label: 'Photograph' }],
  largest: 20_000_000,
  rows: [HERE, THERE],
};
