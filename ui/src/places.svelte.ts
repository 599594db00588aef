/**
 * Which screen is on, and the way back. State lives in memory only: an address bar would put
 * patient ids into history.
 */

/** A place in the open record. `spot` is where on that screen, so that unlocking finds it again. */
export type Place =
  | { screen: 'worklist'; spot?: string }
  | { screen: 'referral'; spot?: string }
  | { screen: 'csv'; spot?: string }
  | { screen: 'patients'; spot?: string }
  | { screen: 'patient'; patient: string; spot?: string }
  | { screen: 'assessment'; assessment: string; spot?: string }
  | { screen: 'route'; patient: string; route: string; assessment: string | null; spot?: string }
  | { screen: 'result'; assessment: string; spot?: string }
  | { screen: 'plan'; assessment: string; spot?: string }
  | { screen: 'settings'; spot?: string };

/** The main areas of the app bar, in the order of Alt+1, Alt+2 and so on. */
export const AREAS: readonly { name: string; place: Place; screens: Place['screen'][] }[] = [
  { name: 'Worklist', place: { screen: 'worklist' }, screens: ['worklist'] },
  { name: 'Referrals', place: { screen: 'referral' }, screens: ['referral', 'csv'] },
  {
    name: 'Patients',
    place: { screen: 'patients' },
    screens: ['patients', 'patient', 'assessment', 'route', 'result', 'plan'],
  },
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
  private trail: Place[] = [];
  private owner: string | null = null;

  /** Goes to a place; the present one is kept for `back`. */
  go(place: Place): void {
    this.trail.push(this.here);
    if (this.trail.length > TRAIL_LENGTH) this.trail.shift();
    this.here = place;
    this.moves += 1;
  }

  /** Goes to a place that takes the present one's turn, such as a route that is done. */
  replace(place: Place): void {
    this.here = place;
    this.moves += 1;
  }

  /** Goes back one step, or to the worklist when there is none. */
  back(): void {
    this.here = this.trail.pop() ?? HOME;
    this.moves += 1;
  }

  /** Remembers where on the screen the person is, such as a section. Does not move. */
  mark(spot: string): void {
    this.here = { ...this.here, spot };
  }

  /** Somebody unlocked: the same person finds the same place, anyone else starts at home. */
  enter(staff: string): void {
    if (this.owner === staff) return;
    this.owner = staff;
    this.trail = [];
    this.here = HOME;
    this.moves += 1;
  }
}

/** The places of this window. */
export const places = new Places();
