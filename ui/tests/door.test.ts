import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { places } from '../src/places.svelte';
import { ABOUT, DOOR, FOUND_SERVICE, SESSION, SHEET } from './desk/door';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle } from './window';

const locked = { phase: 'locked' as const, ...DOOR };
const open = { phase: 'open' as const, ...SESSION };

async function type(label: string | RegExp, value: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
}

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

describe('first run', () => {
  it('shows the whole intended-use statement and does not go on until it was ticked', async () => {
    await openWindow({ status: { phase: 'first-run', ...ABOUT } });
    for (const paragraph of ABOUT.intended_use) screen.getByText(paragraph);
    await press('Go on');
    screen.getByRole('heading', { name: 'What Felloe is for' });
    expect(screen.getByRole('alert').textContent).toContain('Tick that you have read');
    expect(document.getElementById('f-read_intended_use-error')).not.toBeNull();
    await fireEvent.click(screen.getByLabelText('I have read this statement.'));
    await press('Go on');
    screen.getByRole('heading', { name: 'Your service and this site' });
  });

  it('makes the record, shows the sheet, and goes on only when two groups were typed', async () => {
    const live = { ...SESSION, demo: false, numbers_confirmed: false };
    const calls = await openWindow({
      status: { phase: 'first-run', ...ABOUT },
      set_up: SHEET,
      printers: { names: [], default: null, words: 'No printer.', folder: '/x', file_name: '' },
      confirm_sheet: ({ first, second }) => {
        if (first !== '2XPTB' || second !== 'E1UKQ') throw fault('invalid', 'Compare it.');
        return live;
      },
      local_numbers: {
        hub: '',
        crisis: '',
        mscc: '',
        safeguarding: '',
        spinal: '',
        clinic: '',
        out_of_hours: '',
        confirmed: false,
      },
    });
    await fireEvent.click(screen.getByLabelText('I have read this statement.'));
    await press('Go on');
    await type('Name of the service', 'Tyne Valley');
    await type('Name of this site', 'Hexham');
    await press('Go on');
    await type('Full name', 'Abena Osei');
    await press('Make the record');
    const form = calls.find((call) => call.name === 'set_up')?.args['form'];
    expect(form).toMatchObject({ service: 'Tyne Valley', hub: false, read_intended_use: true });
    for (const group of SHEET.code) screen.getByText(group);
    await type('Group 2', 'WRONG');
    await press(/on paper/);
    screen.getByText('Compare it.');
    await type('Group 2', '2XPTB');
    await type('Group 7', 'E1UKQ');
    await press(/on paper/);
    screen.getByText('Missing for live use');
  });

  it('asks for a longer passphrase when somebody goes without a keyring', async () => {
    const keyring = { usable: false, words: 'This machine offers no keyring.' };
    await openWindow({ status: { phase: 'first-run', ...ABOUT, keyring } });
    await fireEvent.click(screen.getByLabelText('I have read this statement.'));
    await press('Go on');
    await type('Name of the service', 'T');
    await type('Name of this site', 'H');
    await press('Go on');
    expect(screen.getByTestId('strength').textContent).toBe('At least 12 characters.');
    await fireEvent.click(screen.getByLabelText(/Go without a keyring/));
    expect(screen.getByTestId('strength').textContent).toBe('At least 20 characters.');
  });
});

