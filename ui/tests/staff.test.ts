import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { StaffScreen } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { SESSION } from './desk/door';
import { KEYS } from './desk/keys';
import { WORKLIST } from './desk/worklist';
import { STAFF } from './desk/staff';
import { fault, openWindow, settle, type Answers, type Call } from './window';

async function openStaff(staff: StaffScreen, answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({
    status: { phase: 'open' as const, ...SESSION },
    worklist: WORKLIST,
    keys_here: KEYS,
    staff,
    ...answers,
  });
  places.go({ screen: 'settings' });
  await settle();
  return calls;
}

async function press(name: string): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

const dialog = () => within(screen.getByRole('dialog'));

async function type(label: string | RegExp, value: string): Promise<void> {
  await fireEvent.input(dialog().getByLabelText(label), { target: { value } });
}

/** Chooses in a list. The page of the tests cannot find a chosen option by itself. */
async function choose(label: string, value: string): Promise<void> {
  const list = dialog().getByLabelText<HTMLSelectElement>(label);
  list.value = value;
  const chosen = list.selectedOptions[0] ?? null;
  list.querySelector = () => chosen;
  await fireEvent.change(list);
  await settle();
}

const sent = (calls: Call[], name: string) => calls.find((call) => call.name === name)?.args;
const row = (id: string) => within(screen.getByTestId(`staff-row-${id}`));

describe('the staff of this laptop', () => {
  it('stand with their role, their sites, when their certificate ends, and what may be done', async () => {
    await openStaff(STAFF);
    expect(row('s1').getByText('Ama Osei (you)')).toBeTruthy();
    expect(row('s1').queryByRole('button', { name: 'End the account of Ama Osei' })).toBeNull();
    expect(row('s2').getByText('Until 24-Nov-2027')).toBeTruthy();
    expect(row('s3').getByText('Locum until 04-Dec-2026, ends by itself')).toBeTruthy();
    expect(row('s3').getByText('Not here')).toBeTruthy();
    expect(row('s4').queryAllByRole('button')).toEqual([]);
    expect(screen.getByText(/Two reviews are due/)).toBeTruthy();
  });

  it('grow by a colleague who types their own passphrase, and the one who certifies theirs', async () => {
    const calls = await openStaff(STAFF, { add_colleague: STAFF });
    await press('Add a colleague');
    await type('Full name', 'Orla Whelan');
    await choose('Role', 'nurse');
    await fireEvent.click(dialog().getByLabelText('Otley'));
    await type('Their passphrase', 'saddle pepper viola canyon');
    await type('The same again', 'saddle pepper viola canyon');
    await type('Your passphrase, to certify them', 'lantern orchard fiddle gravel');
    await fireEvent.click(dialog().getByRole('button', { name: 'Add' }));
    await settle();
    expect(sent(calls, 'add_colleague')).toEqual({
      form: {
        name: 'Orla Whelan',
        role: 'nurse',
        sites: ['site2'],
        passphrase: 'saddle pepper viola canyon',
        passphrase_again: 'saddle pepper viola canyon',
        first_day: '',
        last_day: '',
        own_passphrase: 'lantern orchard fiddle gravel',
      },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say beside each field why somebody was not added, and keep what was typed', async () => {
    await openStaff(STAFF, {
      add_colleague: () => {
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'sites', message: 'Choose at least one site.' }],
        });
      },
    });
    await press('Add a colleague');
    await type('Full name', 'Orla Whelan');
    await fireEvent.click(dialog().getByRole('button', { name: 'Add' }));
    await settle();
    expect(dialog().getAllByText('Choose at least one site.').length).toBeGreaterThan(0);
    expect(dialog().getByLabelText('Full name')).toHaveProperty('value', 'Orla Whelan');
  });

  it('let a lead let in locums only, for the days a lead may', async () => {
    const people = STAFF.people.map((one) => ({ ...one, may_change: false, may_end: false }));
    await openStaff({ ...STAFF, people, may_keep: false });
    await press('Let a locum in');
    expect(dialog().getByText(/At most 28 days/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add a colleague' })).toBeNull();
  });

  it('end an account with the reason and the passphrase', async () => {
    const calls = await openStaff(STAFF, { end_colleague: STAFF });
    await press('End the account of Robin Hart');
    await choose('Why', 'left');
    await type('In words, for the audit', 'Moved away.');
    await type('Your passphrase', 'lantern orchard fiddle gravel');
    await fireEvent.click(dialog().getByRole('button', { name: 'End this account' }));
    await settle();
    expect(sent(calls, 'end_colleague')).toEqual({
      staff: 's2',
      form: {
        why: 'left',
        reason: 'Moved away.',
        own_passphrase: 'lantern orchard fiddle gravel',
      },
    });
  });

  it('offer nothing to a role that may only read it', async () => {
    const people = STAFF.people.map((one) => ({
      ...one,
      may_renew: false,
      may_change: false,
      may_end: false,
    }));
    await openStaff({ ...STAFF, people, may_keep: false, may_grant: false, may_cover: false });
    const card = within(screen.getByTestId('staff-row-s2').closest('section') as HTMLElement);
    expect(card.queryByRole('button', { name: /Add|Let|Renew|Change|End/ })).toBeNull();
  });
});
