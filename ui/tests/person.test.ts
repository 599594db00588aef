import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PatientView, TimelineEntry } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { partialDate } from '../src/screens/person/partial';
import { SESSION } from './desk/door';
import { PATIENT } from './desk/patient';
import { WORKLIST } from './desk/worklist';
import { ASKED, ERASURES, PERSON } from './desk/person';
import { fault, openWindow, settle, type Answers, type Call } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };

async function openPerson(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({ ...open, open_person: PERSON, ...answers });
  places.go({ screen: 'person', patient: 'p1' });
  await settle();
  return calls;
}

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function type(label: string | RegExp, value: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

/** Chooses in a list. The page of the tests cannot find a chosen option by itself. */
async function choose(label: string, value: string): Promise<void> {
  const list = screen.getByLabelText<HTMLSelectElement>(label);
  list.value = value;
  const chosen = list.selectedOptions[0] ?? null;
  list.querySelector = () => chosen;
  await fireEvent.change(list);
  await settle();
}

const sent = (calls: Call[], name: string) => calls.find((call) => call.name === name)?.args;

describe('who a patient is', () => {
  it('sends what differs and nothing else', async () => {
    const calls = await openPerson({ change_details: PERSON });
    await press('Change details');
    await type('Telephone', '01632 960001');
    await press('Save details');
    const form = { fields: { phone: '01632 960001' }, corrects: false, reason: '' };
    expect(sent(calls, 'change_details')).toEqual({ patient: 'p1', form });
  });

  it('keeps what was typed when a reason is missing, and says where', async () => {
    await openPerson({
      change_details: () => {
        const message = 'Say in a few words why this changes.';
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'reason', message }],
        });
      },
    });
    await press('Change details');
    await type('Family name', 'Hart');
    await press('Save details');
    expect(screen.getByLabelText('Family name')).toHaveProperty('value', 'Hart');
    screen.getAllByText(/Say in a few words why this changes/);
  });

  it('lets nobody settle a conflict without choosing which value holds', async () => {
    const calls = await openPerson({ settle_detail: PERSON });
    within(screen.getByTestId('detail-given')).getByText('Robin Nurse, 24-Nov-2026 09:50');
    await press('Settle the given names');
    expect(screen.getByRole('button', { name: 'Settle' })).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByLabelText(/^Tabo/));
    await type('How was it found out?', 'His passport');
    await press('Settle');
    const said = { patient: 'p1', field: 'given', value: 'Tabo', reason: 'His passport' };
    expect(sent(calls, 'settle_detail')).toEqual(said);
  });

  it('shows a former value with who wrote it and why it gave way', async () => {
    await openPerson();
    const family = within(screen.getByTestId('detail-family'));
    family.getByText('Hart');
    family.getByText('Reason: Married');
  });

  it('reads a date of death as far as it is known', () => {
    expect(partialDate('20-Nov-2026')).toBe('2026-11-20');
    expect(partialDate(' Nov-2026 ')).toBe('2026-11');
    expect(partialDate('november 2026')).toBe('2026-11');
    expect(partialDate('2026')).toBe('2026');
    expect(partialDate('')).toBe('');
    expect(partialDate('autumn 2026')).toBe('autumn 2026');
  });

  it('records a death with who told of it', async () => {
    const calls = await openPerson({ record_death: PERSON });
    await press('Record a death');
    await type(/^Date of death/, 'Nov-2026');
    await choose('Who told?', 'gp');
    await press('Save');
    const form = { died: true, date: '2026-11', source: 'gp', note: '', reason: '' };
    expect(sent(calls, 'record_death')).toEqual({ patient: 'p1', form });
  });

  it('shows both people before it links their records, and asks how that is known', async () => {
    const calls = await openPerson({ link_records: PERSON });
    const other = PERSON.suggested[0];
    await press('The same person');
    const dialog = within(screen.getByRole('dialog'));
    dialog.getByText(other?.name ?? '');
    expect(dialog.getByRole('button', { name: 'Show them as one' })).toHaveProperty(
      'disabled',
      true,
    );
    await choose('How was it established?', 'number');
    await press('Show them as one');
    const said = { patient: 'p1', other: other?.patient, grounds: 'number' };
    expect(sent(calls, 'link_records')).toEqual(said);
  });

  it('is reached from the banner of a patient whose identity is in conflict', async () => {
    const banner = { ...PATIENT.banner, identity_conflict: 'Two values of the given name.' };
    await openWindow({ ...open, open_patient: { ...PATIENT, banner }, open_person: PERSON });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await press('Settle it');
    expect(places.here).toMatchObject({ screen: 'person' });
  });
});

