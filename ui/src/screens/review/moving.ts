/** Where keys go on a case, and whether it is to be signed. */
import type { ReviewRow, TriageResult } from '../../backend/bindings';

/** Ids of the parts of a case that "G" and a letter go to. */
export const PARTS = {
  p: 'review-proposal',
  s: 'review-scores',
  m: 'review-medicines',
  t: 'review-trace',
} as const;

/** Puts the focus on a part of the case. False for a letter that names none, or none that is there. */
export function jumpTo(key: string): boolean {
  if (!(key in PARTS)) return false;
  const part = document.getElementById(PARTS[key as keyof typeof PARTS]);
  part?.focus();
  part?.scrollIntoView({ block: 'nearest' });
  return part !== null;
}

/** Whether the person at work may sign on a case of the queue now. */
export function isToSign(row: ReviewRow | undefined, result: TriageResult | undefined): boolean {
  if (!row || !result) return false;
  const waits = ['to-do', 'put-aside', 'passed'].includes(row.state);
  return waits && (result.may_sign || result.supervisors.length > 0);
}
