import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { places } from '../src/places.svelte';
import { keepDraft } from '../src/screens/referral/draft.svelte';
import { DOOR, SESSION } from './desk/door';
import { CSV, START } from './desk/intake';
import { PATIENT } from './desk/patient';
import { HITS, WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, type Answers } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

describe('the worklist', () => {
  it('walks its rows with the arrows and opens one', async () => {
    await openWindow({ ...open, open_patient: PATIENT });
    await fireEvent.keyDown(document.body, { key: 'ArrowDown' });
    await fireEvent.keyDown(document.body, { key: 'ArrowDown' });
    await fireEvent.keyDown(document.body, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('FAIRWEATHER');
    await fireEvent.click(document.activeElement as HTMLElement);
    expect(places.here).toEqual({ screen: 'patient', patient: 'p2' });
  });

  it('says that a proposed urgency is proposed', async () => {
    await openWindow(open);
    within(screen.getByTestId('row-p1')).getByText('(proposed)');
    expect(within(screen.getByTestId('row-p2')).queryByText('(proposed)')).toBeNull();
  });

  it('marks patients with similar names', async () => {
    await openWindow(open);
    within(screen.getByTestId('row-p10')).getByText('Similar name');
    within(screen.getByTestId('row-p12')).getByText('Similar name');
  });

  it('keeps open emergency actions above everything and opens their route', async () => {
    await openWindow(open);
    const action = screen.getByTestId('action-x1');
    expect(action.textContent).toContain('Hub NOT told');
    expect(action.textContent?.replace(/\s+/g, ' ')).toContain(': phone 01632 960 001');
    await fireEvent.click(within(action).getByRole('button'));
    expect(places.here).toMatchObject({ screen: 'route', patient: 'p0', route: 'ces' });
  });

  it('says that local emergency numbers are missing in a live service', async () => {
    const live = { ...SESSION, demo: false, numbers_confirmed: false };
    await openWindow({ ...open, status: { phase: 'open', ...live } });
    screen.getByText('Local emergency numbers are missing.');
  });

  it('says on every screen of the demo that its people are invented', async () => {
    await openWindow({
      ...open,
      open_patient: PATIENT,
      start_referral: START,
      search: { hits: [], words: '' },
    });
    for (const place of [
      { screen: 'worklist' },
      { screen: 'referral' },
      { screen: 'csv' },
      { screen: 'patients' },
      { screen: 'patient', patient: 'p1' },
      { screen: 'settings' },
    ] as const) {
      places.go(place);
      await settle();
      screen.getByText('Demo clinic. Invented people.');
    }
  });
});

describe('referral intake', () => {
  const intake: Answers = {
    ...open,
    start_referral: START,
    check_nhs_number: ({ text }) =>
      text === '9990465444'
        ? { state: 'valid', display: '999\u00a0046\u00a05444', words: 'passes the check.' }
        : { state: 'invalid', display: null, words: 'The last digit does not fit.' },
    check_referral: ({ form }) => ({
      already_known: form.family === 'Southern' ? HITS : [],
      missing: ['referrer'],
      odd: [],
    }),
    save_referral: {
      patient: 'p99',
      new_patient: true,
      missing: ['referrer'],
      warning_signs: [],
      route: null,
      saved_at: '10:42:13',
    },
  };

  async function openIntake(answers: Answers = intake) {
    keepDraft(null);
    const calls = await openWindow(answers);
    places.go({ screen: 'referral' });
    await settle();
    return calls;
  }

  async function type(label: string, value: string): Promise<void> {
    const field = screen.getByLabelText(label);
    await fireEvent.input(field, { target: { value } });
    await fireEvent.blur(field);
    await settle();
  }

  it('says at each key whether the NHS number passes its check', async () => {
    await openIntake();
    await type('NHS number', '9990465445');
    expect(screen.getByTestId('nhs-check').textContent).toContain('The last digit does not fit.');
    await type('NHS number', '9990465444');
    expect(screen.getByTestId('nhs-check').textContent).toContain('passes the check.');
  });

  it('never decides who is the same person, and does not save before somebody did', async () => {
    const calls = await openIntake();
    await type('Family name', 'Southern');
    const offered = screen.getByTestId('known');
    for (const radio of within(offered).getAllByRole('radio')) {
      expect(radio).toHaveProperty('checked', false);
    }
    await press('Save referral');
    expect(calls.some((call) => call.name === 'save_referral')).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('Felloe never decides this by itself.');
  });

  it('adds the referral to the person somebody chose, and to one at most', async () => {
    const calls = await openIntake();
    await type('Family name', 'Southern');
    const [first, second] = screen.getAllByLabelText('Same person');
    if (first && second) {
      await fireEvent.click(first);
      await fireEvent.click(second);
    }
    await press('Save referral');
    const saved = calls.find((call) => call.name === 'save_referral');
    expect(saved?.args['same_as']).toBe('p12');
  });

  it('makes a record of its own for a different person', async () => {
    const calls = await openIntake();
    await type('Family name', 'Southern');
    for (const radio of screen.getAllByLabelText('Different person')) await fireEvent.click(radio);
    await press('Save referral');
    expect(calls.find((call) => call.name === 'save_referral')?.args['same_as']).toBeNull();
  });

  it('saves what is incomplete and says what is missing', async () => {
    await openIntake();
    await press('Save referral');
    expect(screen.getByTestId('referral-saved').textContent).toContain('10:42:13');
    screen.getByText('Still missing');
  });

  it('lets a letter say present or not stated, never absent, and chooses neither', async () => {
    await openIntake();
    const sign = screen.getByTestId('sign-new-weakness-in-both-legs');
    expect(
      within(sign)
        .getAllByRole('radio')
        .map((one) => one.parentElement?.textContent?.trim()),
    ).toEqual(['Present', 'Not stated']);
    for (const radio of within(sign).getAllByRole('radio')) {
      expect(radio).toHaveProperty('checked', false);
    }
  });

  it('leads a warning sign in the letter at once to its route', async () => {
    const route = { patient: 'p99', new_patient: true, missing: [], warning_signs: ['weakness'] };
    await openIntake({
      ...intake,
      save_referral: { ...route, route: 'ces', saved_at: '10:00:00' },
    });
    const sign = screen.getByTestId('sign-new-weakness-in-both-legs');
    await fireEvent.click(within(sign).getByLabelText('Present'));
    await settle();
    screen.getByTestId('emergency-bar');
    await press('Save and open the route now');
    expect(places.here).toMatchObject({ screen: 'route', patient: 'p99', route: 'ces' });
  });

  it('keeps what was typed while the screen is locked', async () => {
    await openIntake({ ...intake, lock: { phase: 'locked', ...DOOR }, unlock: SESSION });
    await type('Given names', 'Elaine');
    await press('Lock');
    expect(screen.queryByDisplayValue('Elaine')).toBeNull();
    await fireEvent.input(screen.getByLabelText(/Passphrase of/), { target: { value: 'x' } });
    await press('Unlock');
    screen.getByDisplayValue('Elaine');
  });
});

describe('a CSV file', () => {
  it('shows each bad row with line, field and reason before anything goes in', async () => {
    const calls = await openWindow({ ...open, check_csv: CSV });
    places.go({ screen: 'csv' });
    await settle();
    await fireEvent.input(screen.getByLabelText(/paste its rows/), { target: { value: 'a,b' } });
    await settle(300);
    const bad = within(screen.getByTestId('csv-bad')).getAllByRole('row');
    expect(bad[1]?.textContent).toContain('4');
    expect(bad[1]?.textContent).toContain('The last digit does not fit.');
    screen.getByRole('button', { name: 'Import 2 good rows' });
    expect(calls.some((call) => call.name === 'import_csv')).toBe(false);
  });
});

describe('the record of a patient', () => {
  it('keeps a corrected entry readable, struck through with its reason', async () => {
    await openWindow({ ...open, open_patient: PATIENT });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    const row = screen.getByTestId('row-e4');
    expect(row.textContent).toContain('300 mg');
    expect(row.textContent).toContain('one nought too many');
  });

  it('shows allergies, opioid total and warning signs in the banner', async () => {
    await openWindow({ ...open, open_patient: PATIENT });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    const banner = screen.getByTestId('banner').textContent;
    expect(banner).toContain('Penicillin (rash)');
    expect(banner).toContain('at least 90 mg, incomplete');
    expect(banner).toContain('Item 9 above 0');
  });
});

describe('a write that fails', () => {
  it('blocks, shows what was typed, and tries again', async () => {
    let tries = 0;
    await openWindow({
      ...open,
      open_patient: PATIENT,
      mark_in_error: () => {
        tries += 1;
        if (tries === 1) throw fault('not-saved', 'The disk is full. Free some space.');
        return PATIENT;
      },
    });
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await press(/PHQ-9: 17/);
    await press('Entered in error');
    await fireEvent.input(screen.getByLabelText(/Why was this/), { target: { value: 'Twin' } });
    await press('Mark as in error');
    const panel = screen.getByRole('alertdialog', { name: 'This answer was not saved' });
    within(panel).getByText('The disk is full. Free some space.');
    within(panel).getByText('Twin');
    await press('Try again');
    expect(tries).toBe(2);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('goes to the lock screen when the record was locked underneath', async () => {
    const answers: Answers = {
      ...open,
      open_patient: () => {
        throw fault('locked', 'Unlock.');
      },
    };
    await openWindow(answers);
    answers.status = { phase: 'locked', ...DOOR };
    places.go({ screen: 'patient', patient: 'p1' });
    await settle();
    await settle();
    screen.getByText('Who is working?');
  });
});
