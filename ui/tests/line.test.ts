import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { line } from '../src/line.svelte';
import { places } from '../src/places.svelte';
import { work } from '../src/session.svelte';
import { DOOR, SESSION } from './desk/door';
import { CASE_SYNC, CONFLICT, HUB_SERVER, OFFLINE, SYNC, UP_TO_DATE } from './desk/line';
import { PATIENT } from './desk/patient';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, sixWords, type Answers } from './window';

const open: Answers = {
  status: { phase: 'open' as const, ...SESSION },
  worklist: WORKLIST,
  sync_chip: OFFLINE,
};

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function type(label: string, value: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

describe('the chip in the app bar', () => {
  it('says offline, since when, and how much waits, and opens the sync screen', async () => {
    await openWindow({ ...open, sync_screen: SYNC });
    const chip = screen.getByTestId('sync-chip');
    expect(chip.textContent).toContain('Offline since 09:12 · 14 entries to send');
    expect(chip.classList).toContain('offline');
    await fireEvent.click(chip);
    expect(places.here).toEqual({ screen: 'sync' });
  });

  it('shows nothing rather than an old word when the program does not answer', async () => {
    await openWindow({
      ...open,
      sync_chip: () => {
        throw fault('other', 'No.');
      },
    });
    expect(screen.queryByTestId('sync-chip')).toBeNull();
  });

  it('asks again when the program says that the line stands otherwise', async () => {
    const answers: Answers = { ...open };
    await openWindow(answers);
    answers.sync_chip = UP_TO_DATE;
    line.turned();
    await settle();
    expect(screen.getByTestId('sync-chip').textContent).toContain('Up to date 09:41');
  });

  it('asks once more and no oftener while an answer is on its way', async () => {
    const calls = await openWindow(open);
    const before = calls.filter((call) => call.name === 'sync_chip').length;
    for (let turn = 0; turn < 20; turn += 1) line.turned();
    await settle();
    await settle();
    expect(calls.filter((call) => call.name === 'sync_chip').length - before).toBeLessThanOrEqual(
      2,
    );
  });

  it('is gone with everything else when the record is locked', async () => {
    await openWindow({ ...open, lock: { phase: 'locked', ...DOOR } });
    await press('Lock');
    expect(screen.queryByTestId('sync-chip')).toBeNull();
    expect(line.chip).toBeNull();
  });

  it('leaves the program alone about the line while nobody is at work', async () => {
    const calls = await openWindow({ status: { phase: 'locked', ...DOOR } });
    expect(work.session).toBeNull();
    expect(calls.some((call) => call.name === 'sync_chip')).toBe(false);
  });
});

describe('the sync screen', () => {
  async function openSync(answers: Answers = {}) {
    const calls = await openWindow({ ...open, sync_screen: SYNC, ...answers });
    places.go({ screen: 'sync' });
    await settle();
    return calls;
  }

  it('says how the line stands and why', async () => {
    await openSync();
    const status = screen.getByTestId('sync-status').textContent;
    expect(status).toContain('Offline since 09:12');
    expect(status).toContain('What you do is kept here and sent later.');
  });

  it('lists what waits with kind, initials, size and emergencies first, and no name', async () => {
    await openSync();
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows[0]?.textContent).toContain('Emergency: goes first');
    expect(rows[0]?.textContent).toContain('MA');
    expect(rows[1]?.textContent).toContain('12 answers');
    expect(rows[1]?.textContent).toContain('2 kB');
    expect(document.body.textContent).not.toContain('ATKINSON');
  });

  it('tells a copied disk under its own name', async () => {
    await openSync();
    screen.getByText('Copied disk');
  });

  it('says how old what is here of each site is', async () => {
    await openSync();
    expect(screen.getByText(/14-Nov-2026 16:20/).textContent).toContain('over a day old');
    expect(screen.getByText(/24-Nov-2026 08:54/).textContent).not.toContain('over a day old');
  });

  it('tries now when asked', async () => {
    const calls = await openSync({ try_now: UP_TO_DATE });
    await press('Try now');
    expect(calls.some((call) => call.name === 'try_now')).toBe(true);
  });

  it('shows what happened twice in one minute twice', async () => {
    const sent = { at: '08:55', words: 'Sent 3 envelopes.' };
    await openSync({ sync_screen: { ...SYNC, log: [sent, sent] } });
    expect(screen.getAllByText('Sent 3 envelopes.')).toHaveLength(2);
  });

  it('is not asked for again because of what it said', async () => {
    const calls = await openSync({ sync_screen: () => ({ ...SYNC }) });
    await settle();
    await settle();
    expect(calls.filter((call) => call.name === 'sync_screen')).toHaveLength(1);
  });

  it('offers no try where no hub server is named, and leads to the settings', async () => {
    await openSync({ sync_screen: { ...SYNC, may_try: false } });
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
    await press('Name the hub server');
    expect(places.here).toMatchObject({ screen: 'settings', spot: 'hub-server' });
  });

  it('says that nothing waits when nothing does', async () => {
    await openSync({ sync_screen: { ...SYNC, queue: [], queue_words: 'Nothing' } });
    screen.getByText('Nothing waits to be sent.');
  });
});