describe('a blank laptop and the recovery sheet', () => {
  async function lookFor(answers: Parameters<typeof openWindow>[0]) {
    const calls = await openWindow({ status: { phase: 'first-run', ...ABOUT }, ...answers });
    await press('Recover from the recovery sheet');
    await type('Code from the recovery sheet', '2XPTB E1UKQ');
    await type('Service in six words, from the same sheet', 'one two three four five six');
    await type('Address of the hub server', 'hub.example.org:8443');
    await type('Key of the hub server', 'ab'.repeat(32));
    await press('Look for the service');
    return calls;
  }

  it('first says whose sheet it is and what may be missing, and only then makes anything', async () => {
    const calls = await lookFor({ look_for_service: FOUND_SERVICE, recover_service: SHEET });
    screen.getByText('Tyne Valley Pain Service');
    screen.getByText(/Its keys were left at the hub server on 20-Nov-2026/);
    screen.getByText(FOUND_SERVICE.put_back ?? '');
    for (const paragraph of ABOUT.intended_use) screen.getByText(paragraph);
    expect(calls.map(({ name }) => name)).not.toContain('recover_service');
    await fireEvent.click(screen.getByLabelText('I have read this statement.'));
    await press('Recover the service');
    const form = calls.find((call) => call.name === 'recover_service')?.args['form'];
    expect(form).toMatchObject({
      sheet: { code: '2XPTB E1UKQ', address: 'hub.example.org:8443' },
      read_intended_use: true,
    });
    // The new sheet has to be printed.
    for (const group of SHEET.code) screen.getByText(group);
  });

  it('names what is wrong on the sheet beside its field, with all that was typed', async () => {
    const said = 'Group 3 of the code is mistyped. Compare it with the sheet.';
    await lookFor({
      look_for_service: () => {
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'code', message: said }],
        });
      },
    });
    expect(document.getElementById('f-code-error')?.textContent).toContain(said);
    screen.getByDisplayValue('hub.example.org:8443');
    await press('Back');
    screen.getByRole('heading', { name: 'What Felloe is for' });
  });

  it('goes back to the sheet when the hub server no longer finds what it opens', async () => {
    const said = 'Nothing was left there for this sheet.';
    await lookFor({
      look_for_service: FOUND_SERVICE,
      recover_service: () => {
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'code', message: said }],
        });
      },
    });
    await press('Recover the service');
    expect(document.getElementById('f-code-error')?.textContent).toContain(said);
    screen.getByDisplayValue('2XPTB E1UKQ');
    screen.getByRole('button', { name: 'Look for the service' });
  });

  it('stays with the person and the statement when those are refused', async () => {
    const said = 'Tick that you have read the statement.';
    await lookFor({
      look_for_service: FOUND_SERVICE,
      recover_service: () => {
        throw fault('invalid', 'See the fields marked.', {
          fields: [{ field: 'read_intended_use', message: said }],
        });
      },
    });
    await press('Recover the service');
    expect(document.getElementById('f-read_intended_use-error')?.textContent).toContain(said);
    expect(screen.getByLabelText('I have read this statement.').getAttribute('aria-invalid')).toBe(
      'true',
    );
  });
});

describe('the lock screen', () => {
  it('says the sentence of the program and waits as long as it is told', async () => {
    let tries = 0;
    await openWindow({
      status: locked,
      unlock: () => {
        tries += 1;
        throw fault('wrong-passphrase', 'That passphrase is not right. Type it again.', {
          wait_seconds: 30,
        });
      },
    });
    await press(/Abena Osei/);
    await type(/Passphrase of Abena Osei/, 'wrong');
    await press('Unlock');
    screen.getByText('That passphrase is not right. Type it again.');
    expect(screen.getByTestId('wait').textContent).toContain('30 s');
    expect(screen.getByRole('button', { name: 'Unlock' })).toHaveProperty('disabled', true);
    const form = screen.getByRole('button', { name: 'Unlock' }).closest('form');
    if (form) await fireEvent.submit(form);
    await settle();
    expect(tries).toBe(1);
  });

  it('keeps a wait that began before Felloe was closed', async () => {
    await openWindow({ status: locked });
    await press(/Ruth Whitlock/);
    expect(screen.getByTestId('wait').textContent).toContain('30 s');
  });

  it('repeats that the hub has not been told of an emergency', async () => {
    await openWindow({ status: locked });
    screen.getByText('Hub NOT told');
    screen.getByText(/Phone the hub now/);
  });

  it('shows the demo passphrase in the demo only', async () => {
    await openWindow({ status: locked });
    expect(screen.getByTestId('demo-passphrase').textContent).toBe(DOOR.demo_passphrase);
  });

  it('brings the same person back to the same place', async () => {
    await openWindow({
      status: open,
      lock: locked,
      unlock: SESSION,
      worklist: WORKLIST,
      search: { hits: [], words: '' },
    });
    places.go({ screen: 'patients' });
    places.mark('southern');
    await settle();
    await press('Lock');
    expect(screen.queryByDisplayValue('southern')).toBeNull();
    await type(/Passphrase of Abena Osei/, 'harbour');
    await press('Unlock');
    screen.getByDisplayValue('southern');
  });
});

describe('a record that does not open', () => {
  it('leads to recovery when a key is missing, never to set-up', async () => {
    await openWindow({ status: { phase: 'recovery', ...DOOR, reason: 'The key is gone.' } });
    screen.getByText('The key is gone.');
    screen.getByLabelText('Code from the recovery sheet');
    expect(screen.queryByText('What Felloe is for')).toBeNull();
  });

  it('offers to put the record back that a restore moved aside, and no set-up', async () => {
    const message = 'A restore was cut short. Put it back, or restore the backup again.';
    const calls = await openWindow({
      status: { phase: 'broken', left_aside: true, message },
      put_back_record: { phase: 'locked', ...DOOR },
    });
    expect(screen.getByText(message)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Restore from a backup' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Put the record back' }));
    await settle();
    expect(calls.map(({ name }) => name)).toContain('put_back_record');
    expect(screen.getByText('Who is working?')).toBeTruthy();
  });

  it('says what is wrong and what to do', async () => {
    await openWindow({
      status: { phase: 'broken', left_aside: false, message: 'Install the newer version.' },
    });
    screen.getByText('Install the newer version.');
    screen.getByText('Nothing on this laptop was changed.');
  });
});
