/** The line to the hub server, as the program tells of it. Invented. */
import type {
  CaseSync,
  ConflictView,
  HubServerView,
  SyncChip,
  SyncScreen,
} from '../../src/backend/bindings';

export const OFFLINE: SyncChip = {
  state: 'offline',
  words: 'Offline since 09:12 · 14 entries to send',
  detail: 'The hub server cannot be reached. What you do is kept here and sent later.',
};

export const UP_TO_DATE: SyncChip = {
  state: 'up-to-date',
  words: 'Up to date 09:41',
  detail: 'This laptop and the hub server hold the same: both worked it out from what they keep.',
};

export const SYNC: SyncScreen = {
  chip: OFFLINE,
  facts: [
    { label: 'Hub server', value: 'hub.example.org:443' },
    { label: 'Last sent', value: '08:55' },
    { label: 'Last received', value: '08:54' },
    { label: 'Last up to date', value: '08:55' },
  ],
  sites: [
    { site: 'Alder House Hub', as_of: '24-Nov-2026 08:54', stale: false },
    { site: 'Hexham spoke', as_of: '14-Nov-2026 16:20', stale: true },
  ],
  queue: [
    {
      id: 'v2',
      kind: '2 open actions',
      about: 'MA',
      entries: 2,
      size: '412 bytes',
      since: '24-Nov-2026 09:52',
      emergency: true,
    },
    {
      id: 'v1',
      kind: '12 answers',
      about: 'TN',
      entries: 12,
      size: '2 kB',
      since: '24-Nov-2026 09:31',
      emergency: false,
    },
  ],
  queue_words: '14 entries in 2 envelopes, 3 kB',
  problems: [
    {
      id: 'fork',
      name: 'Copied disk',
      words: 'Hexham spoke, another laptop: the record was copied and went on in two places.',
    },
  ],
  log: [
    { at: '09:12', words: 'The hub server cannot be reached.' },
    { at: '08:55', words: 'Sent 3 envelopes.' },
  ],
  may_try: true,
};

export const HUB_SERVER: HubServerView = {
  address: 'hub.example.org:443',
  pin: Array.from({ length: 16 }, () => 'a1b2').join(' '),
  may_change: true,
};

export const CASE_SYNC: CaseSync = {
  steps: [
    { step: 'Saved on this laptop', words: '24-Nov-2026 10:42', done: true },
    { step: 'At the hub server', words: '24-Nov-2026 10:43', done: true },
    { step: 'Opened at the hub', words: 'Arrived 24-Nov-2026 10:43, not opened', done: false },
    { step: 'Decided', words: 'Not yet', done: false },
    { step: 'Plan given', words: 'Not yet', done: false },
  ],
  as_of: [{ site: 'Alder House Hub', as_of: '24-Nov-2026 10:43', stale: false }],
};

export const CONFLICT: ConflictView = {
  id: 'c1',
  what: 'Two versions of a medicine',
  holds: 'All of them count until it is settled.',
  versions: [
    {
      entry: 'x1',
      words: 'Morphine MR tablets. Dose: 30 mg; How often: twice a day',
      place: 'This laptop',
      who: '24-Nov-2026 10:35, Ama Osei',
      differs: [{ label: 'Dose', value: '30 mg' }],
      reason: null,
    },
    {
      entry: 'x2',
      words: 'Morphine MR tablets. Dose: 60 mg; How often: twice a day',
      place: 'Hexham spoke, another laptop',
      who: '24-Nov-2026 10:12, Liam Byrne',
      differs: [{ label: 'Dose', value: '60 mg' }],
      reason: 'The GP raised it',
    },
  ],
  settle: 'one',
  may_settle: true,
};
