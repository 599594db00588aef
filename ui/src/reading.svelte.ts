import { asFault, call } from './backend/backend';
import type { BundleReading, Fault, ReadBundle } from './backend/bindings';

/**
 * The bundle that is being read, step by step. It stands here and not in a screen, so that it goes
 * on while whoever reads it looks at something else.
 */
class Reading {
  /** One is being read, or checked before the first step. */
  busy = $state(false);
  /** How far it is, once it was checked and while it is read. */
  now = $state.raw<BundleReading | null>(null);
  /** What came of the last one. */
  came = $state.raw<ReadBundle | null>(null);
  /** Why the last one was read no further. */
  fault = $state.raw<Fault | null>(null);

  /** Reads a bundle to its end, one at a time. Between two steps the record is free for others. */
  async read(path: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.forget();
    try {
      this.now = await call('begin_reading_bundle', { path });
      while (!this.now.came) this.now = await call('read_bundle_on', {});
      this.came = this.now.came;
    } catch (thrown) {
      this.fault = stopped(asFault(thrown));
    } finally {
      this.now = null;
      this.busy = false;
    }
  }

  /** Forgets what came of the last one and why it stopped, so that neither is taken for the next
      one's. One that is being read goes on. */
  forget(): void {
    this.came = null;
    this.fault = null;
  }
}

/** Why it stopped, as it is read after unlocking: the screen is no longer locked by then. */
function stopped(fault: Fault): Fault {
  if (fault.code !== 'locked') return fault;
  const message =
    'Locking stopped the reading. Look at the bundle again and read it: it goes on from what is here.';
  return { ...fault, code: 'other', message };
}

/** The reading of this window. */
export const reading = new Reading();
