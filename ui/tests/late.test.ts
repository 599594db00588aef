import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { DuplicatePair, OverdueRow } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { placeOfLate } from '../src/screens/overdue/opening';
import { SESSION } from './desk/door';
import { WORKLIST } from './desk/worklist';
import { PERSON } from './desk/person';
import { openWindow, settle, type Call } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
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

const LATE: OverdueRow = {
  id: 'back-a1',
  patient: 'p1',
  assessment: 'a1',
  name: 'NDLOVU, Thabo',
  words: 'Decided, and no laptop at the spoke has it',
  since: '24-Nov-2026 10:20',
  late: '3 hours late',
  whom: 'the spoke',
  phone: '01632 960 011',
  kind: 'back',
  route: null,
  action: 'Open the decision',
};

describe('the overdue list', () => {
  it('keeps the order it is given, and says of each how late, whom to phone and one thing to do', async () => {
    const second: OverdueRow = {
      ...LATE,
      id: 'plan-given-a2',
      name: 'OKAFOR, Emeka',
      late: '20 minutes late',
      whom: '',
      phone: null,
      kind: 'plan-given',
      action: 'Open the plan',
    };
    await openWindow({ ...open, overdue: { rows: [LATE, second] } });
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

const PAIR: DuplicatePair = {
  id: 'p1-p2',
  why: 'Same NHS number',
  one: 'p1',
  other: 'p2',
  one_name: 'NDLOVU, Thabo',
  other_name: 'NDLOVU, Tabo',
  rows: [
    { label: 'Site', one: 'Hexham spoke', other: 'Rowan spoke', differs: true },
    { label: 'NHS number', one: '999 160 9938', other: '999 160 9938', differs: false },
  ],
};

const DUPLICATES = {
  pairs: [PAIR],
  grounds: [{ value: 'number', label: 'The NHS number, checked on the national record' }],
  may_link: true,
};

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

  it('are linked or told apart by a person who says how they know, and never without', async () => {
    const calls = await openWindow({
      ...open,
      worklist: { ...WORKLIST, duplicates: 1 },
      duplicates: DUPLICATES,
      link_records: PERSON,
      tell_apart: { ...DUPLICATES, pairs: [] },
    });
    await press('Compare them');
    const link = screen.getByRole('button', { name: 'One person: link the records' });
    expect(link).toHaveProperty('disabled', true);
    await choose('How it was established', 'number');
    await press('One person: link the records');
    const said = { patient: 'p1', other: 'p2', grounds: 'number' };
    expect(sent(calls, 'link_records')).toEqual(said);
    await press('Two people: keep them apart');
    expect(sent(calls, 'tell_apart')).toEqual(said);
    screen.getByText('No two records of different sites look like one person.');
  });

  it('are not named where there are none', async () => {
    await openWindow(open);
    expect(screen.queryByTestId('duplicates')).toBeNull();
  });
});
