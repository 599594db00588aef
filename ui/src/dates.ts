/**
 * Dates as staff type them and as they are shown. Pure; ISO (2026-11-24) is what the program takes.
 */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `24/11/2026`, `24-Nov-2026`, `24 11 2026`, `24112026` or `2026-11-24`. Day before month
 * always; the year in full, because "45" may be 1945 or 2045. None when it is no date.
 */
export function readDate(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return toIso(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (run) return toIso(Number(run[3]), Number(run[2]), Number(run[1]));
  const parts = /^(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.-]+(\d{4})$/.exec(text);
  if (!parts) return null;
  const [, day, month = '', year] = parts;
  const named = MONTHS.indexOf(month.slice(0, 3)) + 1;
  return toIso(Number(year), /^\d/.test(month) ? Number(month) : named, Number(day));
}

/** `24-Nov-2026` for an ISO date; anything else is given back as it is. */
export function showDate(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const month = MONTHS[Number(parts?.[2]) - 1];
  if (!parts || !month) return iso;
  return `${parts[3]}-${month[0]?.toUpperCase()}${month.slice(1)}-${parts[1]}`;
}

function toIso(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || year < 1800) return null;
  return at.toISOString().slice(0, 10);
}
