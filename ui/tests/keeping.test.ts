import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { places } from '../src/places.svelte';
import { work } from '../src/session.svelte';
import { SESSION } from './desk/door';
import { KEYS } from './desk/keys';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, type Answers, type Call } from './window';

const base: Answers = {
  status: { phase: 'open' as const, ...SESSION },
  worklist: WORKLIST,
  keys_here: KEYS,
};

async function settings(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({ ...base, ...answers });
  places.go({ screen: 'settings' });
  await settle();
  return calls;
}

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function type(label: string | RegExp, value: string): Promise<void> {
  const dialog = within(screen.getByRole('dialog'));
  await fireEvent.input(dialog.getByLabelText(label), { target: { value } });
}

const asked = (calls: Call[], name: string): unknown[] =>
  calls.filter((one) => one.name === name).map((one) => one.args);

describe('the keys in the settings', () => {
  it('try the recovery sheet and show the answer in words and the day', async () => {
    const words = 'The sheet works. It opens the record on this laptop. Put it back in its safe.';
    const sheet = 'Made 02-Nov-2026, seen on paper. Last tried 24-Nov-2026: it opened everything.';
    const calls = await settings({ try_sheet: { words, keys: { ...KEYS, sheet } } });
    expect(screen.getByTestId('sheet-state').textContent).toContain('Not tried yet');
    await press('Try the sheet');
    await type('Code from the recovery sheet', 'ABCDE 12345');
    await press('Try it');
    expect(screen.getByTestId('sheet-tried').textContent).toContain('The sheet works.');
    expect(screen.getByTestId('sheet-state').textContent).toContain('Last tried 24-Nov-2026');
    expect(asked(calls, 'try_sheet')).toEqual([{ code: 'ABCDE 12345' }]);
  });

  it('say which group of the sheet is mistyped', async () => {
    const message = 'Group 3 of the code is mistyped. Compare it with the sheet.';
    await settings({
      try_sheet: () => {
        throw fault('invalid', 'See the fields marked.', { fields: [{ field: 'code', message }] });
      },
    });
    await press('Try the sheet');
    await type('Code from the recovery sheet', 'ABCDE');
    await press('Try it');
    expect(screen.getAllByText(message).length).toBeGreaterThan(0);
  });

  it('set a PIN that signs until the screen locks', async () => {
    const calls = await settings({ set_pin: { ...KEYS, pin_set: true } });
    await press('Set a PIN until locking');
    await type('Your passphrase', 'kettle orbit fern gravel');
    await type('PIN', '2846');
    await type('The PIN again', '2846');
    await press('Set the PIN');
    expect(asked(calls, 'set_pin')).toEqual([
      { form: { passphrase: 'kettle orbit fern gravel', pin: '2846', pin_again: '2846' } },
    ]);
    screen.getByRole('button', { name: 'Give up the PIN' });
  });

  it('give a colleague a new passphrase, and oneself only a change', async () => {
    const calls = await settings({ reset_passphrase: KEYS });
    expect(screen.queryByRole('button', { name: 'New passphrase for Ama Osei' })).toBeNull();
    await press('New passphrase for Robin Nurse');
    await type('Your own passphrase', 'kettle orbit fern gravel');
    await type('New passphrase, typed by Robin Nurse', 'lantern quarry moss violin');
    await type('The new passphrase again', 'lantern quarry moss violin');
    await press('Set the new passphrase');
    expect(asked(calls, 'reset_passphrase')).toEqual([
      {
        form: {
          staff: 's2',
          own: 'kettle orbit fern gravel',
          passphrase: 'lantern quarry moss violin',
          passphrase_again: 'lantern quarry moss violin',
        },
      },
    ]);
  });

  it('offer nobody else to renew keys', async () => {
    await settings({ keys_here: { ...KEYS, may_keep: false } });
    for (const name of ['Try the sheet', 'Make a new sheet', 'Renew the key of the file']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    screen.getByRole('button', { name: 'Change my passphrase' });
  });
});

describe('the end of the day', () => {
  it('is in the menu and empties the screen before the program answers', async () => {
    let answer: () => void = () => {};
    const calls = await openWindow({
      ...base,
      seal: () =>
        new Promise((resolve) => (answer = () => resolve({ phase: 'first-run' } as never))),
    });
    await press(new RegExp(SESSION.short_name));
    await fireEvent.click(screen.getByRole('menuitem', { name: 'End of day' }));
    await settle();
    expect(work.session).toBeNull();
    expect(asked(calls, 'seal')).toHaveLength(1);
    answer();
  });
});
