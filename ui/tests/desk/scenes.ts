/** Every screen of the desk, in the states worth looking at. */
import type { Commands } from '../../src/backend/bindings';
import type { Place } from '../../src/places.svelte';
import { BUNDLES, SEEN, step } from './bundles';
import { DOCUMENTS } from './documents';
import { ABOUT, DOOR, FOUND_SERVICE, SESSION, SHEET } from './door';
import { CLOCK, CSV, FORM, NUMBERS, START } from './intake';
import { KEYS } from './keys';
import { DUPLICATES, LATE, NOT_GIVEN } from './late';
import { CASE_SYNC, CONFLICT, HUB_SERVER, OFFLINE, SYNC, UP_TO_DATE } from './line';
import { APPROVED, JOINING, LAPTOPS, REQUEST, SITES, TRANSFER } from './laptops';
import { PATIENT } from './patient';
import { HITS, WORKLIST } from './worklist';
import { ERASURES, PERSON } from './person';
import { TASKS_OF, TASK_LIST } from './tasks';

/** What the program answers, where the person is, and what happens once the screen stands. */
export interface Scene {
  answers: { [K in keyof Commands]?: Commands[K]['result'] };
  /** A command that is still at work when the screen is looked at. */
  held?: keyof Commands;
  place?: Place;
  act?: () => Promise<void> | void;
}

const LIVE = { ...SESSION, demo: false, numbers_confirmed: false };
const open = {
  status: { phase: 'open' as const, ...SESSION },
  still_here: SESSION,
  search: { hits: HITS, words: '2 people' },
  sync_chip: UP_TO_DATE,
};
const live = { ...open, status: { phase: 'open' as const, ...LIVE } };