describe('the hub server in the settings', () => {
  async function openSettings(answers: Answers) {
    const calls = await openWindow({ ...open, ...answers });
    places.go({ screen: 'settings', spot: 'hub-server' });
    await settle();
    return calls;
  }

  it('is named by an administrator with its address and its key', async () => {
    const named = HUB_SERVER;
    const calls = await openSettings({
      hub_server: { address: null, pin: null, may_change: true },
      save_hub_server: named,
    });
    await press('Name the hub server');
    await type('Address', 'hub.example.org');
    await type('Its key', 'a1b2');
    await press('Save hub server');
    const saved = calls.find((call) => call.name === 'save_hub_server');
    expect(saved?.args['form']).toEqual({ address: 'hub.example.org', pin: 'a1b2' });
    expect(screen.getByTestId('hub-server-address').textContent).toBe('hub.example.org:443');
  });

  it('shows beside the field what is wrong with a key', async () => {
    const fields = [{ field: 'pin', message: 'That is not the key of a hub server.' }];
    await openSettings({
      hub_server: HUB_SERVER,
      save_hub_server: () => {
        throw fault('invalid', 'See the fields marked.', { fields });
      },
    });
    await press('Change the hub server');
    await press('Save hub server');
    expect(screen.getAllByText(/That is not the key of a hub server/).length).toBeGreaterThan(0);
  });

  it('is set up with a file, whose six words are shown to be compared', async () => {
    const words = 'babab dafaf gahah jakak lamam naras';
    const calls = await openSettings({
      hub_server: HUB_SERVER,
      save_hub_set_up: { path: '/media/stick/felloe-hub.setup', six_words: words },
    });
    await press('Set up a hub server');
    await type('Folder for the set-up file', '/media/stick');
    await press('Write set-up file');
    const saved = calls.find((call) => call.name === 'save_hub_set_up');
    expect(saved?.args['folder']).toBe('/media/stick');
    expect(sixWords()).toBe(words);
  });

  it('is only read by everybody else', async () => {
    await openSettings({ hub_server: { ...HUB_SERVER, may_change: false } });
    expect(screen.queryByRole('button', { name: 'Change the hub server' })).toBeNull();
    screen.getByText('An administrator of the service names the hub server.');
  });
});

describe('how far a case has come', () => {
  it('stands on the patient with each step and as of when each site is', async () => {
    await openWindow({ ...open, open_patient: PATIENT, case_sync: CASE_SYNC });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    const steps = within(screen.getByTestId('case-sync')).getAllByRole('listitem');
    expect(steps.map((step) => step.classList.contains('done'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(steps[2]?.textContent).toContain('Arrived 24-Nov-2026 10:43, not opened');
    expect(screen.getByTestId('case-sync').textContent).toContain(
      'As of 24-Nov-2026 10:43, Alder House Hub',
    );
  });

  it('asks for the record again when others wrote', async () => {
    const calls = await openWindow({ ...open, open_patient: PATIENT, case_sync: CASE_SYNC });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    const before = calls.filter((call) => call.name === 'open_patient').length;
    line.arrived();
    await settle();
    expect(calls.filter((call) => call.name === 'open_patient').length).toBe(before + 1);
  });
});

describe('the worklist', () => {
  it('is asked for again when others wrote', async () => {
    const calls = await openWindow(open);
    const before = calls.filter((call) => call.name === 'worklist').length;
    line.arrived();
    await settle();
    expect(calls.filter((call) => call.name === 'worklist').length).toBe(before + 1);
  });

  it('says which site nothing came from for over a day', async () => {
    const words = "Hexham's changes last received 14-Nov-2026.";
    await openWindow({ ...open, worklist: { ...WORKLIST, line_warnings: [words] } });
    expect(screen.getByTestId('line-warning').textContent).toContain(words);
  });

  it('alarms when a raised urgency was not opened, and leads to the decision', async () => {
    const raised = {
      id: 'unopened-a7',
      patient: 'p3',
      assessment: 'a7',
      name: 'BEGUM, Rukhsana',
      words: 'Raised to Same day and NOT opened at the spoke: phone them',
      since: '24-Nov-2026 09:10',
      phone: '01632 960 204',
      kind: 'not-opened',
      route: null,
    };
    await openWindow({ ...open, worklist: { ...WORKLIST, open_actions: [raised] } });
    const action = screen.getByTestId('action-unopened-a7');
    expect(action.textContent).toContain(': phone the spoke 01632 960 204');
    await fireEvent.click(within(action).getByRole('button'));
    expect(places.here).toEqual({ screen: 'result', assessment: 'a7' });
  });
});

describe('a conflict', () => {
  async function openConflict(answers: Answers = {}) {
    const patient = { ...PATIENT, conflicts: [CONFLICT] };
    const calls = await openWindow({ ...open, open_patient: patient, ...answers });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    return calls;
  }

  it('stands in two columns with who, when and where, and only what differs', async () => {
    await openConflict();
    const box = within(screen.getByTestId('conflicts'));
    const heads = box.getAllByRole('columnheader').map((head) => head.textContent);
    expect(heads[1]).toContain('This laptop');
    expect(heads[1]).toContain('24-Nov-2026 10:35, Ama Osei');
    expect(heads[2]).toContain('Hexham spoke, another laptop');
    expect(box.getAllByRole('rowheader').map((head) => head.textContent)).toEqual(['Dose', 'Why']);
  });

  it('shows what will stand before it is settled, and asks for a reason', async () => {
    const calls = await openConflict({ settle_conflict: PATIENT });
    await press('Settle it');
    await fireEvent.click(screen.getByLabelText('Hexham spoke, another laptop'));
    expect(screen.getByTestId('preview').textContent).toContain('Dose: 60 mg');
    expect(screen.getByRole('button', { name: 'Settle it' })).toHaveProperty('disabled', true);
    await type('Why?', 'Rang the surgery');
    await press('Settle it');
    expect(calls.find((call) => call.name === 'settle_conflict')?.args['form']).toEqual({
      conflict: 'c1',
      holds: ['x2'],
      reason: 'Rang the surgery',
    });
  });
});
