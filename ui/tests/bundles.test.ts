import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { BundleReading, BundlesView, InspectedBundle } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { SESSION } from './desk/door';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, sixWords, type Answers, type Call } from './window';

const HUB = '1a2b3c4d-0000-4000-8000-000000000001';
const SPOKE = '5e6f7a8b-0000-4000-8000-000000000002';
const WORDS = 'gokav sohuv pamak manup gidiv sahah';
const FILE = '/media/osei/STICK/felloe-1a2b3c4d-2026-11-24-102000.felloe-bundle';

const FOUND: BundlesView = {
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

const SEEN: InspectedBundle = {
  from: 'Laptop 1a2b3c4d of C. Mensah at Rowan Hub',
  made: '24-Nov-2026 10:20',
  new: 12,
  here: 30,
  not_for_here: 0,
  six_words: WORDS,
  words: 'From Laptop 1a2b3c4d, written 24-Nov-2026 10:20. 12 new, 30 here already.',
};

const step = (done: number, came: BundleReading['came'] = null): BundleReading => ({
  done,
  all: 12,
  words: `${done} of 12 are here.`,
  came,
});

async function bundles(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({
    status: { phase: 'open' as const, ...SESSION },
    worklist: WORKLIST,
    bundles: FOUND,
    bundle_contents: { envelopes: 14, words: '14 envelopes to write: what is not known there.' },
    ...answers,
  });
  places.go({ screen: 'bundles' });
  await settle();
  return calls;
}

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

const asked = (calls: Call[], name: string): unknown[] =>
  calls.filter((one) => one.name === name).map((one) => one.args);

describe('a bundle is written', () => {
  it('for the laptops of the hub unless somebody says otherwise, and says how much goes in', async () => {
    const calls = await bundles();
    expect(screen.getByTestId('bundle-contents').textContent).toContain('14 envelopes');
    await fireEvent.click(screen.getByRole('checkbox', { name: /5e6f7a8b/ }));
    await fireEvent.click(screen.getByRole('checkbox', { name: /Everything they may read/ }));
    await settle();
    expect(asked(calls, 'bundle_contents').at(-1)).toEqual({
      form: { folder: '', laptops: [HUB, SPOKE], everything: true },
    });
  });

  it('onto the stick that is in, and then says the six words and that it may be ejected', async () => {
    const words = '14 envelopes for 1 laptop, 21 kB, is on the stick. Eject the stick.';
    const calls = await bundles({
      write_bundle: { path: FILE, envelopes: 14, bytes: 20_480, six_words: WORDS, words },
    });
    await press('Write bundle');
    expect(asked(calls, 'write_bundle')).toEqual([
      { form: { folder: '/media/osei/STICK', laptops: [HUB], everything: false } },
    ]);
    expect(screen.getByText('Safe to eject')).toBeTruthy();
    expect(screen.getByTestId('bundle-written').textContent).toBe(words);
    expect(sixWords()).toBe(WORDS);
  });

  it('not for nobody', async () => {
    await bundles();
    await fireEvent.click(screen.getByRole('checkbox', { name: /1a2b3c4d/ }));
    await settle();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Write bundle' }).disabled).toBe(
      true,
    );
    expect(screen.getByTestId('bundle-contents').textContent).toContain('Choose at least one');
  });

  it('and a full stick is told in words, beside nothing that claims it was written', async () => {
    const message = 'There is not enough space there for the bundle. Nothing was left behind.';
    await bundles({
      write_bundle: () => {
        throw fault('other', message);
      },
    });
    await press('Write bundle');
    expect(screen.getByText(message)).toBeTruthy();
    expect(screen.queryByTestId('bundle-written')).toBeNull();
  });
});

describe('a bundle is read', () => {
  it('after it was looked at: from whom, when, what is new', async () => {
    const calls = await bundles({
      inspect_bundle: SEEN,
      begin_reading_bundle: step(0),
      read_bundle_on: step(12, {
        from: 'Laptop 1a2b3c4d',
        new: 12,
        here: 30,
        refused: 0,
        words: 'Read: 12 new, 30 here already. Eject the stick, then take it out.',
      }),
    });
    await press(/Look at it.*felloe-1a2b3c4d/);
    expect(asked(calls, 'inspect_bundle')).toEqual([{ path: FILE }]);
    expect(asked(calls, 'begin_reading_bundle')).toEqual([]);
    expect(screen.getByTestId('bundle-seen').textContent).toContain('12 new, 30 here already');
    expect(sixWords()).toBe(WORDS);
    await press('Read bundle');
    expect(asked(calls, 'begin_reading_bundle')).toEqual([{ path: FILE }]);
    expect(screen.getByTestId('bundle-read').textContent).toContain('Eject the stick');
    expect(screen.queryByTestId('bundle-seen')).toBeNull();
  });

  it('step by step, says how far it is, and goes on while another screen is looked at', async () => {
    const steps: ((to: BundleReading) => void)[] = [];
    await bundles({
      inspect_bundle: SEEN,
      begin_reading_bundle: step(0),
      read_bundle_on: () => new Promise<BundleReading>((to) => steps.push(to)),
    });
    await press(/Look at it.*felloe-1a2b3c4d/);
    await press('Read bundle');
    expect(screen.getByTestId('bundle-progress').textContent).toBe('0 of 12 are here.');
    steps[0]?.(step(7));
    await settle();
    const bar = screen.getByRole<HTMLProgressElement>('progressbar', {
      name: /Reading the bundle/,
    });
    expect([bar.value, bar.max]).toEqual([7, 12]);
    places.go({ screen: 'worklist' });
    await settle();
    const words = 'Read: 12 new. Eject the stick, then take it out.';
    steps[1]?.(step(12, { from: 'Laptop 1a2b3c4d', new: 12, here: 0, refused: 0, words }));
    await settle();
    places.go({ screen: 'bundles' });
    await settle();
    expect(screen.getByTestId('bundle-read').textContent).toBe(words);
    expect(screen.queryByTestId('bundle-progress')).toBeNull();
  });

  it('no further when a step is refused, and says why', async () => {
    const message = 'The stick could not be read or written to its end. Was it taken out?';
    await bundles({
      inspect_bundle: SEEN,
      begin_reading_bundle: step(0),
      read_bundle_on: () => {
        throw fault('other', message);
      },
    });
    await press(/Look at it.*felloe-1a2b3c4d/);
    await press('Read bundle');
    expect(screen.getByText(message)).toBeTruthy();
    expect(screen.queryByTestId('bundle-read')).toBeNull();
    expect(screen.queryByTestId('bundle-progress')).toBeNull();
  });

  it('not when its writer is unknown: the reason stands there and no button that reads', async () => {
    const message = 'The laptop that wrote this bundle is not known to this service.';
    await bundles({
      inspect_bundle: () => {
        throw fault('other', message);
      },
    });
    await press(/Look at it.*felloe/);
    expect(screen.getByText(message)).toBeTruthy();
    expect(screen.queryByTestId('read-bundle')).toBeNull();
  });
});

describe('somebody who may not carry bundles', () => {
  it('is told so and sees no form', async () => {
    await bundles({ bundles: { ...FOUND, may_carry: false } });
    expect(screen.getByText(/Your role does not write or read bundles/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Write bundle' })).toBeNull();
  });
});
