import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PlanView } from '../../src/backend/bindings';
import type { Place } from '../../src/places.svelte';
import { PAGE, PLAN } from './papers';
import { asked, openClinic, settle, show } from './stage';

const place: Place = { screen: 'plan', assessment: 'a1' };

async function open(view: PlanView) {
  const clinic = openClinic();
  let now = structuredClone(view);
  clinic.answers = {
    ...clinic.answers,
    open_plan: () => now,
    save_plan_block: ({ block, text }) => {
      const blocks = now.blocks.map((one) => (one.id === block ? { ...one, text } : one));
      now = { ...now, blocks, saved_at: '11:06:00' };
      return now;
    },
    save_plan_goals: ({ goals }) => (now = { ...now, goals }),
    save_plan_review: ({ review }) => (now = { ...now, review }),
    preview_plan: () => ({ pages: [PAGE], draft: true, words: 'My plan' }),
    agree_plan: () => (now = { ...now, agreed: 'Agreed 24-Nov-2026 with the patient' }),
    plan_given: () => (now = { ...now, given: 'Version 1 given to the patient' }),
    printers: () => ({
      names: [],
      default: null,
      words: 'This laptop has no printer. Save the PDF instead.',
      folder: '/home/nurse',
      file_name: 'plan-7f3a.pdf',
    }),
    save_plan_pdf: ({ folder }) => ({ path: `${folder}/plan-7f3a.pdf`, pages: 1 }),
  };
  await show(clinic, place);
  return clinic;
}

const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};

describe('the plan', () => {
  it("shows the renderer's own pages as pictures, with their words for those who cannot see them", async () => {
    await open(PLAN);
    const page = screen.getByRole('img', { name: 'Plan, page 1 of 1' });
    const source = page.getAttribute('src') ?? '';
    expect(decodeURIComponent(source.slice(source.indexOf(',') + 1))).toBe(PAGE);
    expect(screen.getByText('My plan')).toBeTruthy();
  });

  it('adds a phrase under what was just typed, before that was kept', async () => {
    const clinic = await open(PLAN);
    const block = within(screen.getByTestId('block-we-do'));
    const box = block.getByRole('textbox');
    await fireEvent.input(box, { target: { value: 'Ring you.' } });
    await fireEvent.click(block.getByRole('button', { name: /^Phrases/ }));
    await fireEvent.blur(box);
    await fireEvent.click(block.getByRole('button', { name: /^Add: Send you a place/ }));
    await settle();
    expect(asked(clinic, 'save_plan_block').at(-1)).toMatchObject({
      block: 'we-do',
      text: 'Ring you.\nSend you a place on the group programme.',
    });
  });

  it('marks what the program drafted until somebody writes in it', async () => {
    await open(PLAN);
    expect(screen.getByTestId('block-you-do').textContent).toContain('Drafted from the assessment');
    expect(screen.getByTestId('block-we-do').textContent).not.toContain('Drafted');
  });

  it('never sends an empty goal', async () => {
    const clinic = await open(PLAN);
    await press('Add a goal');
    await fireEvent.change(screen.getByLabelText('Goal 2, how sure, 0 to 10'), {
      target: { value: '4' },
    });
    await settle();
    const [sent] = asked(clinic, 'save_plan_goals') as [{ goals: { text: string }[] }];
    expect(sent.goals.map(({ text }) => text)).toEqual(['Pick my daughter up from school']);
  });

  it('says in amber that it changed since it was agreed, and asks to agree again', async () => {
    await open({ ...PLAN, agreed: 'Agreed 24-Nov-2026', changed_since_agreed: true });
    expect(screen.getByTestId('changed').textContent).toContain('Changed since agreed');
    expect(screen.getByRole('button', { name: 'Agree again' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Plan given' })).toHaveProperty('disabled', true);
  });

  it('is agreed only after it was read through, with a signature', async () => {
    const clinic = await open(PLAN);
    await press('Agree the plan');
    const dialog = within(screen.getByRole('dialog', { name: 'Agree the plan' }));
    const sign = dialog.getByRole('button', { name: 'Sign this plan' });
    await fireEvent.click(dialog.getByRole('radio', { name: 'Agreed' }));
    await fireEvent.click(dialog.getByRole('checkbox', { name: 'The patient' }));
    await fireEvent.input(dialog.getByLabelText(/passphrase/), { target: { value: 'three blue' } });
    await settle();
    expect(sign).toHaveProperty('disabled', true);
    await fireEvent.click(dialog.getByRole('checkbox', { name: /read through/ }));
    await settle();
    expect(sign).toHaveProperty('disabled', false);
    await fireEvent.click(sign);
    await settle();
    expect(asked(clinic, 'agree_plan')).toEqual([
      {
        assessment: 'a1',
        form: {
          state: 'agreed',
          part: '',
          present: ['patient'],
          copies: '',
          passphrase: 'three blue',
        },
      },
    ]);
    expect(screen.getByText(/Agreed 24-Nov-2026 with the patient/)).toBeTruthy();
  });

  it('is given only to a person with two identifiers', async () => {
    const clinic = await open({ ...PLAN, agreed: 'Agreed 24-Nov-2026' });
    await press('Plan given');
    const give = screen.getByRole('button', { name: 'Record that it was given' });
    await fireEvent.click(screen.getByRole('radio', { name: 'The patient, in hand' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: /full name/ }));
    expect(give).toHaveProperty('disabled', true);
    const born = screen.getByLabelText('Date of birth, as they said it');
    await fireEvent.input(born, { target: { value: '17 sep 1979' } });
    await fireEvent.blur(born);
    await settle();
    await fireEvent.click(give);
    await settle();
    expect(asked(clinic, 'plan_given')).toEqual([
      { assessment: 'a1', form: { name_checked: true, born: '1979-09-17', to: 'patient' } },
    ]);
  });

  it('is saved where the person says, under a name without patient data', async () => {
    await open(PLAN);
    await press('Save PDF');
    const dialog = within(screen.getByRole('dialog', { name: 'Save the plan as a PDF' }));
    expect(dialog.getByText('plan-7f3a.pdf')).toBeTruthy();
    await fireEvent.click(dialog.getByRole('button', { name: 'Save the PDF' }));
    await settle();
    expect(screen.getByTestId('paper-done').textContent).toContain('/home/nurse/plan-7f3a.pdf');
  });

  it('says what to do when there is no printer', async () => {
    await open(PLAN);
    await press('Print');
    const dialog = within(screen.getByRole('dialog', { name: 'Print the plan' }));
    expect(dialog.getByText('This laptop has no printer. Save the PDF instead.')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Print' })).toHaveProperty('disabled', true);
  });
});
