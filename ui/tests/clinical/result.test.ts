import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Explanation, TriageResult } from '../../src/backend/bindings';
import { places, type Place } from '../../src/places.svelte';
import { fault } from './clinic';
import { RESULT } from './papers';
import { asked, choose as chooseIn, openClinic, settle, show } from './stage';

const place: Place = { screen: 'result', assessment: 'a1' };

async function open(view: TriageResult) {
  const clinic = openClinic();
  clinic.answers.triage_result = () => view;
  clinic.answers.sign_decision = () => view;
  clinic.answers.choose_first = () => RESULT;
  await show(clinic, place);
  return clinic;
}

const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const choose = (label: string, value: string) => chooseIn(screen.getByLabelText(label), value);
const write = async (label: string | RegExp, value: string) => {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
};

describe('the triage result', () => {
  it('gives each reason its source and its mark, and says DRAFT', async () => {
    await open(RESULT);
    const urgency = within(screen.getByTestId('part-urgency'));
    expect(urgency.getByText('Off work 9 weeks')).toBeTruthy();
    expect(urgency.getByText('U-07, NG193, V2')).toBeTruthy();
    expect(screen.getByText('DRAFT')).toBeTruthy();
  });

  it('is signed as proposed with a passphrase, on the basis that was on the screen', async () => {
    const clinic = await open(RESULT);
    expect(screen.getByTestId('basis').textContent).toContain('47 entries');
    await fireEvent.keyDown(window, { key: 's' });
    await settle();
    const strip = screen.getByRole('form', { name: 'Sign as proposed' });
    expect(strip.textContent).toContain('NDLOVU, Thabo, 999\u00a0046\u00a03380');
    const sign = within(strip).getByRole('button', { name: /^Sign as proposed/ });
    expect(sign).toHaveProperty('disabled', true);
    await write(/passphrase/, 'three blue buckets');
    await fireEvent.submit(strip);
    await settle();
    expect(asked(clinic, 'sign_decision')).toEqual([
      {
        assessment: 'a1',
        form: {
          lead: 'D09',
          urgency: 'soon',
          strands: ['nursing', 'psychology', 'pharmacy'],
          reason: '',
          reason_text: '',
          comment: '',
          basis_digest: 'b1',
          passphrase: 'three blue buckets',
        },
      },
    ]);
  });

  it('cannot be signed as proposed while something is unsettled, and says why', async () => {
    const why_not = 'Pain type is not settled.';
    const clinic = await open({ ...RESULT, sign_as_proposed: { allowed: false, why_not } });
    const sign = screen.getByRole('button', { name: /^Sign as proposed/ });
    expect(sign).toHaveProperty('disabled', true);
    const described = document.getElementById(sign.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe(why_not);
    await fireEvent.keyDown(window, { key: 's' });
    await settle();
    expect(screen.queryByRole('form', { name: 'Sign as proposed' })).toBeNull();
    expect(asked(clinic, 'sign_decision')).toEqual([]);
  });

  it('offers no signature to a role that does not sign', async () => {
    await open({ ...RESULT, may_sign: false });
    expect(screen.getByTestId('may-not-sign')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull();
    await fireEvent.keyDown(window, { key: 'c' });
    await settle();
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('is changed only with a reason from the list and a sentence', async () => {
    const clinic = await open(RESULT);
    await press(/^Sign something else/);
    const sign = () => screen.getByRole('button', { name: 'Sign this decision' });
    await choose('Urgency', 'urgent');
    await write(/passphrase/, 'three blue buckets');
    expect(sign()).toHaveProperty('disabled', true);
    await choose('Reason', 'new');
    await write(/^Why/, 'Because');
    expect(sign()).toHaveProperty('disabled', true);
    await write(/^Why/, 'Losing work next week');
    expect(sign()).toHaveProperty('disabled', false);
    await fireEvent.submit(screen.getByRole('form', { name: 'Sign something else' }));
    await settle();
    expect(asked(clinic, 'sign_decision')).toMatchObject([
      { form: { urgency: 'urgent', reason: 'new', reason_text: 'Losing work next week' } },
    ]);
  });

  it('says that something arrived meanwhile, and shows it before signing again', async () => {
    const clinic = await open(RESULT);
    clinic.answers.sign_decision = () => {
      throw fault('stale', 'A warning sign arrived while you were reading. Look again, then sign.');
    };
    await press(/^Sign as proposed/);
    await write(/passphrase/, 'three blue buckets');
    await fireEvent.submit(screen.getByRole('form', { name: 'Sign as proposed' }));
    await settle();
    const before = asked(clinic, 'triage_result').length;
    await press('Show what arrived');
    expect(asked(clinic, 'triage_result')).toHaveLength(before + 1);
  });
});

describe('a hidden proposal', () => {
  const parts = RESULT.triage.parts.filter(({ id }) => id === 'warning-signs');
  const hidden: TriageResult = {
    ...RESULT,
    triage: { ...RESULT.triage, hidden: true, parts },
    sign_as_proposed: { allowed: false, why_not: 'In this case you choose first.' },
  };

  it('is not on the screen, nor filled into the form', async () => {
    const container = await open(hidden);
    expect(container).toBeTruthy();
    expect(screen.getByTestId('proposal-hidden')).toBeTruthy();
    expect(screen.queryByTestId('part-urgency')).toBeNull();
    expect(screen.queryByTestId('part-lead')).toBeNull();
    expect(screen.getByLabelText('Urgency')).toHaveProperty('value', '');
    expect(screen.getByLabelText('Lead')).toHaveProperty('value', '');
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull();
    const ticked = screen
      .getAllByRole('checkbox')
      .filter((box) => (box as HTMLInputElement).checked);
    expect(ticked).toEqual([]);
  });

  it('is shown after the clinician has chosen, and the choice stays theirs', async () => {
    const clinic = await open(hidden);
    await choose('Urgency', 'routine');
    await choose('Lead', 'D07');
    await fireEvent.submit(screen.getByRole('form', { name: /^Choose before/ }));
    await settle();
    expect(asked(clinic, 'choose_first')).toMatchObject([
      { form: { urgency: 'routine', lead: 'D07', basis_digest: 'b1' } },
    ]);
    expect(screen.getByTestId('part-urgency')).toBeTruthy();
    await press(/^Sign something else/);
    expect(screen.getByLabelText('Urgency')).toHaveProperty('value', 'routine');
  });
});

describe('a signed decision', () => {
  const decision = {
    lead: 'Medicines review first',
    urgency: 'Soon',
    urgency_tag: 'soon' as const,
    strands: ['Nursing'],
    as_proposed: true,
    reason: null,
    comment: '',
    signed: 'R. Whitlock, consultant, 24-Nov-2026 11:02',
    ruleset: 'uk-community-pain 2026.1 DRAFT',
    withdrawn: null,
    countersigns: null,
    not_seen: [] as string[],
  };

  it('is not offered for signing again, and leads to the plan', async () => {
    await open({ ...RESULT, decision });
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull();
    await press('Write the plan');
    expect(places.here).toMatchObject({ screen: 'plan', assessment: 'a1' });
  });

  it('comes back when it was made without seeing something', async () => {
    await open({
      ...RESULT,
      decision: { ...decision, not_seen: ['Made without seeing: allergy'] },
    });
    expect(screen.getByText('Made without seeing: allergy')).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Sign as proposed/ })).toBeTruthy();
  });
});

describe('why not otherwise, and what would change it', () => {
  const EXPLAINED: Explanation = {
    withheld: null,
    considered: [
      {
        would_give: 'Same day, Another specialist, urgently',
        because: 'Not so, because: age is 44 years (it would have to be 50 years or more).',
        found: [{ question: 'gca-headache', words: 'A new headache: present' }],
        rule: 'giant-cell',
        citation: 'NG232',
        mark: 'M',
      },
    ],
    raised_by_one: '40 answers would each alone make it more urgent. Such as:',
    raises: ['If "Numbness" were present, the rules would give Emergency.'],
    lowers: [],
    lead: [],
    note: null,
  };

  it('is worked out only when it is opened, and once', async () => {
    const clinic = await open(RESULT);
    clinic.answers.explain_proposal = () => EXPLAINED;
    const times = () => asked(clinic, 'explain_proposal').length;
    expect(times()).toBe(0);
    screen.getByText('Why not something more urgent?').click();
    await settle();
    expect(times()).toBe(1);
    const considered = screen.getByTestId('why-not').textContent;
    expect(considered).toContain('Considered: Same day');
    expect(considered).toContain('Not so, because: age is 44 years');
    screen.getByText('What would change this').click();
    await settle();
    expect(times()).toBe(1);
    const changes = screen.getByTestId('what-would-change').textContent;
    expect(changes).toContain('the rules would give Emergency');
    expect(changes).toContain('Answers are changed only because they were wrong');
  });

  it('is not offered while the proposal is hidden', async () => {
    await open({ ...RESULT, triage: { ...RESULT.triage, hidden: true } });
    expect(screen.queryByTestId('what-would-change')).toBeNull();
  });
});
