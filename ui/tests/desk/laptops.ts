/** A laptop that asks to join, and the laptops and sites of a service. Invented. */
import type {
  Approved,
  Joining,
  Laptops,
  RequestView,
  Sites,
  TransferView,
} from '../../src/backend/bindings';
import { ABOUT } from './door';

const WORDS = ['donah', 'sivab', 'topog', 'nohir', 'jigil', 'kutoz'];
const SERVICE_WORDS = ['bahod', 'fudig', 'guvak', 'hasut', 'jimob', 'lupiz'];

export const JOINING: Joining = {
  name: 'Ada Quist',
  laptop: '1a2b3c4d',
  made: '24-Nov-2026 10:20',
  words: WORDS,
  text: 'felloe-request:\nAQIDBAUG',
  folder: '/home/quist/Documents',
  about: ABOUT,
};

export const LAPTOPS: Laptops = {
  laptops: [
    {
      id: 'd1',
      short: '0c9d8e7f',
      people: 'Abena Osei and Ruth Whitlock',
      sites: 'Hexham spoke and Tyne hub',
      site_values: ['s1', 's2'],
      words: 'Enrolled 02-Nov-2026 09:00',
      ended: false,
      here: true,
      may_change: true,
      may_end: false,
    },
    {
      id: 'd2',
      short: '5b6c7d8e',
      people: 'Liam Byrne',
      sites: 'Hexham spoke',
      site_values: ['s1'],
      words: 'Enrolled 10-Nov-2026 14:30',
      ended: false,
      here: false,
      may_change: true,
      may_end: true,
    },
  ],
  sites: [
    { value: 's1', label: 'Hexham spoke' },
    { value: 's2', label: 'Tyne hub' },
  ],
  roles: [
    { value: 'nurse', label: 'Nurse' },
    { value: 'consultant', label: 'Consultant' },
  ],
  colleagues: [{ value: 's1', label: 'Abena Osei' }],
  may_keep: true,
  words: SERVICE_WORDS,
  folder: '/home/osei/Documents',
};

export const REQUEST: RequestView = {
  name: 'Ada Quist',
  laptop: '1a2b3c4d',
  made: '24-Nov-2026 10:20',
  known: false,
};

export const APPROVED: Approved = {
  path: '/home/osei/Documents/felloe-answer-1a2b3c4d.felloe',
  words: SERVICE_WORDS,
  screen: LAPTOPS,
};

export const SITES: Sites = {
  sites: [
    {
      id: 's2',
      name: 'Tyne hub',
      kind: 'Hub',
      laptops: '1 laptop',
      closed: false,
      may_close: false,
    },
    {
      id: 's1',
      name: 'Hexham spoke',
      kind: 'Spoke',
      laptops: '2 laptops',
      closed: false,
      may_close: true,
    },
  ],
  may_keep: true,
};

export const TRANSFER: TransferView = {
  from: 'Hexham spoke',
  sites: [{ value: 's2', label: 'Tyne hub' }],
  grounds: [{ value: 'nearer', label: 'The other site is nearer to where they live' }],
};
