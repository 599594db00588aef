/** What a label of the banner or the worklist means, for tooltips and for "What is ..." in Find. */
export const MEANINGS: Readonly<Record<string, string>> = {
  'Preferred name': 'The name the person asks to be called by.',
  Born: 'Date of birth, with the age in years today. Under two years the age is in weeks or months.',
  Gender: 'How the person describes themself.',
  'NHS No.':
    'The ten-digit NHS number, checked by its last digit. Copying it gives the ten digits without spaces.',
  Allergies:
    'What is known of allergies and intolerances. "Allergies not asked" means nobody has asked yet; it does not mean none.',
  OME: 'Oral morphine equivalent: every opioid of a day expressed as milligrams of morphine by mouth, by the table named beside it. A rough guide, not an allowance.',
  Wait: 'Days since the clock of this referral started, by the rule shown when the pointer rests on it. Day 126 is the last day within 18 weeks.',
  Proposal:
    'What the rules work out from the answers so far. It is not a decision until a clinician signs.',
  Settled: 'No answer that is still open can change this part of the proposal.',
  'Not settled':
    'An answer that is still open could change this part. The values still possible are shown.',
};
