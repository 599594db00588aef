import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Approved } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { ABOUT, SESSION, SHEET } from './desk/door';
import { APPROVED, JOINING, LAPTOPS, REQUEST, SITES, TRANSFER } from './desk/laptops';
import { PATIENT } from './desk/patient';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, type Answers, type Call } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };
const waiting = { phase: 'joining' as const, ...JOINING };

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

describe('a laptop that joins a service', () => {
  it('is offered beside setting up, and asks with a name, a passphrase and the statement read', async () => {
    const calls = await openWindow({
      status: { phase: 'first-run', ...ABOUT },
      begin_joining: waiting,
    });
    await press('Join a service');
    screen.getByRole('heading', { name: 'Join a service' });
    await type('Full name', 'Ada Quist');
    await fireEvent.click(screen.getByLabelText('I have read this statement.'));
    await press('Make the request');
    expect(sent(calls, 'begin_joining')).toMatchObject({
      form: { name: 'Ada Quist', use_keyring: true, read_intended_use: true },
    });
    screen.getByRole('heading', { name: 'This laptop waits to join a service' });
  });

  it('shows its own six words to read out and never those of the service', async () => {
    await openWindow({ status: waiting });
    const words = screen.getByRole('list', { name: 'The six words of this request' });
    for (const word of JOINING.words) within(words).getByText(word);
    for (const word of LAPTOPS.words) expect(screen.queryByText(word)).toBeNull();
  });

  it('saves the request where the person chose, and says where', async () => {
    const calls = await openWindow({
      status: waiting,
      save_request: { path: '/stick/felloe-request-1a2b3c4d.felloe' },
    });
    await type('Folder for the file', '/stick');
    await press('Save the request');
    expect(sent(calls, 'save_request')).toEqual({ folder: '/stick' });
    screen.getByText(/Saved as \/stick\/felloe-request-1a2b3c4d.felloe/);
  });

  it('joins with the answer, the words that were heard and the passphrase, and shows its sheet', async () => {
    const calls = await openWindow({
      status: waiting,
      finish_joining: SHEET,
      printers: { names: [], default: null, words: 'No printer.', folder: '/x', file_name: '' },
    });
    const join = screen.getByRole<HTMLButtonElement>('button', { name: 'Join the service' });
    expect(join.disabled).toBe(true);
    await type('File with the answer', '/stick/felloe-answer-1a2b3c4d.felloe');
    await type('The six words that the administrator reads out', LAPTOPS.words.join(' '));
    await type('Your passphrase', 'kettle orbit fern gravel');
    await press('Join the service');
    expect(sent(calls, 'finish_joining')).toEqual({
      form: {
        answer: '/stick/felloe-answer-1a2b3c4d.felloe',
        words: LAPTOPS.words.join(' '),
        passphrase: 'kettle orbit fern gravel',
      },
    });
    for (const group of SHEET.code) screen.getByText(group);
  });

  it('says beside the words that they are of another service, and keeps what was typed', async () => {
    const message = 'The six words are not those of the service that this answer comes from.';
    await openWindow({
      status: waiting,
      finish_joining: () => {
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'words', message }],
        });
      },
    });
    await type('File with the answer', '/stick/a.felloe');
    await type('The six words that the administrator reads out', 'bahod bahod');
    await type('Your passphrase', 'kettle orbit fern gravel');
    await press('Join the service');
    expect(screen.getAllByText(message).length).toBeGreaterThan(0);
    const typed = screen.getByLabelText<HTMLInputElement>(
      'The six words that the administrator reads out',
    );
    expect(typed.value).toBe('bahod bahod');
  });

  it('gives the request up only when asked a second time', async () => {
    const calls = await openWindow({
      status: waiting,
      give_up_joining: { phase: 'first-run', ...ABOUT },
    });
    await press('Give the request up');
    expect(sent(calls, 'give_up_joining')).toBeUndefined();
    await press('Yes, give the request up');
    screen.getByRole('heading', { name: 'What Felloe is for' });
  });
});

