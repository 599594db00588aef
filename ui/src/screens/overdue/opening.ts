/** What a late step opens: the one place where something can be done about it. */
import type { OverdueRow } from '../../backend/bindings';
import type { Place } from '../../places.svelte';

/** The place for a row. One whose assessment is gone opens the patient. */
export function placeOfLate(
  row: Pick<OverdueRow, 'kind' | 'patient' | 'assessment' | 'route'>,
): Place {
  const { patient, assessment, route } = row;
  if (row.kind === 'receipt') return { screen: 'sync' };
  if (row.kind === 'hub-not-told' && route !== null) {
    return { screen: 'route', patient, route, assessment };
  }
  if (assessment === null || row.kind === 'hub-not-told') return { screen: 'patient', patient };
  return { screen: row.kind === 'plan-given' ? 'plan' : 'result', assessment };
}
