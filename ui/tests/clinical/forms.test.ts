import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { FormView, SectionView } from '../../src/backend/bindings';
import type { Place } from '../../src/places.svelte';
import { choices, question } from './questions';
import { asked, choose, openClinic, settle, show } from './stage';

const PLACE: Place = { screen: 'assessment', assessment: 'a1', spot: 'questionnaires' };
const NUMBERS = choices(['0', '0'], ['1', '1'], ['2', '2']);

const FORM: FormView = {
  instrument: 'kettle-2',
  name: 'Kettle-2',
  measures: 'How a kettle is liked.',
  version: 'example, en-GB',
  attribution: 'Made up for this test.',
  licence: 'Ask the holder (not yet checked at the source).',
  wording: 'numbers',
  pack: null,
  needs_tick: true,
  licensed_form: false,
  counts: false,
  how: 'self',
  ways: choices(['self', 'By the patient alone'], ['telephone', 'By telephone']),
  completed: '2026-11-24',
};

function section(more: Partial<SectionView>): SectionView {
  return {
    id: 'questionnaires',
    title: 'Questionnaires',
    hint: 'Add one where it helps.',
    state: 'none',
    answered: 0,
    of: 0,
    must_open: 0,
    questions: [],
    lists: [],
    lists_first: false,
    scores: [],
    forms: [],
    addable: [],
    ...more,
  };
}

async function open(more: Partial<SectionView>) {
  const clinic = openClinic();
  clinic.view.sections.push(section(more));
  clinic.answers.record_form = () => clinic.after();
  clinic.answers.remove_form = () => clinic.after();
  await show(clinic, PLACE);
  return clinic;
}

const ITEMS = ['1', '2'].map((number) =>
  question(
    `kettle-2-${number}`,
    `Item ${number}`,
    { kind: 'item', instrument: 'kettle-2', options: NUMBERS },
    { group: 'kettle-2' },
  ),
);

const CHOICE = {
  instrument: 'kettle-2',
  name: 'Kettle-2',
  measures: 'How a kettle is liked.',
  items: 2,
  unfit: null,
};

describe('questionnaires', () => {
  it('take no place until one is added, and adding one ticks nothing', async () => {
    const clinic = await open({ addable: [CHOICE] });
    expect(screen.queryByTestId('form-kettle-2')).toBeNull();
    await choose(screen.getByTestId('form-choice'), 'kettle-2');
    await fireEvent.click(screen.getByTestId('form-add'));
    await settle();
    expect(asked(clinic, 'record_form')).toMatchObject([
      { instrument: 'kettle-2', form: { licensed_form: false, how: 'self' } },
    ]);
  });

  it('cannot be added where they are not for this pain, and say why', async () => {
    await open({ addable: [{ ...CHOICE, unfit: 'Kettle-2 is for the back alone.' }] });
    await choose(screen.getByTestId('form-choice'), 'kettle-2');
    expect(screen.getByTestId('form-add')).toHaveProperty('disabled', true);
    expect(screen.getByText('Kettle-2 is for the back alone.')).toBeTruthy();
  });

  it('show no item before the licensed form is ticked', async () => {
    const clinic = await open({ forms: [FORM], questions: ITEMS });
    const card = within(screen.getByTestId('form-kettle-2'));
    expect(card.queryByRole('radiogroup')).toBeNull();
    await fireEvent.click(card.getByTestId('tick-kettle-2'));
    await settle();
    expect(asked(clinic, 'record_form')).toMatchObject([
      { form: { licensed_form: true, how: 'self', completed: '2026-11-24' } },
    ]);
  });

  it('are answered by number on their own card, once', async () => {
    const form = { ...FORM, licensed_form: true, counts: true };
    const clinic = await open({ forms: [form], questions: ITEMS });
    const card = within(screen.getByTestId('form-kettle-2'));
    expect(card.getAllByRole('radiogroup')).toHaveLength(2);
    expect(screen.getAllByTestId('q-kettle-2-1')).toHaveLength(1);
    await fireEvent.click(
      within(card.getByTestId('q-kettle-2-2')).getByRole('radio', { name: '2' }),
    );
    await settle();
    expect(asked(clinic, 'record_answer')).toEqual([
      { assessment: 'a1', question: 'kettle-2-2', answer: { state: 'given', value: 2 } },
    ]);
  });

  it('ask for no tick in the words of a pack, and name its licence', async () => {
    const pack = 'Licence KS-2026-014 of The Kettle Society.';
    await open({
      forms: [{ ...FORM, wording: 'pack', pack, needs_tick: false, counts: true }],
      questions: ITEMS,
    });
    const card = within(screen.getByTestId('form-kettle-2'));
    expect(card.queryByTestId('tick-kettle-2')).toBeNull();
    expect(card.getByText(/Licence KS-2026-014/)).toBeTruthy();
  });
});