async function openSettings(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({ ...open, laptops: LAPTOPS, sites: SITES, ...answers });
  places.go({ screen: 'settings' });
  await settle();
  return calls;
}

describe('the laptops of the service', () => {
  it('are listed with who works on them and for which sites', async () => {
    await openSettings();
    const row = screen.getByTestId('laptop-d2');
    within(row).getByText('Liam Byrne');
    within(row).getByText('Hexham spoke');
    within(screen.getByTestId('laptop-d1')).getByText(/this one/);
  });

  it('offer nothing to somebody who does not keep them', async () => {
    const rows = LAPTOPS.laptops.map((row) => ({ ...row, may_change: false, may_end: false }));
    await openSettings({ laptops: { ...LAPTOPS, laptops: rows, may_keep: false } });
    expect(screen.queryByRole('button', { name: 'Enrol a laptop' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^End laptop/ })).toBeNull();
  });

  it('are joined by one more once its words were typed, and the words of the service are read out', async () => {
    const calls = await openSettings({ look_at_request: REQUEST, approve_joining: APPROVED });
    await press('Enrol a laptop');
    await type('The request', JOINING.text);
    await press('Look at the request');
    screen.getByText('Ada Quist');
    for (const word of JOINING.words) expect(screen.queryByText(word)).toBeNull();
    await type('The six words that they read out', JOINING.words.join(' '));
    await choose('Role', 'nurse');
    await fireEvent.click(screen.getByLabelText('Hexham spoke'));
    await settle();
    await choose('Where the laptop stands', 's1');
    await type('Your passphrase, to certify them', 'harbour lantern walnut');
    await press('Approve');
    expect(sent(calls, 'approve_joining')).toMatchObject({
      form: {
        request: JOINING.text,
        words: JOINING.words.join(' '),
        role: 'nurse',
        sites: ['s1'],
        home: 's1',
        colleague: '',
      },
    });
    screen.getByText(APPROVED.path);
    const words = screen.getByRole('list', { name: 'The six words of the service' });
    for (const word of APPROVED.words) within(words).getByText(word);
  });

  it('send whoever approves back to a request that is refused at the end, with what was typed', async () => {
    const message = 'There is no such file, and this is not the text of a request.';
    let answered: () => void = () => undefined;
    await openSettings({
      look_at_request: REQUEST,
      approve_joining: () =>
        new Promise<Approved>((_, refuse) => {
          const fields = [{ field: 'request', message }];
          answered = () => refuse(fault('invalid', 'See the fields marked.', { fields }));
        }),
    });
    await press('Enrol a laptop');
    await type('The request', JOINING.text);
    await press('Look at the request');
    await type('The six words that they read out', 'bahod bahod');
    await press('Approve');
    // What was begun is not walked away from.
    const dialog = within(screen.getByRole('dialog'));
    for (const close of dialog.getAllByRole('button', { name: 'Close' }))
      await fireEvent.click(close);
    await settle();
    screen.getByRole('dialog');
    answered();
    await settle();
    expect(document.getElementById('f-request-error')?.textContent).toContain(message);
    screen.getByDisplayValue(/^felloe-request:/);
    await press('Look at the request');
    screen.getByDisplayValue('bahod bahod');
  });

  it('are ended with a reason, after it is said what that does', async () => {
    const ended = { ...LAPTOPS, laptops: LAPTOPS.laptops.slice(0, 1) };
    const calls = await openSettings({ end_laptop: ended });
    await press('End laptop 5b6c7d8e');
    screen.getByText(/opens nothing that is written after this/);
    await choose('Why', 'lost');
    await type('In words, for the audit', 'Left on a train.');
    await type('Your passphrase', 'harbour lantern walnut');
    await press('End this laptop');
    expect(sent(calls, 'end_laptop')).toEqual({
      laptop: 'd2',
      form: { why: 'lost', reason: 'Left on a train.', own_passphrase: 'harbour lantern walnut' },
    });
    expect(screen.queryByTestId('laptop-d2')).toBeNull();
  });

  it('are enrolled for another site', async () => {
    const calls = await openSettings({ change_laptop: LAPTOPS });
    await press('Change the sites of laptop 5b6c7d8e');
    await fireEvent.click(screen.getByLabelText('Tyne hub'));
    await type('Your passphrase', 'harbour lantern walnut');
    await press('Save');
    expect(sent(calls, 'change_laptop')).toEqual({
      laptop: 'd2',
      form: { sites: ['s1', 's2'], own_passphrase: 'harbour lantern walnut' },
    });
  });

  it('are given a new site when one is opened', async () => {
    const calls = await openSettings({ open_site: SITES });
    await press('Open a site');
    await type('Name of the site', 'Alnwick spoke');
    await type('Your passphrase', 'harbour lantern walnut');
    await press('Open the site');
    expect(sent(calls, 'open_site')).toEqual({
      form: { name: 'Alnwick spoke', own_passphrase: 'harbour lantern walnut' },
    });
  });
});

