/** Which lines of a long list are in sight. Pure. */

/** Lines drawn above and below what is in sight, so that a fast scroll does not show white. */
const SPARE = 8;

/** From which line until before which, for a list scrolled down by `top`. */
export function windowOf(
  top: number,
  height: number,
  line: number,
  total: number,
): { from: number; until: number } {
  const from = Math.max(0, Math.floor(top / line) - SPARE);
  const until = Math.min(total, Math.ceil((top + height) / line) + SPARE);
  return { from: Math.min(from, until), until };
}
