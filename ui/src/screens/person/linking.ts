/** What is asked about another record. */
export interface Linking {
  /** Link the two, or say that they are two people. */
  what: 'link' | 'part';
  /** The other record. */
  other: { patient: string; name: string; born: string; nhs_number: string };
}
