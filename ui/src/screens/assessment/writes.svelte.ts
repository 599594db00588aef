import { asFault } from '../../backend/backend';
import type { Fault } from '../../backend/bindings';
import { begun } from '../../underway';

/** One thing to be kept: what it is in words, how it is sent, and what follows. */
export interface Write {
  /** What it is, for the person, should it fail: "Worst pain in last week: 9 of 10". */
  words: string;
  /** Sends it and takes the answer over. May be called again after a failure. */
  send: () => Promise<void>;
  /** Told when it is over and was not kept: the value is impossible, or the person gave up. With the
   * field that was refused, where it was one. */
  refused: (message: string, field: string | null) => void;
}

/** Asks the person what to do about a failed write. True: try again. */
export type Stuck = (fault: Fault, words: string) => Promise<boolean>;

/** Faults that trying again cannot mend: the same value would be refused the same way. */
const FINAL: readonly Fault['code'][] = ['invalid', 'not-allowed', 'stale', 'not-saved'];

/**
 * Sends writes strictly one after another.
 *
 * Two answers in flight at once could come back in either order, and the older view of the
 * assessment would then stand on the screen. In line, the last response is always the newest.
 * A failure holds the line: nothing behind it is sent until the person has tried again or given
 * up, because a later answer kept while an earlier one is lost would be read as the whole truth.
 */
export class Writes {
  /** How many are on their way and not on the disk yet. */
  waiting = $state(0);
  #line: Write[] = [];
  #running: Promise<void> | null = null;
  readonly #stuck: Stuck;

  constructor(stuck: Stuck) {
    this.#stuck = stuck;
  }

  /** Puts a write at the end of the line. */
  add(write: Write): void {
    this.waiting = this.#line.push(write);
    if (this.#running) return;
    this.#running = this.#run();
    begun(this.#running);
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let write = this.#line[0]; write; write = this.#line[0]) {
      await this.#one(write);
      this.#line.shift();
      this.waiting = this.#line.length;
    }
    this.#running = null;
  }

  async #one(write: Write): Promise<void> {
    for (;;) {
      try {
        await write.send();
        return;
      } catch (thrown) {
        const fault = asFault(thrown);
        const again = !FINAL.includes(fault.code) && (await this.#stuck(fault, write.words));
        if (again) continue;
        const first = fault.fields[0];
        write.refused(first?.message ?? fault.message, first?.field ?? null);
        return;
      }
    }
  }
}
