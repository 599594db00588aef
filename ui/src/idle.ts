/**
 * When an unattended screen locks. Pure: the time is an argument, in milliseconds.
 */

/** Seconds of warning before the screen locks. */
export const WARNING_SECONDS = 30;
/** Milliseconds between two signs of life sent to the program while somebody is active. */
const HEARTBEAT_MS = 20_000;

/** What an unattended screen should do now. */
export type IdleState = { kind: 'active' } | { kind: 'warn'; seconds: number } | { kind: 'lock' };

/** Watches for signs of life. */
export class IdleClock {
  private lastSign: number;
  private lastHeartbeat: number;

  /** `minutes` without a sign of life lock the screen. */
  constructor(
    private readonly minutes: number,
    now: number,
  ) {
    this.lastSign = now;
    this.lastHeartbeat = now;
  }

  /** A key or the pointer was used. */
  sign(now: number): void {
    this.lastSign = now;
  }

  /** What to do at this moment. A laptop that slept past the time locks at once. */
  at(now: number): IdleState {
    const left = this.minutes * 60_000 - (now - this.lastSign);
    if (left <= 0) return { kind: 'lock' };
    if (left <= WARNING_SECONDS * 1000) return { kind: 'warn', seconds: Math.ceil(left / 1000) };
    return { kind: 'active' };
  }

  /** True when the program should hear that somebody is still here; at most every 20 s. */
  heartbeatDue(now: number): boolean {
    if (now - this.lastHeartbeat < HEARTBEAT_MS || this.lastSign <= this.lastHeartbeat) {
      return false;
    }
    this.lastHeartbeat = now;
    return true;
  }
}
