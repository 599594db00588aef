import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { LetterView } from '../../src/backend/bindings';
import { places, type Place } from '../../src/places.svelte';
import { LETTER, PAGE, RESULT } from './papers';
import { asked, openClinic, settle, show } from './stage';

const place: Place = { screen: 'letters', assessment: 'a1' };
const READY: LetterView = { ...LETTER, missing: [] };
const APPROVED: LetterView = {
  ...READY,
  approved: 'Version 1, approved 24-Nov-2026 11:06 by Abena Osei',
  holds: [],
};

async function open(view: LetterView) {
  const clinic = openClinic();
  let now = structuredClone(view);
  clinic.answers = {
    ...clinic.answers,
    open_letter: ({ to }) => (now = { ...now, to, title: to === 'gp' ? 'To the GP' : 'Other' }),
    save_letter_part: ({ part, text }) => {
      const parts = now.parts.map((one) => (one.id === part ? { ...one, text } : one));
      return (now = { ...now, parts });
    },
    approve_letter: () => (now = { ...now, ...APPROVED }),
    preview_letter: () => ({ pages: [PAGE], draft: true, words: 'A letter' }),
    letter_given: () => (now = { ...now, sent: ['Version 1 handed 24-Nov-2026 11:07'] }),
    printers: () => ({
      names: [],
      default: null,
      words: 'This laptop has no printer.',
      folder: '/home/nurse',
      file_name: 'treatment-plan.pdf',
    }),
    save_letter_pdf: ({ folder }) => ({ path: `${folder}/letter-7f3a9b21.pdf`, pages: 2 }),
  };
  await show(clinic, place);
  return clinic;
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const press = async (name: string | RegExp) => {
  await fireEvent.click(button(name));
  await settle();
};

describe('a letter', () => {
  it('names the entries that its facts were taken from', async () => {
    await open(LETTER);
    const part = within(screen.getByTestId('part-decision'));
    expect(part.getByText('From 1 entry', { exact: false })).toBeTruthy();
    expect(part.getByText('Decision signed: Medicines optimisation')).toBeTruthy();
    expect(part.getByText('24-Nov-2026 11:02, R. Whitlock')).toBeTruthy();
  });

  it('says what is missing and why it does not leave, and leaves by no button until it may', async () => {
    await open(LETTER);
    expect(screen.getByText('It is not approved yet.')).toBeTruthy();
    expect(screen.getByTestId('part-asks').textContent).toContain('Needed');
    for (const name of ['Save PDF', 'Print', 'Approve']) {
      expect(button(name)).toHaveProperty('disabled', true);
    }
  });

  it('adds a phrase with one press', async () => {
    const clinic = await open(LETTER);
    const part = within(screen.getByTestId('part-asks'));
    await fireEvent.click(part.getByRole('button', { name: /^Phrases/ }));
    await fireEvent.click(part.getByRole('button', { name: /^Add: Nothing is asked/ }));
    await settle();
    expect(asked(clinic, 'save_letter_part')).toEqual([
      { assessment: 'a1', to: 'gp', part: 'asks', text: 'Nothing is asked of you now.' },
    ]);
  });

  it('says that facts changed since a part was written, and offers what the record says now', async () => {
    const [asks, decision] = LETTER.parts;
    if (!asks || !decision) throw new Error('the letter has parts');
    const old = { ...decision, text: 'Decision: old', changed: true, drafted: false };
    const clinic = await open({ ...LETTER, parts: [asks, old] });
    const changed = within(screen.getByRole('group', { name: 'Changed facts of Decision' }));
    await fireEvent.click(changed.getByRole('button', { name: 'Take what the record says' }));
    await settle();
    expect(asked(clinic, 'save_letter_part')).toEqual([
      { assessment: 'a1', to: 'gp', part: 'decision', text: decision.fresh },
    ]);
  });

  it('is approved by somebody who read the page and shows that it is them', async () => {
    const clinic = await open(READY);
    await press('Approve');
    const dialog = within(screen.getByRole('dialog', { name: 'Approve the letter' }));
    const approve = dialog.getByRole('button', { name: 'Approve it as it stands' });
    await fireEvent.input(dialog.getByLabelText(/passphrase/), { target: { value: 'three blue' } });
    await settle();
    expect(approve).toHaveProperty('disabled', true);
    await fireEvent.click(dialog.getByRole('checkbox', { name: /read the page/ }));
    await settle();
    await fireEvent.click(approve);
    await settle();
    expect(asked(clinic, 'approve_letter')).toEqual([
      { assessment: 'a1', to: 'gp', form: { copies: '', passphrase: 'three blue' } },
    ]);
    expect(screen.getByText(/approved 24-Nov-2026 11:06 by Abena Osei/)).toBeTruthy();
  });

  it('is saved under a name without patient data once it may leave', async () => {
    const clinic = await open(APPROVED);
    await press('Save PDF');
    const dialog = within(screen.getByRole('dialog', { name: 'Save the letter as a PDF' }));
    expect(dialog.getByText('letter-7f3a9b21.pdf')).toBeTruthy();
    expect(dialog.queryByRole('checkbox', { name: /Large print/ })).toBeNull();
    await fireEvent.click(dialog.getByRole('button', { name: 'Save the PDF' }));
    await settle();
    expect(asked(clinic, 'save_letter_pdf')).toEqual([
      { assessment: 'a1', to: 'gp', large: false, folder: '/home/nurse' },
    ]);
  });

  it('goes from one letter of the decision to another', async () => {
    const clinic = await open(LETTER);
    await press(/^To the patient/);
    expect(asked(clinic, 'open_letter').at(-1)).toEqual({ assessment: 'a1', to: 'patient' });
    expect(places.here.spot).toBe('patient');
  });

  it('to the patient is made in large print too, and given with two identifiers', async () => {
    const clinic = await open({ ...APPROVED, for_patient: true });
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Large print' }));
    await settle();
    expect(asked(clinic, 'preview_letter').at(-1)).toMatchObject({ large: true });
    await press('Letter given');
    const dialog = within(screen.getByRole('dialog', { name: 'Letter given' }));
    expect(dialog.getByRole('checkbox', { name: /full name/ })).toBeTruthy();
    expect(dialog.getByLabelText('Date of birth, as they said it')).toBeTruthy();
  });

  it('is reached from the result once a decision is signed', async () => {
    const clinic = openClinic();
    const decision = {
      lead: 'Medicines review first',
      urgency: 'Soon',
      urgency_tag: 'soon' as const,
      strands: [],
      as_proposed: true,
      reason: null,
      comment: '',
      signed: 'R. Whitlock, consultant, 24-Nov-2026 11:02',
      ruleset: 'uk-community-pain 2026.1 DRAFT',
      withdrawn: null,
      countersigns: null,
      not_seen: [],
    };
    clinic.answers.triage_result = () => ({ ...RESULT, decision });
    clinic.answers.open_letter = () => LETTER;
    clinic.answers.preview_letter = () => ({ pages: [PAGE], draft: true, words: 'A letter' });
    await show(clinic, { screen: 'result', assessment: 'a1' });
    await press('Letters');
    expect(screen.getByRole('heading', { level: 1, name: 'Letter: To the GP' })).toBeTruthy();
  });
});
