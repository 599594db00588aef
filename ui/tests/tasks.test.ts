import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { TaskList, TaskRow, TasksOf } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { placeOfTask } from '../src/screens/tasks/opening';
import { SESSION } from './desk/door';
import { PATIENT } from './desk/patient';
import { TASKS_OF, TASK_LIST } from './desk/tasks';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, type Answers, type Call } from './window';

const open = { status: { phase: 'open' as const, ...SESSION }, worklist: WORKLIST };

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

/** A button of the dialog that is open. */
async function send(name: string): Promise<void> {
  const dialog = screen.getByRole('dialog', { hidden: true });
  await fireEvent.click(within(dialog).getByRole('button', { name, hidden: true }));
  await settle();
}

async function type(label: RegExp | string, value: string): Promise<void> {
  const field = screen.getByLabelText(label);
  await fireEvent.input(field, { target: { value } });
  await fireEvent.change(field, { target: { value } });
  await settle();
}

const sent = (calls: Call[], name: string) =>
  calls.filter((call) => call.name === name).map((call) => call.args);

async function record(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({
    ...open,
    open_patient: PATIENT,
    tasks_of: TASKS_OF,
    ...answers,
  });
  places.go({ screen: 'patient', patient: 'p1' });
  await settle();
  return calls;
}

describe('the list of tasks', () => {
  it('opens from the worklist with what is mine, says whose each is, how late, and that the content is a draft', async () => {
    const calls = await openWindow({ ...open, tasks: TASK_LIST });
    await press('Tasks');
    expect(sent(calls, 'tasks')).toEqual([{ tab: 'mine' }]);
    const rows = screen.getAllByTestId(/^task-/);
    expect(rows).toHaveLength(TASK_LIST.rows.length);
    within(rows[0] as HTMLElement).getByText('2 days late');
    within(rows[0] as HTMLElement).getByText('Nurse, Hexham spoke');
    screen.getByText(/DRAFT/);
  });

  it('asks for another tab and remembers it for after a lock', async () => {
    const calls = await openWindow({
      ...open,
      tasks: ({ tab }: { tab: string }): TaskList => ({ ...TASK_LIST, tab, rows: [] }),
    });
    await press('Tasks');
    await fireEvent.click(screen.getByRole('tab', { name: /Overdue/ }));
    await settle();
    expect(sent(calls, 'tasks').at(-1)).toEqual({ tab: 'overdue' });
    expect(places.here).toEqual({ screen: 'tasks', spot: 'overdue' });
    screen.getByText('Nothing is open here.');
  });

  it('opens each row where something can be done about it', () => {
    const row = TASK_LIST.rows[0] as TaskRow;
    const of = (kind: string) => placeOfTask({ ...row, kind });
    expect(of('task')).toEqual({ screen: 'patient', patient: 'p1' });
    expect(of('enquiry')).toEqual({ screen: 'patient', patient: 'p1' });
    expect(of('reply')).toEqual({ screen: 'result', assessment: 'a1' });
  });
});

