/** The staff of a laptop as an administrator sees them. */
import type { StaffRow, StaffScreen } from '../../src/backend/bindings';

const NURSE: StaffRow = {
  id: 's2',
  name: 'Robin Hart',
  role: 'Nurse',
  role_value: 'nurse',
  sites: 'Ilkley',
  site_values: ['site1'],
  state: 'holds',
  words: 'Until 24-Nov-2027',
  last_used: '23-Nov-2026',
  locum: false,
  you: false,
  may_renew: true,
  may_change: true,
  may_end: true,
};

export const STAFF: StaffScreen = {
  people: [
    {
      ...NURSE,
      id: 's1',
      name: 'Ama Osei',
      role: 'Consultant, administrator',
      role_value: 'consultant',
      you: true,
      may_change: false,
      may_end: false,
    },
    NURSE,
    {
      ...NURSE,
      id: 's3',
      name: 'Kofi Mensah',
      state: 'ends-soon',
      words: 'Locum until 04-Dec-2026, ends by itself',
      last_used: null,
      locum: true,
    },
    {
      ...NURSE,
      id: 's4',
      name: 'Jo Lund',
      state: 'ended',
      words: 'Ended 02-Nov-2026',
      may_renew: false,
      may_change: false,
      may_end: false,
    },
  ],
  sites: [
    { value: 'site1', label: 'Ilkley' },
    { value: 'site2', label: 'Otley' },
  ],
  roles: [
    { value: 'nurse', label: 'Nurse' },
    { value: 'physiotherapist', label: 'Physiotherapist' },
  ],
  may_keep: true,
  may_grant: true,
  longest_days: 28,
  covers: [
    {
      id: 'c1',
      absent: 'Robin Hart',
      by: 'Kofi Mensah',
      dates: '24-Nov-2026 to 28-Nov-2026',
      now: true,
      note: 'Two reviews are due',
      may_end: true,
    },
  ],
  colleagues: [
    { value: 's1', label: 'Ama Osei' },
    { value: 's2', label: 'Robin Hart' },
  ],
  may_cover: true,
};
