import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { BundleReading } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { reading } from '../src/reading.svelte';
import { work } from '../src/session.svelte';
import { BUNDLES, FILE, HUB, SEEN, SPOKE, step, WORDS } from './desk/bundles';
import { DOOR, SESSION } from './desk/door';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, sixWords, type Answers, type Call } from './window';

async function bundles(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({
    status: { phase: 'open' as const, ...SESSION },
    worklist: WORKLIST,
    bundles: BUNDLES,
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

/** Unlocks as somebody who is shown at the door. */
async function unlock(who: RegExp): Promise<void> {
  const name = screen.queryByRole('button', { name: who });
  if (name) await fireEvent.click(name);
  await settle();
  await fireEvent.input(screen.getByLabelText(/^Passphrase of/), { target: { value: 'harbour' } });
  await press('Unlock');
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

  it('after all of it was checked, which is said while it lasts and with no button left to press', async () => {
    let checked: (to: BundleReading) => void = () => undefined;
    const calls = await bundles({
      inspect_bundle: SEEN,
      begin_reading_bundle: () => new Promise<BundleReading>((to) => (checked = to)),
      read_bundle_on: step(12, { from: '', new: 12, here: 0, refused: 0, words: 'Read.' }),
    });
    await press(/Look at it.*felloe-1a2b3c4d/);
    await press('Read bundle');
    const said = screen.getByTestId('bundle-checking');
    expect(said.textContent).toBe('Checking the whole bundle. Leave the stick in.');
    for (const look of screen.getAllByRole('button', { name: /^Look at it/ })) {
      expect(look).toHaveProperty('disabled', true);
    }
    expect(screen.getByLabelText('File of the bundle')).toHaveProperty('readOnly', true);
    // The pressed button is gone; the keyboard goes on where the news is.
    expect(document.activeElement?.contains(said)).toBe(true);
    expect(document.activeElement).not.toBe(document.body);
    await reading.read(FILE);
    expect(asked(calls, 'begin_reading_bundle')).toHaveLength(1);
    checked(step(0));
    await settle();
    expect(screen.queryByTestId('bundle-checking')).toBeNull();
    expect(screen.getByTestId('bundle-read').textContent).toBe('Read.');
  });

  it('only while the file is the one whose six words were compared', async () => {
    await bundles({ inspect_bundle: SEEN });
    await press(/Look at it.*felloe-1a2b3c4d/);
    expect(sixWords()).toBe(WORDS);
    const path = screen.getByLabelText('File of the bundle');
    await fireEvent.input(path, { target: { value: '/media/osei/STICK/another.felloe-bundle' } });
    await settle();
    expect(screen.queryByTestId('six-words')).toBeNull();
    expect(screen.queryByTestId('read-bundle')).toBeNull();
  });

  it('no further once the screen was locked, which is said after unlocking to that person alone', async () => {
    let on: (refusal: unknown) => void = () => undefined;
    await bundles({
      inspect_bundle: SEEN,
      begin_reading_bundle: step(0),
      read_bundle_on: () => new Promise<BundleReading>((_, refuse) => (on = refuse)),
      lock: { phase: 'locked', ...DOOR },
      unlock: ({ staff }) => ({ ...SESSION, staff }),
    });
    await press(/Look at it.*felloe-1a2b3c4d/);
    await press('Read bundle');
    expect(screen.getByText(/Locking this screen stops it/)).toBeTruthy();
    await work.lock();
    on(fault('locked', 'The screen is locked. Unlock it to go on.'));
    await settle();
    await unlock(/Abena Osei/);
    expect(screen.getByRole('alert').textContent).toContain('Locking stopped the reading.');
    expect(screen.queryByText(/The screen is locked/)).toBeNull();
    await work.lock();
    await unlock(/Liam Byrne/);
    places.go({ screen: 'bundles' });
    await settle();
    expect(screen.queryByText(/Locking stopped the reading/)).toBeNull();
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
    await bundles({ bundles: { ...BUNDLES, may_carry: false } });
    expect(screen.getByText(/Your role does not write or read bundles/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Write bundle' })).toBeNull();
  });
});
