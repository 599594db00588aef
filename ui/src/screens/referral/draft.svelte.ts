/**
 * A referral that is being typed. It is kept in memory while somebody looks elsewhere or the screen
 * is locked, for the same person only; it is on disk once "Save" was pressed.
 */
import type {
  Hit,
  IntakeStart,
  NhsCheck,
  ReferralCheck,
  ReferralForm,
} from '../../backend/bindings';

/** What a person said of somebody who may be the same. */
export type Verdict = 'same' | 'different';

/** The form and what is known of it so far. */
export class Draft {
  form: ReferralForm;
  nhs: NhsCheck | null = $state.raw(null);
  check: ReferralCheck | null = $state.raw(null);
  /** Patient id -> what was said of them. Nothing is said until a person says it. */
  verdicts: Record<string, Verdict> = $state({});

  constructor(
    readonly start: IntakeStart,
    readonly staff: string,
  ) {
    this.form = $state({ ...start.form, safety: { ...start.form.safety } });
  }

  /** People offered as perhaps the same. */
  get known(): Hit[] {
    return this.check?.already_known ?? [];
  }

  /** Those of whom nothing has been said. */
  get undecided(): Hit[] {
    return this.known.filter((hit) => !this.verdicts[hit.patient]);
  }

  /** The patient this referral is for, when somebody said so. */
  get sameAs(): string | null {
    return this.known.find((hit) => this.verdicts[hit.patient] === 'same')?.patient ?? null;
  }

  /** Warning signs present in the letter. */
  get present(): string[] {
    return this.start.safety
      .filter((sign) => this.form.safety[sign.value] === 'present')
      .map((sign) => sign.label);
  }

  /** One person at most is the same: saying it of one takes it back from the others. */
  decide(patient: string, verdict: Verdict): void {
    if (verdict === 'same') {
      for (const [id, said] of Object.entries(this.verdicts)) {
        if (said === 'same') this.verdicts[id] = 'different';
      }
    }
    this.verdicts[patient] = verdict;
  }

  /** Anything typed at all? */
  get touched(): boolean {
    return JSON.stringify(this.form) !== JSON.stringify(this.start.form);
  }
}

let kept: Draft | null = null;

/** The draft this person left, if any. Another person's draft is dropped, not shown. */
export function keptDraft(staff: string): Draft | null {
  if (kept && kept.staff !== staff) kept = null;
  return kept;
}

/** Keeps a draft, or forgets it. */
export function keepDraft(draft: Draft | null): void {
  kept = draft;
}
