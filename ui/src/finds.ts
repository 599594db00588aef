/**
 * What "Find" (Ctrl+K) offers besides patients: screens, actions and the meaning of labels. Pure.
 */
import { MEANINGS } from './meanings';
import type { Place } from './places.svelte';

/** One line of the list. */
export interface Find {
  id: string;
  name: string;
  /** What kind of thing it is, shown at the right. */
  kind: 'Screen' | 'Action' | 'Meaning' | 'Patient';
  /** Under the name. */
  note?: string;
  /** Place to go to, if it is one. */
  place?: Place;
  /** Action of the window, if it is one. */
  action?: 'lock' | 'keys';
}

const SCREENS: readonly [string, Place][] = [
  ['Worklist', { screen: 'worklist' }],
  ['Overdue: what waits too long', { screen: 'overdue' }],
  ['Tasks: what follows from decisions', { screen: 'tasks' }],
  ['Possible duplicates across sites', { screen: 'duplicates' }],
  ['Second opinions asked of me', { screen: 'opinions' }],
  ['New referral', { screen: 'referral' }],
  ['Referrals from a file', { screen: 'csv' }],
  ['Patients', { screen: 'patients' }],
  ['Review session', { screen: 'review' }],
  ['Rules and test bench', { screen: 'rules' }],
  ['Test set: run the vignettes', { screen: 'rules', spot: 'tests/' }],
  ['Try another ruleset', { screen: 'rules', spot: 'other/' }],
  ['What is in use: adopt and withdraw', { screen: 'rules', spot: 'adopted/' }],
  ['Sync with the hub', { screen: 'sync' }],
  ['Bundles on a USB stick', { screen: 'bundles' }],
  ['Hub server of this laptop', { screen: 'settings', spot: 'hub-server' }],
  ['Audit: who did what', { screen: 'audit' }],
  ['Settings', { screen: 'settings' }],
  ['Local emergency numbers', { screen: 'settings', spot: 'numbers' }],
  ['Text size and keys', { screen: 'settings', spot: 'preferences' }],
  ['About Felloe and its intended use', { screen: 'settings', spot: 'about' }],
];

const EVERYTHING: readonly Find[] = [
  ...SCREENS.map(([name, place]): Find => ({ id: `screen-${name}`, name, kind: 'Screen', place })),
  { id: 'action-lock', name: 'Lock now', kind: 'Action', action: 'lock' },
  { id: 'action-keys', name: 'Show all keys', kind: 'Action', action: 'keys' },
  ...Object.entries(MEANINGS).map(([word, note]): Find => ({
    id: `what-${word}`,
    name: `What is ${word}?`,
    kind: 'Meaning',
    note,
  })),
];

/** What matches: every word typed must start a word of the name. Nothing typed: screens, actions. */
export function findsFor(typed: string): Find[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return EVERYTHING.filter((find) => find.kind !== 'Meaning');
  return EVERYTHING.filter((find) => {
    const words = find.name.toLowerCase().split(/[\s"?.]+/);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
}
