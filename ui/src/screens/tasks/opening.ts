/** What a row of the list opens: the one place where something can be done about it. */
import type { TaskRow } from '../../backend/bindings';
import type { Place } from '../../places.svelte';

/** A reply is read where it is decided on; everything else on the record. */
export function placeOfTask(row: Pick<TaskRow, 'kind' | 'patient' | 'assessment'>): Place {
  if (row.kind === 'reply' && row.assessment !== null) {
    return { screen: 'result', assessment: row.assessment };
  }
  return { screen: 'patient', patient: row.patient };
}

/** The button's word for a row. */
export function wordOfTask(row: Pick<TaskRow, 'kind'>): string {
  return row.kind === 'enquiry' ? 'Answer' : row.kind === 'reply' ? 'Read and decide' : 'Open';
}
