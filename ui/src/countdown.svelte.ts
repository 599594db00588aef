/**
 * Seconds that run down to nought, for the wait after wrong passphrases.
 */
export class Countdown {
  left = $state(0);
  private timer: ReturnType<typeof setInterval> | null = null;

  /** Starts anew from so many seconds; 0 stops. `now` and the clock decide, not the ticks: a
   *  laptop that slept has waited too. */
  start(seconds: number, now: () => number = Date.now): void {
    this.stop();
    this.left = Math.max(0, Math.ceil(seconds));
    if (this.left === 0) return;
    const end = now() + seconds * 1000;
    this.timer = setInterval(() => {
      this.left = Math.max(0, Math.ceil((end - now()) / 1000));
      if (this.left === 0) this.stop();
    }, 250);
  }

  /** Stops where it is. */
  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}

/** "1 min 30 s" for a wait in seconds. */
export function inWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
