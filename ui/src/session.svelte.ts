/**
 * Where the program stands, who is at work, and the write that did not reach the disk.
 */
import { tick } from 'svelte';
import { asFault, beforeClosing, call, watchCalls } from './backend/backend';
import type { Door, Fault, RecoverySheetView, Session, Status } from './backend/bindings';
import { line } from './line.svelte';
import { places } from './places.svelte';
import { reading } from './reading.svelte';
import { allKept } from './underway';

/** A write that failed. The panel blocks until it is tried again or given up. */
export interface Unsaved {
  fault: Fault;
  /** What was typed, to copy elsewhere. */
  text: string;
  answer: (again: boolean) => void;
}

/** The state of the window, outside any one screen. */
class Work {
  status: Status | null = $state.raw(null);
  unsaved: Unsaved | null = $state.raw(null);
  /** How many writes failed while the screen was being locked: said at the door. */
  notKept: number = $state(0);
  /** Why the program could not be asked how it stands. */
  startFault: Fault | null = $state.raw(null);

  /** A recovery sheet that was just made: it is shown until two of its groups are typed again. */
  sheet: RecoverySheetView | null = $state.raw(null);
  /** Who unlocked last in this window, to be chosen again. */
  lastStaff: string | null = $state(null);
  /** The screen is gone, or going: nothing typed may be shown any more. */
  #leaving = false;

  /** Who is at work, or none. */
  get session(): Session | null {
    return this.status?.phase === 'open' ? this.status : null;
  }

  /** The locked record, or none. */
  get door(): Door | null {
    const status = this.status;
    return status?.phase === 'locked' || status?.phase === 'recovery' ? status : null;
  }

  /** True when everybody on screen is invented. */
  get demo(): boolean {
    return this.session?.demo ?? this.door?.demo ?? false;
  }

  /** Asks the program how it stands. */
  async refresh(): Promise<void> {
    try {
      this.take(await call('status', {}));
      this.startFault = null;
    } catch (thrown) {
      this.startFault = asFault(thrown);
    }
  }

  /** Takes a fresh status over. */
  take(status: Status): void {
    if (status.phase === 'open') {
      this.lastStaff = status.staff;
      this.notKept = 0;
      if (places.enter(status.staff)) reading.forget();
      void line.refresh();
    } else {
      line.chip = null;
    }
    this.status = status;
  }

  /** Somebody unlocked, or the session changed. */
  open(session: Session): void {
    this.take({ phase: 'open', ...session });
  }

  /** Locks now, or seals for the day. The screen's content goes first, whatever the program
      answers; then what was typed there is kept, and then the keys go. */
  async lock(how: 'lock' | 'seal' = 'lock'): Promise<void> {
    if (!this.session) return;
    await this.leave();
    try {
      this.take(await call(how, {}));
    } catch {
      await this.refresh();
    } finally {
      this.#leaving = false;
    }
  }

  /** Takes the screen away and waits until what was typed there is on the disk. */
  async leave(): Promise<void> {
    this.#leaving = true;
    this.status = null;
    this.sheet = null;
    this.unsaved?.answer(false);
    // What a box still held is sent as the box goes.
    await tick();
    await allKept();
  }

  /** Asks what to do about a write that failed. Nobody is asked once the screen is gone or going:
      it is said at the door. */
  ask(fault: Fault, text: string): Promise<boolean> {
    if (this.#leaving || fault.code === 'locked') {
      this.notKept += 1;
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      const answer = (again: boolean): void => {
        this.unsaved = null;
        if (!again && this.#leaving) this.notKept += 1;
        resolve(again);
      };
      this.unsaved = { fault, text, answer };
    });
  }
}

/** The state of this window. */
export const work = new Work();

/** Connects failed writes and locked records to what the window shows. */
export function startWatching(): void {
  watchCalls({
    locked() {
      if (!work.session) return;
      work.status = null;
      void work.refresh();
    },
    line() {
      if (work.session) line.turned();
    },
    arrived() {
      if (work.session) line.arrived();
    },
    notSaved: (fault, args) => work.ask(fault, typedText(args)),
  });
  beforeClosing(() => work.leave());
}

/** Arguments that nobody typed as text: secrets, ids, codes that were chosen, and a file's bytes. */
const NOT_TYPED = new Set(
  [
    'own old pin pin_again code',
    'assessment patient other document question list item block route entry',
    'state what grounds digest basis_digest',
    'piece bytes',
  ].flatMap((line) => line.split(' ')),
);

/** What somebody typed, out of a call's arguments, to be copied elsewhere. */
export function typedText(args: unknown): string {
  const lines: string[] = [];
  const visit = (key: string, value: unknown): void => {
    if (NOT_TYPED.has(key) || key.includes('passphrase')) return;
    if (typeof value === 'string' && value.trim() !== '') lines.push(value);
    // As text, `at` is the time of something written down late; as a number, where a piece begins.
    else if (typeof value === 'number' && key !== 'at') lines.push(String(value));
    else if (Array.isArray(value)) value.forEach((one) => visit('', one));
    else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, one]) => visit(name, one));
    }
  };
  visit('', args);
  return lines.join('\n');
}
