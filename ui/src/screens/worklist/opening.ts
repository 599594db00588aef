/**
 * What a row of the worklist opens, and what of the worklist survives a lock.
 */
import type { ClinicSlot, WorkRow } from '../../backend/bindings';
import type { Place } from '../../places.svelte';

/** The place a row opens. A row whose assessment is gone opens the patient. */
export function placeOf(row: Pick<WorkRow, 'opens' | 'assessment' | 'patient'>): Place {
  if (row.opens === 'patient' || row.assessment === null) {
    return { screen: 'patient', patient: row.patient };
  }
  return { screen: row.opens, assessment: row.assessment };
}

/** The place a line of today's clinic opens: a running assessment, else the record. */
export function placeOfSlot(slot: Pick<ClinicSlot, 'assessment' | 'patient' | 'button'>): Place {
  return slot.button === 'Continue' && slot.assessment !== null
    ? { screen: 'assessment', assessment: slot.assessment }
    : { screen: 'patient', patient: slot.patient };
}

/** Tab and filter of the worklist; an empty tab is the first. */
export interface Spot {
  tab: string;
  filter: string;
}

/** Writes tab and filter as one text. */
export function writeSpot(spot: Spot): string {
  return `${spot.tab}/${spot.filter}`;
}

/** Reads them again; nothing written means the first tab, no filter. */
export function readSpot(text: string | undefined): Spot {
  const cut = text?.indexOf('/') ?? -1;
  if (text === undefined || cut < 0) return { tab: '', filter: '' };
  return { tab: text.slice(0, cut), filter: text.slice(cut + 1) };
}
