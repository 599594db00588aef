/**
 * Keys that work on every screen, and the webview's own keys that would lose work.
 * Pure: screens add their own keys with `onkeydown` and `isTyping`.
 */

/** What a key of the whole window does. */
export type WindowKey =
  | { do: 'find' }
  | { do: 'lock' }
  | { do: 'keys' }
  | { do: 'area'; index: number }
  | { do: 'filter' };

/** The parts of a keyboard event that are looked at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The table shown by F1: keys, where they work, what they do. */
export const KEY_TABLE: readonly { keys: string[]; where: string; what: string }[] = [
  { keys: ['Ctrl K'], where: 'Everywhere', what: 'Find a patient, a screen or an action' },
  { keys: ['Ctrl L'], where: 'Everywhere', what: 'Lock at once' },
  { keys: ['F1'], where: 'Everywhere', what: 'Show these keys' },
  { keys: ['Esc'], where: 'Everywhere', what: 'Close a panel; typing is kept' },
  {
    keys: ['Alt 1', 'Alt 5'],
    where: 'Everywhere',
    what: 'Worklist, Referrals, Patients, Review session, Settings',
  },
  { keys: ['/'], where: 'Lists', what: 'Filter' },
  { keys: ['↑', '↓'], where: 'Lists', what: 'Choose' },
  { keys: ['Enter'], where: 'Lists', what: 'Open' },
  { keys: ['Ctrl Enter'], where: 'Assessment', what: 'Go to the best next question' },
  { keys: ['Alt ←', 'Alt →'], where: 'Assessment', what: 'Section before or after' },
  { keys: ['0', '9'], where: 'Assessment', what: 'Number box' },
  { keys: ['Space'], where: 'Assessment', what: 'Tick' },
  { keys: ['J'], where: 'Review session', what: 'Next case' },
  { keys: ['K'], where: 'Review session', what: 'The case before' },
  { keys: ['S'], where: 'Review session', what: 'Sign as proposed: opens the strip, Enter signs' },
  { keys: ['C'], where: 'Review session', what: 'Sign something else, with a reason' },
  { keys: ['P'], where: 'Review session', what: 'Put aside until a day' },
  { keys: ['Q'], where: 'Review session', what: 'Ask the spoke for more, by a day' },
  { keys: ['U'], where: 'Review session', what: 'Take the last signature back, for a minute' },
  {
    keys: ['G'],
    where: 'Review session',
    what: 'Then P, S, M or T: to the proposal, scores, medicines or trace',
  },
  { keys: ['A'], where: 'Result', what: 'Ask for a second opinion' },
];

/** True while the focus is where letters are text. Single-letter keys do nothing then. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !['checkbox', 'radio', 'button', 'submit', 'reset', 'file'].includes(target.type);
}

/** What a key press does in the whole window, if anything. Cmd stands for Ctrl on macOS. */
export function windowKey(press: KeyPress, typing: boolean, letterKeys: boolean): WindowKey | null {
  const command = (press.ctrlKey || press.metaKey) && !press.altKey;
  const key = press.key.toLowerCase();
  if (command && key === 'k') return { do: 'find' };
  if (command && key === 'l') return { do: 'lock' };
  if (press.key === 'F1') return { do: 'keys' };
  if (press.altKey && !press.ctrlKey && /^[1-5]$/.test(press.key)) {
    return { do: 'area', index: Number(press.key) - 1 };
  }
  const plain = !press.ctrlKey && !press.metaKey && !press.altKey;
  if (press.key === '/' && plain && !typing && letterKeys) return { do: 'filter' };
  return null;
}

/** True for a key of the webview itself that would lose work: back, reload, its own print. */
export function losesWork(press: KeyPress, typing: boolean): boolean {
  const command = press.ctrlKey || press.metaKey;
  const key = press.key.toLowerCase();
  if (press.key === 'Backspace' && !typing) return true;
  if (press.key === 'F5' || press.key === 'F7') return true;
  if (command && ['r', 'p', 'g', 's', 'o', 'u'].includes(key)) return true;
  if (command && ['+', '-', '=', '0'].includes(key)) return true;
  return press.altKey && (press.key === 'ArrowLeft' || press.key === 'ArrowRight');
}
