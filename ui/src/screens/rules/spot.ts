/** Where on the rules screen somebody is, so that unlocking finds it again. Pure. */

export type RulesTab = 'rules' | 'tests' | 'other' | 'adopted';

export const TABS: { id: RulesTab; label: string }[] = [
  { id: 'rules', label: 'Rules and bench' },
  { id: 'tests', label: 'Test set' },
  { id: 'other', label: 'Try another ruleset' },
  { id: 'adopted', label: 'In use' },
];

export function writeSpot(tab: RulesTab, rule: string): string {
  return `${tab}/${rule}`;
}

export function readSpot(spot: string | undefined): { tab: RulesTab; rule: string } {
  const cut = spot?.indexOf('/') ?? -1;
  const tab = TABS.find(({ id }) => id === spot?.slice(0, cut))?.id;
  return { tab: tab ?? 'rules', rule: tab ? (spot?.slice(cut + 1) ?? '') : '' };
}
