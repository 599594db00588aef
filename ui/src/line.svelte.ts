/**
 * How the line to the hub server stands. The program says when it stands otherwise; this asks.
 */
import { call } from './backend/backend';
import type { SyncChip } from './backend/bindings';

class LineNow {
  /** What the app bar says; none before the program was asked. */
  chip: SyncChip | null = $state.raw(null);
  /** Counts the times that something of others was kept, so that a screen can ask anew. */
  arrivals = $state(0);
  /** Counts the times that the line stood otherwise. */
  turns = $state(0);
  private asking = false;
  private again = false;

  /** Asks how the line stands. While an answer is on its way, it asks once more and no oftener. */
  async refresh(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.again = false;
        this.chip = await call('sync_chip', {});
      } while (this.again);
    } catch {
      // Locked, or an old word: nothing is shown rather than something that is no longer true.
      this.chip = null;
    } finally {
      this.asking = false;
    }
  }

  /** The program says that the line stands otherwise. */
  turned(): void {
    this.turns += 1;
    void this.refresh();
  }

  /** The program says that something of others was kept. */
  arrived(): void {
    this.arrivals += 1;
    this.turned();
  }
}

/** The line of this window. */
export const line = new LineNow();
