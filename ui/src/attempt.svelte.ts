import { asFault } from './backend/backend';
import type { Fault } from './backend/bindings';

/** Something a person asks for: under way, or refused with the reason. */
export class Attempt {
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);

  /** Does it, once at a time. True when it went through. */
  async at(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.fault = asFault(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
