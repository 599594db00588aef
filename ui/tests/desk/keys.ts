/** The keys of a laptop of two people, as the settings show them. */
import type { KeysHere } from '../../src/backend/bindings';

export const KEYS: KeysHere = {
  keyring: 'Half of the key is in the keyring of this computer: a copied disk opens nothing.',
  keyring_held: true,
  sheet: 'Made 02-Nov-2026, seen on paper. Not tried yet.',
  sheet_wants_care: false,
  data_key: 'The one made when this laptop was set up.',
  pin_set: false,
  people: [
    { id: 's1', name: 'Ama Osei', role: 'Consultant', own: true, state: '' },
    { id: 's2', name: 'Robin Nurse', role: 'Nurse', own: false, state: 'Needs a new passphrase' },
  ],
  may_keep: true,
  passphrase_min: 12,
};
