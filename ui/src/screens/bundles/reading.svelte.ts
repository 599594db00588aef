import { asFault, call } from '../../backend/backend';
import type { BundleReading, Fault, ReadBundle } from '../../backend/bindings';

/**
 * The bundle that is being read, step by step. It stands here and not in a screen, so that it goes
 * on while whoever reads it looks at something else.
 */
class Reading {
  /** How far it is, while it is read. */
  now = $state.raw<BundleReading | null>(null);
  /** What came of the last one. */
  came = $state.raw<ReadBundle | null>(null);
  /** Why the last one was read no further. */
  fault = $state.raw<Fault | null>(null);

  /** Reads a bundle to its end. Between two steps the record is free for others. */
  async read(path: string): Promise<void> {
    this.forget();
    try {
      this.now = await call('begin_reading_bundle', { path });
      while (!this.now.came) this.now = await call('read_bundle_on', {});
      this.came = this.now.came;
    } catch (thrown) {
      this.fault = asFault(thrown);
    } finally {
      this.now = null;
    }
  }

  /** What came of the last one was read. */
  forget(): void {
    this.came = null;
    this.fault = null;
  }
}

export const reading = new Reading();
