import type { DecisionForm, TriageResult } from '../../backend/bindings';

/** The proposal's own values as a form to sign, on the basis that is on the screen. */
export function asProposed(
  result: TriageResult,
  comment: string,
  passphrase: string,
): DecisionForm {
  return {
    ...result.proposed,
    reason: '',
    reason_text: '',
    comment,
    basis_digest: result.basis_digest,
    passphrase,
  };
}

/** An empty form: nothing is filled in before the clinician has chosen. */
export function emptyChoice(): DecisionForm {
  return {
    lead: '',
    urgency: '',
    strands: [],
    reason: '',
    reason_text: '',
    comment: '',
    basis_digest: '',
    passphrase: '',
  };
}

/** What keeps a choice from being signed, in one sentence; null when nothing does. */
export function lacking(form: DecisionForm, needsReason: boolean): string | null {
  if (form.urgency === '') return 'Choose an urgency.';
  if (form.lead === '') return 'Choose a lead.';
  if (needsReason && form.reason === '') return 'Choose a reason.';
  if (needsReason && form.reason_text.trim().split(/\s+/).length < 3) {
    return 'Say why in at least one sentence.';
  }
  return null;
}