describe('an erasure', () => {
  it('is asked for with a ground, a reference and the passphrase, which is not kept', async () => {
    const calls = await openPerson({ ask_erasure: { ...PERSON, erasure: ASKED } });
    await press('Ask for an erasure');
    await choose('Legal ground', 'court');
    await type('Where is the paper filed?', 'Order 12');
    await type('Your passphrase', 'kettle orbit fern gravel');
    await press('Sign the first of two');
    const form = { ground: 'court', reference: 'Order 12', passphrase: 'kettle orbit fern gravel' };
    expect(sent(calls, 'ask_erasure')).toEqual({ patient: 'p1', form });
    screen.getByText(/takes effect when somebody else confirms it/);
  });

  it('is confirmed in the settings by somebody else, with their passphrase', async () => {
    const done = { ...ASKED, confirmed_by: 'Sam Lead, lead', may_confirm: false };
    const calls = await openWindow({
      ...open,
      erasures: ERASURES,
      confirm_erasure: { asked: [], done: [done], may_erase: true },
    });
    places.go({ screen: 'settings' });
    await settle();
    await press(/^Confirm the erasure of OKAFOR, Emeka/);
    await type('Your passphrase', 'kettle orbit fern gravel');
    await press('Sign, and erase');
    const said = { asked: 'entry-1', passphrase: 'kettle orbit fern gravel' };
    expect(sent(calls, 'confirm_erasure')).toEqual(said);
    screen.getByText(/confirmed by Sam Lead/);
  });
});

describe('notes', () => {
  const line: TimelineEntry = {
    id: 'e9',
    group: 'notes',
    date: '24-Nov-2026',
    time: '10:20',
    title: 'Restricted note',
    who: 'A. Osei, Hexham',
    detail: [],
    struck: false,
    reason: null,
    correctable: false,
    movable: false,
    assessment: null,
    note: 'n1',
    restricted: true,
  };
  const record: PatientView = { ...PATIENT, timeline: [line] };

  it('open a restricted one only with a reason', async () => {
    const versions = [{ text: 'Made-up words', who: 'Ama Osei', in_error: false }];
    const calls = await openWindow({
      ...open,
      open_patient: record,
      open_note: { note: 'n1', versions, may_lift: false },
    });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await press(/Restricted note/);
    expect(screen.queryByText('Made-up words')).toBeNull();
    await press('Open, with a reason');
    await type('Why do you open it?', 'Safeguarding meeting');
    await press('Open');
    screen.getByText('Made-up words');
    const said = { patient: 'p1', note: 'n1', reason: 'Safeguarding meeting' };
    expect(sent(calls, 'open_note')).toEqual(said);
  });

  it('are written on the timeline, restricted when that is ticked', async () => {
    const calls = await openWindow({ ...open, open_patient: PATIENT, write_note: record });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await press('Write a note');
    await type('Note', 'Made-up words');
    await fireEvent.click(screen.getByLabelText(/^Restricted, for safeguarding/));
    await press('Save the note');
    const form = { text: 'Made-up words', restricted: true };
    expect(sent(calls, 'write_note')).toEqual({ patient: 'p1', form });
  });
});
