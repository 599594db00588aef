/** What the program says of itself, of the locked record and of who is at work. Invented. */
import type {
  About,
  Door,
  FoundService,
  RecoverySheetView,
  Session,
} from '../../src/backend/bindings';

export const ABOUT: About = {
  version: '0.1.0',
  intended_use: [
    'Felloe helps staff of community pain clinics to take referrals, assess people with pain, and agree and print a plan. It proposes an urgency and a next step for individual people; a named clinician decides.',
    'It is likely to be medical device software. It is not for the care of patients until someone has classified it, a clinical safety case is signed, and a service has adopted its content.',
    'The rules it holds are a draft.',
  ],
  roles: [
    { value: 'nurse', label: 'Nurse' },
    { value: 'consultant', label: 'Consultant' },
  ],
  keyring: { usable: true, words: 'The keyring of this laptop will hold half of the key.' },
  passphrase_min: 12,
  passphrase_min_without_keyring: 20,
};

export const SESSION: Session = {
  staff: 's1',
  name: 'Abena Osei',
  short_name: 'Nurse A. Osei',
  role: 'Nurse',
  service: 'Tyne Valley Pain Service',
  site: 'Hexham spoke',
  demo: true,
  may_sign: false,
  idle_minutes: 5,
  text_size: 100,
  letter_keys: true,
  ruleset: 'Rules uk-community-pain 2026.1 DRAFT',
  draft_rules: true,
  proposals_off: false,
  today: '24-Nov-2026',
  at: 's1',
  sites: [],
  certificate: null,
  covering: [],
  unread: null,
  sheet_to_confirm: false,
  numbers_confirmed: true,
  keyring_held: true,
  pin_set: false,
  shared: false,
  about: ABOUT,
};

export const DOOR: Door = {
  service: 'Tyne Valley Pain Service',
  site: 'Hexham spoke',
  demo: true,
  staff: [
    { id: 's1', name: 'Abena Osei', initials: 'AO', role: 'Nurse', wait_seconds: 0, ends: null },
    {
      id: 's2',
      name: 'Liam Byrne',
      initials: 'LB',
      role: 'Physiotherapist',
      wait_seconds: 0,
      ends: null,
    },
    {
      id: 's3',
      name: 'Ruth Whitlock',
      initials: 'RW',
      role: 'Consultant',
      wait_seconds: 30,
      ends: null,
    },
  ],
  reason: null,
  demo_passphrase: 'harbour lantern walnut',
  keyring_held: true,
  hub_not_told: 1,
  about: ABOUT,
};

const PAGE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="56" y="90" font-size="24">Recovery sheet</text><text x="56" y="130" font-size="13">Hexham spoke</text></svg>`;

export const SHEET: RecoverySheetView = {
  code: ['7KQ4M', '2XPTB', 'H9VWD', '5RGNC', 'Y3FJ8', 'ZL6SA', 'E1UKQ', '4MTXP'],
  confirm: [2, 7],
  pages: [PAGE],
};

export const FOUND_SERVICE: FoundService = {
  service: 'Tyne Valley Pain Service',
  site: 'Newcastle hub',
  left: '20-Nov-2026',
  sites: 2,
  staff: [{ value: 's1', label: 'Ama Osei, Consultant' }],
  put_back: 'The hub server was put back from a copy of 19-Nov-2026: something is missing.',
};
