/**
 * What the main button of a patient's record opens. Pure.
 */
import type { PatientView } from '../../backend/bindings';
import type { Place } from '../../places.svelte';

/** The word on the main button, for the place it opens. */
export function nextWord(place: Place | null): string {
  if (place === null) return 'Start an assessment';
  if (place.screen === 'assessment') return 'Continue the assessment';
  return place.screen === 'result' ? 'Open the proposal' : 'Open the plan';
}

/** The place, or none when a new assessment has to be started first. */
export function nextPlace(
  view: Pick<PatientView, 'open_assessment' | 'finished_assessment' | 'now'>,
): Place | null {
  if (view.open_assessment) return { screen: 'assessment', assessment: view.open_assessment };
  if (view.finished_assessment && view.now.decision === null) {
    return { screen: 'result', assessment: view.finished_assessment };
  }
  const plan = view.now.plan_assessment ?? view.finished_assessment;
  return plan ? { screen: 'plan', assessment: plan } : null;
}
