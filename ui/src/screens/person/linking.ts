/** What linking does, said before it is done. */
export const LINKING_DOES =
  'Both are shown as one from now on. Nothing is rewritten, both numbers stay, and it can be undone. What differs between the two has to be settled before anything is printed or signed.';

/** What is asked about another record. */
export interface Linking {
  /** Link the two, or say that they are two people. */
  what: 'link' | 'part';
  /** The other record. */
  other: { patient: string; name: string; born: string; nhs_number: string };
}