describe('the tasks of a patient', () => {
  const card = () => screen.getByRole('region', { name: 'Tasks' });

  it('stand with whose they are, by when, and what was written down when they were done', async () => {
    await record();
    within(card()).getByText('1 of 3 done');
    within(card()).getByText(/Nurse, Hexham spoke. Due 27-Nov-2026/);
    within(card()).getByText('Done 24-Nov-2026. Told: Dr Example. Reference: 99');
    within(card()).getByText(/Held: two decisions/);
    const held = screen.getByTestId('task-of-t3');
    expect(within(held).queryByRole('button')).toBeNull();
  });

  it('are finished with the receipt that is asked for, and a refusal stands beside its field', async () => {
    let refused = true;
    const calls = await record({
      finish_task: () => {
        if (refused) {
          const fields = [{ field: 'receipt', message: 'Write their reference.' }];
          throw fault('invalid', 'See the fields marked.', { fields });
        }
        return { ...TASKS_OF, said: '2 of 3 done' };
      },
    });
    await press(/^Done: Send the referral/);
    await type('Who was told', 'Spinal clinic');
    await send('It is done');
    expect(document.getElementById('f-receipt-error')?.textContent).toContain('their reference');
    refused = false;
    await type(/Their reference/, 'Ref 99');
    await send('It is done');
    expect(sent(calls, 'finish_task').at(-1)).toEqual({
      patient: 'p1',
      task: 't1',
      form: { done_on: '2026-11-24', told: 'Spinal clinic', receipt: 'Ref 99' },
    });
    within(card()).getByText('2 of 3 done');
    expect(screen.queryByRole('dialog', { hidden: true })).toBeNull();
  });

  it('can be taken, and closed only with a reason', async () => {
    const calls = await record({ take_task: TASKS_OF, drop_task: TASKS_OF });
    await press(/^Take: /);
    expect(sent(calls, 'take_task')).toEqual([{ patient: 'p1', task: 't1' }]);
    await press(/^Not needed: /);
    await type('Why it is not needed', 'Went privately');
    await send('Close the task');
    expect(sent(calls, 'drop_task')).toEqual([
      { patient: 'p1', task: 't1', reason: 'Went privately' },
    ]);
  });

  it('say that they open a minute after the signature, and look again until they have', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const waits = 'The tasks of this decision open a minute after it was signed.';
      let looked = 0;
      await record({
        tasks_of: (): TasksOf =>
          ++looked < 2 ? { ...TASKS_OF, tasks: [], said: '', waits } : TASKS_OF,
      });
      screen.getByText(waits);
      await vi.advanceTimersByTimeAsync(5_000);
      await settle();
      expect(screen.queryByText(waits)).toBeNull();
      within(card()).getByText('1 of 3 done');
      const before = looked;
      await vi.advanceTimersByTimeAsync(20_000);
      expect(looked).toBe(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are opened by hand where the laptop that decided has not', async () => {
    const none = { ...TASKS_OF, tasks: [], said: '', unopened: 'a1' };
    const calls = await record({ tasks_of: none, open_tasks: TASKS_OF });
    await press('Open its tasks');
    expect(sent(calls, 'open_tasks')).toEqual([{ assessment: 'a1' }]);
  });

  it('offer nothing to whoever keeps no tasks, and leave the record alone when they cannot be read', async () => {
    await record({ tasks_of: { ...TASKS_OF, may_keep: false } });
    expect(within(card()).queryAllByRole('button')).toEqual([]);
    document.body.innerHTML = '';
    await record({
      tasks_of: () => {
        throw fault('other', 'The tasks cannot be read. Try again.');
      },
    });
    within(card()).getByText(/cannot be read/);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('asking the spoke', () => {
  it('says what becomes of the clock before it is asked', async () => {
    const calls = await record({
      tasks_of: {
        ...TASKS_OF,
        tasks: [],
        enquiries: [],
        ask_about: 'a1',
        ask_whom: 'Hexham spoke',
      },
      ask_spoke: TASKS_OF,
    });
    await press('Ask the spoke');
    screen.getByText(/The waiting-time clock goes on running. Nothing pauses it/);
    await type('Question', 'Which hand is weaker?');
    await type('Answer by', '26-Nov-2026');
    await send('Ask');
    expect(sent(calls, 'ask_spoke')).toEqual([
      { assessment: 'a1', form: { text: 'Which hand is weaker?', by: '2026-11-26' } },
    ]);
  });

  it('stands above the tasks until it is answered, and shows every answer', async () => {
    const calls = await record({ answer_enquiry: TASKS_OF });
    const asked = screen.getByRole('region', { name: 'Asked of the spoke' });
    within(asked).getByText('The hub asks: Which hand is weaker?');
    within(asked).getByText(/Nothing pauses it/);
    within(asked).getByText('Since Monday.');
    expect(within(asked).getAllByRole('button')).toHaveLength(1);
    await press('Answer: Which hand is weaker?');
    await type('Answer', 'The left.');
    await send('Send the answer');
    expect(sent(calls, 'answer_enquiry')).toEqual([
      { patient: 'p1', enquiry: 'e1', answer: 'The left.' },
    ]);
  });
});
