/** Laptops that bundles are written for, a stick with one, and how far it is read. Invented. */
import type { BundleReading, BundlesView, InspectedBundle } from '../../src/backend/bindings';

export const HUB = '1a2b3c4d-0000-4000-8000-000000000001';
export const SPOKE = '5e6f7a8b-0000-4000-8000-000000000002';
export const WORDS = 'gokav sohuv pamak manup gidiv sahah';
export const FILE = '/media/osei/STICK/felloe-1a2b3c4d-2026-11-24-102000.felloe-bundle';

export const BUNDLES: BundlesView = {
  may_carry: true,
  laptops: [
    {
      device: HUB,
      name: 'Laptop 1a2b3c4d of C. Mensah',
      sites: 'Rowan Hub and Fernbank Spoke',
      hub: true,
      heard: 'No bundle of it was read here yet',
    },
    {
      device: SPOKE,
      name: 'Laptop 5e6f7a8b of A. Quist',
      sites: 'Rowan Spoke',
      hub: false,
      heard: 'Its bundle of 24-Nov-2026 10:20 was read here',
    },
  ],
  sticks: [{ folder: '/media/osei/STICK', name: 'STICK', bundles: [FILE] }],
};

export const SEEN: InspectedBundle = {
  from: 'Laptop 1a2b3c4d of C. Mensah at Rowan Hub',
  made: '24-Nov-2026 10:20',
  new: 12,
  here: 30,
  not_for_here: 0,
  six_words: WORDS,
  words: 'From Laptop 1a2b3c4d, written 24-Nov-2026 10:20. 12 new, 30 here already.',
};

/** How far a bundle of twelve is. */
export const step = (done: number, came: BundleReading['came'] = null): BundleReading => ({
  done,
  all: 12,
  words: `${done} of 12 are here.`,
  came,
});
