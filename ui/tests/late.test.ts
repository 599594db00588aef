import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Duplicates } from '../src/backend/bindings';
import { line } from '../src/line.svelte';
import { places } from '../src/places.svelte';
import { placeOfLate } from '../src/screens/overdue/opening';
import { SESSION } from './desk/door';
import { DUPLICATES, LATE, NOT_GIVEN } from './desk/late';
import { WORKLIST } from './desk/worklist';
import { PERSON } from './desk/person';
import { fault, openWindow, settle, type Answers, type Call } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };

/** Presses as the keyboard does, so that the focus is where the button is. */
async function press(name: string | RegExp): Promise<void> {
  const button = screen.getByRole('button', { name });
  button.focus();
  await fireEvent.click(button);
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

describe('the overdue list', () => {
  it('keeps the order it is given, and says of each how late, whom to phone and one thing to do', async () => {
    await openWindow({ ...open, overdue: { rows: [LATE, NOT_GIVEN] } });
    await press('Overdue');
    const rows = screen.getAllByTestId(/^late-/);
    expect(rows.map((row) => row.dataset['testid'])).toEqual([
      'late-back-a1',
      'late-plan-given-a2',
    ]);
    const first = within(rows[0] as HTMLElement);
    first.getByText('3 hours late');
    first.getByText('01632 960 011');
    expect(first.getAllByRole('button')).toHaveLength(1);
    within(rows[1] as HTMLElement).getByText('Nobody');
    await press('Open the decision: NDLOVU, Thabo');
    expect(places.here).toEqual({ screen: 'result', assessment: 'a1' });
  });

  it('says when nothing waits too long', async () => {
    await openWindow({ ...open, overdue: { rows: [] } });
    await press('Overdue');
    screen.getByText('Nothing waits too long.');
  });

  it('opens for each kind the one place where something can be done', () => {
    const of = (kind: string, route: string | null = null) => placeOfLate({ ...LATE, kind, route });
    expect(of('receipt')).toEqual({ screen: 'sync' });
    expect(of('not-opened')).toEqual({ screen: 'result', assessment: 'a1' });
    expect(of('plan-given')).toEqual({ screen: 'plan', assessment: 'a1' });
    expect(of('hub-not-told', 'ces')).toMatchObject({ screen: 'route', route: 'ces' });
    expect(of('hub-not-told')).toEqual({ screen: 'patient', patient: 'p1' });
    expect(placeOfLate({ ...LATE, assessment: null })).toEqual({
      screen: 'patient',
      patient: 'p1',
    });
  });
});

async function compare(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({ ...open, duplicates: DUPLICATES, ...answers });
  places.go({ screen: 'duplicates' });
  await settle();
  return calls;
}

const without: Duplicates = { ...DUPLICATES, pairs: [] };

describe('possible duplicates across sites', () => {
  it('are reached from the worklist, stand side by side and say where they differ', async () => {
    await openWindow({
      ...open,
      worklist: { ...WORKLIST, duplicates: 1 },
      duplicates: DUPLICATES,
    });
    screen.getByText('Two records of different sites may be of one person.');
    await press('Compare them');
    const table = within(screen.getByTestId('pair-p1-p2'));
    table.getByText('Hexham spoke');
    table.getByText('Rowan spoke');
    expect(table.getAllByText('differs')).toHaveLength(1);
    screen.getByText('Same NHS number');
  });

  it('are spoken on by a person who says how they know, and never without', async () => {
    await compare();
    const link = screen.getByRole('button', { name: 'One person: link the records' });
    const apart = screen.getByRole('button', { name: 'Two people: keep them apart' });
    expect(link).toHaveProperty('disabled', true);
    expect(apart).toHaveProperty('disabled', true);
    await choose('How it was established', 'number');
    expect(link).toHaveProperty('disabled', false);
    expect(apart).toHaveProperty('disabled', false);
  });

  it('are linked only after both were shown once more, and under which of them they are found', async () => {
    let linked = false;
    const calls = await compare({
      duplicates: () => (linked ? without : DUPLICATES),
      link_records: () => {
        linked = true;
        return PERSON;
      },
    });
    await choose('How it was established', 'number');
    await press('One person: link the records');
    expect(sent(calls, 'link_records')).toBeUndefined();
    const dialog = within(screen.getByRole('dialog'));
    dialog.getByText(/found under NDLOVU, Thabo/);
    dialog.getByText('Rowan spoke');
    dialog.getByText(/The NHS number, checked on the national record/);
    dialog.getByText(/it can be undone/);
    await press('Show them as one');
    const said = { patient: 'p1', other: 'p2', grounds: 'number' };
    expect(sent(calls, 'link_records')).toEqual(said);
    expect(screen.queryByRole('dialog')).toBeNull();
    screen.getByText('No two records of different sites look like one person.');
    // The card is gone with the button; the keyboard begins again at the top of the screen.
    expect(document.activeElement?.textContent).toBe('Possible duplicates across sites');
  });

  it('are kept apart with the same words, and the focus is not lost with the card', async () => {
    const calls = await compare({ tell_apart: without });
    await choose('How it was established', 'number');
    await press('Two people: keep them apart');
    const said = { patient: 'p1', other: 'p2', grounds: 'number' };
    expect(sent(calls, 'tell_apart')).toEqual(said);
    expect(document.activeElement?.textContent).toBe('Possible duplicates across sites');
  });

  it('are compared at the hub only: a spoke is told so, and not that there are none', async () => {
    await compare({ duplicates: { ...without, at_hub: false } });
    screen.getByText('Only a laptop at the hub compares the records of several sites.');
    expect(screen.queryByText(/^No two records/)).toBeNull();
  });

  it('are shown to a role that may not say which it is, with whom to ask', async () => {
    await compare({ duplicates: { ...DUPLICATES, may_link: false } });
    screen.getByText(/Your role cannot say which it is. Ask a clinician or an administrator./);
    expect(screen.queryByRole('button', { name: /link the records/ })).toBeNull();
  });

  it('that could not be read once are shown without the refusal when they can', async () => {
    let times = 0;
    await compare({
      duplicates: () => {
        times += 1;
        if (times === 1) throw fault('other', 'The record cannot be read. Try again.');
        return DUPLICATES;
      },
    });
    screen.getByText('The record cannot be read. Try again.');
    line.arrivals += 1;
    await settle();
    screen.getByTestId('pair-p1-p2');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are not named where there are none', async () => {
    await openWindow(open);
    expect(screen.queryByTestId('duplicates')).toBeNull();
  });
});
