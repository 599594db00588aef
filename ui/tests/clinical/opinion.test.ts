import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { places } from '../../src/places.svelte';
import { fault } from './clinic';
import { ASKED, BLIND, CASE, DISAGREES, OPINIONS, ROW } from './opinions';
import { RESULT } from './papers';
import { asked, choose as chooseIn, openClinic, settle, show } from './stage';

const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const choose = (label: string, value: string) => chooseIn(screen.getByLabelText(label), value);
const write = async (label: string | RegExp, value: string) => {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
};
const card = () => screen.getByRole('region', { name: 'Second opinions' });

describe('the second opinions on a result', () => {
  async function result(opinions = OPINIONS) {
    const clinic = openClinic();
    clinic.answers.triage_result = () => RESULT;
    clinic.answers.case_opinions = () => opinions;
    clinic.answers.ask_opinion = () => ({ ...OPINIONS, opinions: [ASKED] });
    clinic.answers.lift_blind = () => ({ ...OPINIONS, opinions: [{ ...ASKED, may_answer: true }] });
    clinic.answers.withdraw_opinion = () => OPINIONS;
    clinic.answers.open_opinion = () => CASE;
    await show(clinic, { screen: 'result', assessment: 'a1' });
    return clinic;
  }

  it('are asked for by key, of a role as well, with whoever wishes filled in', async () => {
    const clinic = await result({ ...OPINIONS, suggested: ['The patient wishes for one'] });
    expect(card().textContent).toContain('Suggested: The patient wishes for one.');
    await fireEvent.keyDown(window, { key: 'a' });
    await settle();
    await choose('Whom', 'role/consultant');
    await choose('Question', 'pathway');
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Blind/ }));
    await settle();
    expect(screen.getByText(/Do not say what was decided/)).toBeTruthy();
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form') as HTMLFormElement);
    await settle();
    expect(asked(clinic, 'ask_opinion')).toEqual([
      {
        assessment: 'a1',
        form: {
          of_staff: '',
          of_role: 'consultant',
          by: '',
          question: 'pathway',
          text: '',
          blind: true,
          wished: 'patient',
          settles: '',
        },
      },
    ]);
    expect(within(card()).getByTestId('opinion-o1').textContent).toContain('Imran Hale');
  });

  it('keep what was typed and say what is wrong with it', async () => {
    const clinic = await result();
    clinic.answers.ask_opinion = () => {
      throw {
        ...fault('invalid', 'See the fields marked.'),
        fields: [{ field: 'by', message: 'Enter today or a later day.' }],
      };
    };
    await press(/^Ask for one/);
    await write('In your own words', 'Would you go another way?');
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form') as HTMLFormElement);
    await settle();
    expect(screen.getAllByText(/Enter today or a later day/).length).toBeGreaterThan(0);
    expect(screen.getByLabelText('In your own words')).toHaveProperty(
      'value',
      'Would you go another way?',
    );
  });

  it('show both views where they differ, and who settles it', async () => {
    await result({
      ...OPINIONS,
      opinions: [
        {
          ...ASKED,
          state: 'differs',
          state_words: 'The two differ.',
          answers: [DISAGREES],
          may_withdraw: false,
          may_settle: true,
        },
      ],
    });
    const one = within(card()).getByTestId('opinion-o1');
    expect(one.textContent).toContain('Settled by the lead.');
    const views = within(one).getAllByRole('listitem');
    expect(views.map((view) => view.textContent?.includes('Soon'))).toEqual([true, false]);
    expect(views[1]?.textContent).toContain('Disagrees');
    await press('Settle it');
    expect(places.here).toMatchObject({ screen: 'opinion', opinion: 'o1' });
  });

  it('hide signing behind a blind one, and looking takes a reason', async () => {
    const clinic = await result({ ...OPINIONS, opinions: [BLIND], hidden: 'o1', may_ask: false });
    expect(card().textContent).toContain('Hidden: a blind opinion is asked of you');
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull();
    await fireEvent.keyDown(window, { key: 's' });
    await fireEvent.keyDown(window, { key: 'c' });
    await settle();
    expect(screen.queryByRole('form', { name: 'Sign as proposed' })).toBeNull();
    await press('See it with a reason');
    await write('Why', 'She is in the room');
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form') as HTMLFormElement);
    await settle();
    expect(asked(clinic, 'lift_blind')).toEqual([{ opinion: 'o1', reason: 'She is in the room' }]);
    expect(asked(clinic, 'triage_result')).toHaveLength(2);
    expect(screen.getByRole('button', { name: /^Sign as proposed/ })).toBeTruthy();
  });
});

