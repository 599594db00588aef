import { describe, expect, it } from 'vitest';
import { IdleClock } from '../src/idle';

const MINUTE = 60_000;

describe('the idle clock', () => {
  it('warns for the last thirty seconds and then locks', () => {
    const clock = new IdleClock(5, 0);
    expect(clock.at(4 * MINUTE)).toEqual({ kind: 'active' });
    expect(clock.at(4.5 * MINUTE)).toEqual({ kind: 'warn', seconds: 30 });
    expect(clock.at(5 * MINUTE - 500)).toEqual({ kind: 'warn', seconds: 1 });
    expect(clock.at(5 * MINUTE)).toEqual({ kind: 'lock' });
  });

  it('starts again at a sign of life', () => {
    const clock = new IdleClock(5, 0);
    clock.sign(4.9 * MINUTE);
    expect(clock.at(5 * MINUTE)).toEqual({ kind: 'active' });
  });

  it('locks at once after the laptop slept', () => {
    expect(new IdleClock(5, 0).at(600 * MINUTE)).toEqual({ kind: 'lock' });
  });

  it('says that somebody is here every twenty seconds of activity, and never without any', () => {
    const clock = new IdleClock(5, 0);
    expect(clock.heartbeatDue(30_000)).toBe(false);
    clock.sign(31_000);
    expect(clock.heartbeatDue(32_000)).toBe(true);
    clock.sign(33_000);
    expect(clock.heartbeatDue(34_000)).toBe(false);
    expect(clock.heartbeatDue(52_000)).toBe(true);
    expect(clock.heartbeatDue(90_000)).toBe(false);
  });
});
