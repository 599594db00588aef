/** The whole window over answers in memory. */
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import App from '../src/App.svelte';
import type { Commands, Fault } from '../src/backend/bindings';
import { places } from '../src/places.svelte';
import { work } from '../src/session.svelte';

/** What a command answers: a value, or a function of its arguments that may throw a `Fault`. */
export type Answers = {
  [K in keyof Commands]?:
    | Commands[K]['result']
    | ((args: Commands[K]['args']) => Commands[K]['result'] | Promise<Commands[K]['result']>);
};

/** A call that reached the program. */
export interface Call {
  name: string;
  args: Record<string, unknown>;
}

/** A refusal of the program. */
export function fault(code: Fault['code'], message: string, rest: Partial<Fault> = {}): Fault {
  return { code, message, fields: [], wait_seconds: null, ...rest };
}

/** Opens the window anew; answers the calls made so far, which grow as they are made. */
export async function openWindow(answers: Answers): Promise<Call[]> {
  clearMocks();
  const calls: Call[] = [];
  mockIPC(async (name, args) => {
    calls.push({ name, args: (args ?? {}) as Record<string, unknown> });
    const answer = answers[name as keyof Commands] as unknown;
    if (answer === undefined) throw fault('other', `No answer to ${name}.`);
    return typeof answer === 'function' ? await (answer as (a: unknown) => unknown)(args) : answer;
  });
  work.status = null;
  work.sheet = null;
  work.unsaved = null;
  work.lastStaff = null;
  places.guard = null;
  places.enter(`nobody-${Math.random()}`);
  render(App);
  await settle();
  return calls;
}

/** Lets promises, effects and short pauses pass. */
export async function settle(milliseconds = 0): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await tick();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await tick();
}

/** The six words on the screen, as they are read out. */
export function sixWords(): string {
  const words = screen.getByTestId('six-words').querySelectorAll('b');
  return [...words].map((word) => word.textContent).join(' ');
}