function type(id: string, text: string): void {
  const field = document.getElementById(id) as HTMLInputElement | null;
  if (!field) throw new Error(`No field ${id}`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function choose(id: string, value: string): void {
  const list = document.getElementById(id) as HTMLSelectElement | null;
  if (!list) throw new Error(`No list ${id}`);
  list.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

function press(name: string): void {
  const button = [...document.querySelectorAll<HTMLElement>('button, summary')].find((one) =>
    one.textContent?.includes(name),
  );
  if (!button) throw new Error(`No button ${name}`);
  button.click();
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

async function goThrough(person: boolean): Promise<void> {
  document.getElementById('f-read_intended_use')?.click();
  press('Go on');
  await pause();
  if (!person) return;
  type('f-service', 'Tyne Valley Pain Service');
  type('f-site', 'Hexham spoke');
  press('Go on');
  await pause();
  type('f-passphrase', 'harbour lantern walnut');
}

const referral: Scene['answers'] = {
  ...open,
  start_referral: { ...START, form: FORM },
  check_nhs_number: {
    state: 'valid',
    display: '999\u00a0046\u00a05444',
    words: 'passes the check.',
  },
  check_referral: { already_known: HITS, missing: ['referrer', 'reason'], odd: [] },
};

const documents: Scene = {
  answers: {
    ...open,
    open_patient: PATIENT,
    case_sync: CASE_SYNC,
    documents: DOCUMENTS,
    printers: { names: [], default: null, words: '', folder: '/home/osei', file_name: '' },
  },
  place: { screen: 'patient', patient: 'p1' },
};

const reading: Scene = {
  answers: {
    ...open,
    bundles: BUNDLES,
    bundle_contents: { envelopes: 14, words: '14 envelopes to write: what is not known there.' },
    inspect_bundle: SEEN,
    begin_reading_bundle: step(7),
  },
  place: { screen: 'bundles' },
  act: async () => {
    press('Look at it');
    await pause();
    press('Read bundle');
  },
};

const palette = (): void => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
};

export const SCENES: Record<string, Scene> = {
  'first-run': { answers: { status: { phase: 'first-run', ...ABOUT } } },
  'first-run-place': {
    answers: { status: { phase: 'first-run', ...ABOUT } },
    act: () => goThrough(false),
  },
  'first-run-person': {
    answers: { status: { phase: 'first-run', ...ABOUT } },
    act: () => goThrough(true),
  },
  'first-run-refused': {
    answers: { status: { phase: 'first-run', ...ABOUT } },
    act: () => press('Go on'),
  },
  sheet: {
    answers: {
      status: {
        phase: 'recovery',
        ...DOOR,
        demo: false,
        reason: 'The keyring does not hold the key of this record.',
      },
      recover: SHEET,
      printers: {
        names: ['Clinic-Laser'],
        default: 'Clinic-Laser',
        words: '',
        folder: '/home/clinic/Documents',
        file_name: 'felloe.pdf',
      },
    },
    act: () => press('Open the record'),
  },
  join: {
    answers: { status: { phase: 'first-run', ...ABOUT } },
    act: () => press('Join a service'),
  },
  'from-sheet': {
    answers: { status: { phase: 'first-run', ...ABOUT } },
    act: () => press('Recover from the recovery sheet'),
  },
  'from-sheet-found': {
    answers: { status: { phase: 'first-run', ...ABOUT }, look_for_service: FOUND_SERVICE },
    act: async () => {
      press('Recover from the recovery sheet');
      await pause();
      press('Look for the service');
    },
  },
  joining: { answers: { status: { phase: 'joining', ...JOINING } } },
  enrol: {
    answers: {
      ...open,
      laptops: LAPTOPS,
      sites: SITES,
      look_at_request: REQUEST,
      approve_joining: APPROVED,
    },
    place: { screen: 'settings' },
    act: async () => {
      press('Enrol a laptop');
      await pause();
      type('f-request', JOINING.text);
      await pause();
      press('Look at the request');
    },
  },
  tasks: { answers: { ...open, tasks: TASK_LIST }, place: { screen: 'tasks' } },
  'tasks-record': {
    answers: { ...open, open_patient: PATIENT, tasks_of: TASKS_OF },
    place: { screen: 'patient', patient: 'p1' },
  },
  'tasks-done': {
    answers: { ...open, open_patient: PATIENT, tasks_of: TASKS_OF },
    place: { screen: 'patient', patient: 'p1' },
    act: () => press('Not needed'),
  },
  transfer: {
    answers: { ...open, open_patient: PATIENT, transfer_form: TRANSFER },
    place: { screen: 'patient', patient: 'p1' },
    act: () => press('Transfer'),
  },
  unlock: { answers: { status: { phase: 'locked', ...DOOR } } },
  'unlock-wait': { answers: { status: { phase: 'locked', ...DOOR } }, act: () => press('Ruth') },
  recovery: {
    answers: {
      status: {
        phase: 'recovery',
        ...DOOR,
        demo: false,
        reason: 'The keyring does not hold the key of this record.',
      },
    },
  },
  broken: {
    answers: {
      status: {
        phase: 'broken',
        left_aside: false,
        message:
          'The record on this laptop was written by a newer version. Install that version and open it again.',
      },
    },
  },
  worklist: { answers: { ...open, worklist: WORKLIST } },
  'worklist-live': { answers: { ...live, worklist: { ...WORKLIST, open_actions: [] } } },
  'worklist-empty': {
    answers: {
      ...live,
      worklist: {
        ...WORKLIST,
        rows: [],
        total: 0,
        matching: 0,
        open_actions: [],
        today: [],
        tabs: WORKLIST.tabs.map((tab) => ({ ...tab, count: 0 })),
      },
    },
  },
  find: { answers: { ...open, worklist: WORKLIST }, act: palette },
  keys: {
    answers: { ...open, worklist: WORKLIST },
    act: () => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1' })),
  },
  referral: {
    answers: referral,
    place: { screen: 'referral' },
    act: () => type('f-nhs_number', '9990465444'),
  },
  'referral-start': { answers: { ...open, start_referral: START }, place: { screen: 'referral' } },
  csv: {
    answers: { ...open, check_csv: CSV },
    place: { screen: 'csv' },
    act: () => type('f-text', 'NHS number,Family name\n'),
  },
  'csv-start': { answers: open, place: { screen: 'csv' } },
  patients: { answers: open, place: { screen: 'patients', spot: 'south' } },
  patient: {
    answers: { ...open, open_patient: PATIENT, case_sync: CASE_SYNC },
    place: { screen: 'patient', patient: 'p1' },
    act: () => press('Morphine MR tablets 30'),
  },
  conflict: {
    answers: {
      ...open,
      open_patient: { ...PATIENT, conflicts: [CONFLICT] },
      case_sync: CASE_SYNC,
    },
    place: { screen: 'patient', patient: 'p1' },
    act: () => press('Settle it'),
  },
  overdue: {
    answers: { ...open, overdue: { rows: [LATE, NOT_GIVEN] } },
    place: { screen: 'overdue' },
  },
  duplicates: { answers: { ...open, duplicates: DUPLICATES }, place: { screen: 'duplicates' } },
  'duplicates-link': {
    answers: { ...open, duplicates: DUPLICATES },
    place: { screen: 'duplicates' },
    act: async () => {
      choose('f-grounds-p1-p2', 'number');
      await pause();
      press('One person');
    },
  },
  'duplicates-spoke': {
    answers: { ...open, duplicates: { ...DUPLICATES, at_hub: false, pairs: [] } },
    place: { screen: 'duplicates' },
  },
  documents,
  'documents-attach': { ...documents, act: () => press('Attach a document') },
  'documents-save': { ...documents, act: () => press('Save a copy') },
  'bundle-checked': { ...reading, held: 'begin_reading_bundle' },
  'bundle-read': { ...reading, held: 'read_bundle_on' },
  sync: { answers: { ...open, sync_chip: OFFLINE, sync_screen: SYNC }, place: { screen: 'sync' } },
  person: {
    answers: { ...open, open_person: PERSON },
    place: { screen: 'person', patient: 'p1' },
  },
  settings: {
    answers: {
      ...live,
      local_numbers: NUMBERS,
      clock_settings: CLOCK,
      laptops: LAPTOPS,
      sites: SITES,
      keys_here: KEYS,
      erasures: ERASURES,
      hub_server: HUB_SERVER,
    },
    place: { screen: 'settings' },
  },
};