describe('a site', () => {
  it('is closed with who takes its patients over, why, and who was told', async () => {
    const sites = SITES.sites.map((site) => ({ ...site, closed: site.id === 's1' }));
    const calls = await openSettings({ close_site: { ...SITES, sites } });
    await press('Close Hexham spoke');
    await choose('Who takes its patients over', 's2');
    await type('Who there was told', 'Ruth Whitlock');
    await type('Why', 'The lease ends.');
    await type('Your passphrase', 'harbour lantern walnut');
    await press('Close the site');
    expect(sent(calls, 'close_site')).toEqual({
      site: 's1',
      form: {
        merge_into: 's2',
        told: 'Ruth Whitlock',
        reason: 'The lease ends.',
        own_passphrase: 'harbour lantern walnut',
      },
    });
    screen.getByText('Closed');
  });

  it('that is closed is opened again', async () => {
    const sites = SITES.sites.map((site) => ({
      ...site,
      closed: site.id === 's1',
      may_close: false,
    }));
    const calls = await openSettings({ sites: { ...SITES, sites }, reopen_site: SITES });
    await press('Open again: Hexham spoke');
    await type('Your passphrase', 'harbour lantern walnut');
    await press('Open it again');
    expect(sent(calls, 'reopen_site')).toEqual({
      site: 's1',
      own_passphrase: 'harbour lantern walnut',
    });
  });
});

describe('a transfer', () => {
  it('asks where to, why, what they have to know and who was told, and leaves the record', async () => {
    const calls = await openWindow({
      ...open,
      open_patient: { ...PATIENT, may_transfer: true },
      transfer_form: TRANSFER,
      transfer_patient: { words: 'Transferred to Tyne hub.' },
    });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await press('Transfer');
    within(screen.getByRole('dialog')).getByText('Hexham spoke');
    await choose('To', 's2');
    await choose('Why', 'nearer');
    await type('What they have to know there', 'Walks with a frame. Prefers mornings.');
    await type('Who there was told', 'Ruth Whitlock');
    const dialog = screen.getByRole('dialog');
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Transfer' }));
    await settle();
    expect(sent(calls, 'transfer_patient')).toEqual({
      patient: 'p1',
      form: {
        to: 's2',
        grounds: 'nearer',
        told: 'Ruth Whitlock',
        note: 'Walks with a frame. Prefers mornings.',
      },
    });
    expect(places.here.screen).toBe('worklist');
  });

  it('is not offered to somebody who may not', async () => {
    await openWindow({ ...open, open_patient: { ...PATIENT, may_transfer: false } });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    expect(screen.queryByRole('button', { name: 'Transfer' })).toBeNull();
  });
});
