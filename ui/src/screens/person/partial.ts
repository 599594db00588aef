/**
 * A date as far as it is known. Pure.
 */
import { readDate } from '../../dates';

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** `2026-11-20`, `2026-11` or `2026` for what was typed; anything else is left as it is. */
export function partialDate(typed: string): string {
  const text = typed.trim();
  const whole = readDate(text);
  if (whole) return whole;
  const month = /^([a-z]{3,9})[ -](\d{4})$/i.exec(text);
  const at = month ? MONTHS.indexOf((month[1] ?? '').slice(0, 3).toLowerCase()) : -1;
  if (month && at >= 0 && at % 3 === 0) {
    return `${month[2] ?? ''}-${String(at / 3 + 1).padStart(2, '0')}`;
  }
  return text;
}
