import type { RouteForm } from '../../backend/bindings';

/** The outcome that leaves a red open action: somebody is busy with the emergency right now. */
export const ACTING_NOW = 'acting-now';
/** The outcome that does not follow the route; it needs a typed reason. */
export const DECLINE = 'decline';

/** The outcome of a safety record that finds no concern at present; it needs a reason as well. */
export const NO_CONCERN = 'no-current-concern';

/** A form with nothing in it. */
export function emptyForm(): RouteForm {
  return {
    outcome: '',
    done: '',
    told: '',
    told_at: '',
    safety_net: '',
    reason: '',
    said: '',
    intent: '',
    plan: '',
    means: '',
    protective: '',
    review: '',
    hub_call: '',
    late: { on: '', at: '', by: '' },
  };
}

const typed = new Map<string, RouteForm>();

/**
 * What was typed on a route and not recorded yet, by staff member, patient and route.
 *
 * A crisis is when a laptop is left to lock itself. The words wait here, in memory, until the same
 * person has unlocked; recording them drops them.
 */
export const drafts = {
  /** The words that wait, or an empty form. */
  take: (key: string): RouteForm => structuredClone(typed.get(key) ?? emptyForm()),
  /** Holds the words. */
  hold: (key: string, form: RouteForm): void =>
    void typed.set(key, { ...form, late: { ...form.late } }),
  /** They are on disk. */
  drop: (key: string): void => void typed.delete(key),
};

/** True when anything was written, so that leaving would lose it. */
export function written(form: RouteForm): boolean {
  const { late, ...said } = form;
  return [...Object.values(said), ...Object.values(late)].some((value) => value.trim() !== '');
}

/** The time of day as `HH:MM`, for "told now". */
export function timeOfDay(now: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(now.getHours())}:${two(now.getMinutes())}`;
}