describe('an opinion with its case', () => {
  async function open(found = CASE) {
    const clinic = openClinic();
    clinic.answers.open_opinion = () => found;
    clinic.answers.give_opinion = () => ({
      ...CASE,
      opinion: { ...ASKED, state: 'answered', state_words: 'Answered.', answers: [DISAGREES] },
    });
    clinic.answers.settle_opinion = () => ({
      ...CASE,
      opinion: { ...ASKED, state: 'settled', settled: 'The second view holds.' },
    });
    await show(clinic, { screen: 'opinion', opinion: 'o1' });
    return clinic;
  }

  it('asks for all of it, with a reason, where somebody disagrees', async () => {
    const clinic = await open();
    await choose('With what was decided', 'disagree');
    await choose('Urgency', 'urgent');
    await choose('Lead', 'D07');
    await write('Why, in at least one sentence', 'The pain has changed since.');
    await write(/passphrase/, 'three blue buckets');
    await fireEvent.submit(screen.getByRole('form', { name: 'Your opinion' }));
    await settle();
    expect(asked(clinic, 'give_opinion')).toMatchObject([
      { form: { agrees: 'disagree', urgency: 'urgent', lead: 'D07' } },
    ]);
  });

  it('is agreed with in one choice', async () => {
    const clinic = await open();
    await choose('With what was decided', 'agree');
    expect(screen.queryByLabelText('Urgency')).toBeNull();
    const sign = () => screen.getByRole('button', { name: 'Sign the opinion' });
    expect(sign()).toHaveProperty('disabled', true);
    await write(/passphrase/, 'three blue buckets');
    expect(sign()).toHaveProperty('disabled', false);
    await fireEvent.submit(screen.getByRole('form', { name: 'Your opinion' }));
    await settle();
    expect(asked(clinic, 'give_opinion')).toMatchObject([
      { opinion: 'o1', form: { agrees: 'agree', basis_digest: 'b1' } },
    ]);
    expect(screen.getByTestId('opinion-state').textContent).toBe('Answered.');
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('is given blind without a decision to agree with', async () => {
    await open({ ...CASE, opinion: BLIND, hidden: true, verdicts: [] });
    expect(screen.getByText(/shown to you once you have signed/)).toBeTruthy();
    expect(screen.queryByLabelText('With what was decided')).toBeNull();
    expect(screen.getByLabelText('Urgency')).toBeTruthy();
    expect(document.body.textContent).not.toContain('Decided first');
  });

  it('is settled by a decision with a reason', async () => {
    const differs = { ...ASKED, state: 'differs', answers: [DISAGREES], may_settle: true };
    const clinic = await open({ ...CASE, opinion: differs });
    await choose('How', 'second');
    await write(/^Why/, 'The scan was read again.');
    await write(/passphrase/, 'three blue buckets');
    await fireEvent.submit(screen.getByRole('form', { name: 'Settle it' }));
    await settle();
    expect(asked(clinic, 'settle_opinion')).toMatchObject([
      { opinion: 'o1', form: { how: 'second', words: 'The scan was read again.' } },
    ]);
    expect(screen.getByText('The second view holds.')).toBeTruthy();
  });
});

describe('the list of second opinions', () => {
  it('has what is asked of one, late first in words, and opens it', async () => {
    const clinic = openClinic();
    clinic.answers.opinions_for_me = () => ({
      asked: [ROW],
      differ: [{ ...ROW, opinion: 'o2', action: 'Settle', to_settle: true }],
      waiting: [],
      answered: [],
      may_see_agreement: true,
    });
    clinic.answers.agreement = () => ({
      words: ['* stands for fewer than 8 pairs.'],
      all: [{ label: 'Blind', pairs: '12', agreed: '9', kappa: '0.40' }],
      dispositions: [],
      rules: [],
    });
    clinic.answers.open_opinion = () => CASE;
    await show(clinic, { screen: 'opinions' });
    const row = screen.getByTestId('opinion-row-o1');
    expect(row.textContent).toContain('2 days late');
    expect(row.textContent).toContain('Similar name');
    expect(screen.getByRole('row', { name: 'Blind 12 9 0.40' })).toBeTruthy();
    await press('Settle: NDLOVU, Thabo (Mr)');
    expect(places.here).toMatchObject({ screen: 'opinion', opinion: 'o2' });
  });

  it('shows no agreement to whoever does not answer for the service', async () => {
    const clinic = openClinic();
    clinic.answers.opinions_for_me = () => ({
      asked: [],
      differ: [],
      waiting: [],
      answered: [],
      may_see_agreement: false,
    });
    await show(clinic, { screen: 'opinions' });
    expect(screen.getByText(/None is asked of you/)).toBeTruthy();
    expect(asked(clinic, 'agreement')).toEqual([]);
  });
});
