/**
 * Which screen is on, and the way back. State lives in memory only: an address bar would put
 * patient ids into history.
 */

import { untrack } from 'svelte';

/** A place in the open record. `spot` is where on that screen, so that unlocking finds it again. */
export type Place =
  | { screen: 'worklist'; spot?: string }
  | { screen: 'referral'; spot?: string }
  | { screen: 'csv'; spot?: string }
  | { screen: 'patients'; spot?: string }
  | { screen: 'patient'; patient: string; spot?: string }
  | { screen: 'person'; patient: string; spot?: string }
  | { screen: 'assessment'; assessment: string; spot?: string }
  | { screen: 'route'; patient: string; route: string; assessment: string | null; spot?: string }
  | { screen: 'result'; assessment: string; spot?: string }
  | { screen: 'plan'; assessment: string; spot?: string }
  | { screen: 'review'; spot?: string }
  | { screen: 'letters'; assessment: string; spot?: string }
  | { screen: 'opinions'; spot?: string }
  | { screen: 'opinion'; opinion: string; spot?: string }
  | { screen: 'rules'; spot?: string }
  | { screen: 'audit'; patient?: string; spot?: string }
  | { screen: 'overdue'; spot?: string }
  | { screen: 'tasks'; spot?: string }
  | { screen: 'duplicates'; spot?: string }
  | { screen: 'sync'; spot?: string }
  | { screen: 'bundles'; spot?: string }
  | { screen: 'settings'; spot?: string };

/** The main areas of the app bar, in the order of Alt+1, Alt+2 and so on. */
export const AREAS: readonly { name: string; place: Place; screens: Place['screen'][] }[] = [
  {
    name: 'Worklist',
    place: { screen: 'worklist' },
    screens: ['worklist', 'overdue', 'tasks', 'duplicates', 'opinions'],
  },
  { name: 'Referrals', place: { screen: 'referral' }, screens: ['referral', 'csv'] },
  {
    name: 'Patients',
    place: { screen: 'patients' },
    screens: [
      'patients',
      'patient',
      'person',
      'assessment',
      'route',
      'result',
      'plan',
      'letters',
      'opinion',
    ],
  },
  { name: 'Review session', place: { screen: 'review' }, screens: ['review'] },
  { name: 'Settings', place: { screen: 'settings' }, screens: ['settings'] },
];

const HOME: Place = { screen: 'worklist' };
/** Longer than anybody goes back; short enough not to grow all day. */
const TRAIL_LENGTH = 30;

/** Where the person is. One instance for the window; made new in tests. */
export class Places {
  here: Place = $state.raw(HOME);
  /** Counts moves, so that a screen is made new even when only its patient changes. */
  moves = $state(0);
  /**
   * Set by a screen that may not be left silently, such as an emergency. It is given the move and
   * makes it once something was recorded; until then nobody goes anywhere. Locking is not a move.
   */
  guard: ((move: () => void) => void) | null = null;
  private trail: Place[] = [];
  private owner: string | null = null;

  /** Goes to a place; the present one is kept for `back`. */
  go(place: Place): void {
    this.move(() => {
      this.trail.push(this.here);
      if (this.trail.length > TRAIL_LENGTH) this.trail.shift();
      return place;
    });
  }

  /** Goes to a place that takes the present one's turn, such as a route that is done. */
  replace(place: Place): void {
    this.move(() => place);
  }

  /** Goes back one step, or to the worklist when there is none. */
  back(): void {
    this.move(() => this.trail.pop() ?? HOME);
  }

  /** Remembers where on the screen the person is, such as a section. Does not move. */
  mark(spot: string): void {
    // Untracked: an effect that marks its spot must not run again because of it.
    this.here = { ...untrack(() => this.here), spot };
  }

  /** Somebody unlocked: the same person finds the same place, anyone else starts at home. True when
   * it is somebody else. */
  enter(staff: string): boolean {
    if (this.owner === staff) return false;
    this.owner = staff;
    this.guard = null;
    this.trail = [];
    this.here = HOME;
    this.moves += 1;
    return true;
  }

  private move(next: () => Place): void {
    const go = () => {
      this.guard = null;
      this.here = next();
      this.moves += 1;
    };
    if (this.guard) this.guard(go);
    else go();
  }
}

/** The places of this window. */
export const places = new Places();
