/**
 * Arrow keys in a list of rows. Pure, so that the edges are sure.
 */

/** The row to stand on after a key, or none when the key is not for the list. */
export function walk(key: string, at: number, rows: number): number | null {
  if (rows === 0) return null;
  if (key === 'ArrowDown') return Math.min(at + 1, rows - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return rows - 1;
  return null;
}
