/**
 * The one door to the program. No other file imports Tauri.
 *
 * Every command is typed by `Commands`, so a misspelt name or argument does not compile. A refusal
 * is always a `Fault`; two of them are dealt with here for every screen: `locked` sends the person
 * to the unlock screen, and `not-saved` holds the call until the write went through or was given up.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { Commands, Fault } from './bindings';

/** What the application does when any call meets one of the two faults that concern every screen. */
export interface Watch {
  /** The record was locked under this screen. */
  locked(): void;
  /** The line to the hub server stands otherwise. */
  line(): void;
  /** Something that others wrote was kept. */
  arrived(): void;
  /** The write failed. Answers true to try the same call again, false to give up. */
  notSaved(fault: Fault, args: Record<string, unknown>): Promise<boolean>;
}

let watch: Watch | null = null;

/** Sets who hears of locked records and failed writes. Called once, when the window opens. */
export function watchCalls(next: Watch): void {
  watch = next;
  // The program locks by a clock of its own; then nothing of a patient may stay on the screen.
  listen('locked', () => watch?.locked()).catch(() => undefined);
  listen('line', () => watch?.line()).catch(() => undefined);
  listen('arrived', () => watch?.arrived()).catch(() => undefined);
}

/** Sets what has to be done before the window closes. It closes when that has ended, however it
 * ended. Called once, when the window opens. */
export function beforeClosing(last: () => Promise<void>): void {
  const closing = () => last().catch(() => undefined);
  // A window that cannot be heard closes as any other does.
  Promise.resolve()
    .then(() => getCurrentWindow().onCloseRequested(closing))
    .catch(() => undefined);
}

/** Calls a command. Rejects with a `Fault` and nothing else. */
export async function call<K extends keyof Commands>(
  name: K,
  args: Commands[K]['args'],
): Promise<Commands[K]['result']> {
  for (;;) {
    try {
      return await invoke<Commands[K]['result']>(name, { ...args });
    } catch (refusal) {
      const fault = asFault(refusal);
      if (fault.code === 'locked') watch?.locked();
      if (fault.code === 'not-saved' && (await watch?.notSaved(fault, { ...args }))) continue;
      throw fault;
    }
  }
}

/** Turns whatever was thrown into a `Fault`, so that a screen need not look twice. What the webview
 * throws has a code and a message too, but never fields. */
export function asFault(thrown: unknown): Fault {
  if (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    'message' in thrown &&
    'fields' in thrown
  ) {
    return thrown as Fault;
  }
  return {
    code: 'other',
    message: 'That did not work. Try again. If it happens again, close Felloe and open it again.',
    fields: [],
    wait_seconds: null,
  };
}
