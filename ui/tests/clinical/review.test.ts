import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { work } from '../../src/session.svelte';
import { fault } from './clinic';
import { ASKED, OPINIONS } from './opinions';
import { RESULT } from './papers';
import { CHOICES, Reviewing } from './reviewing';
import { asked, openClinic, settle, show } from './stage';

/** Fourteen cases drawn one after another take longer than one test usually does. */
const LONG_MS = 30_000;

/** Keys pressed since the session began. */
let pressed = 0;

const key = async (letter: string) => {
  pressed += 1;
  await fireEvent.keyDown(document.activeElement ?? window, { key: letter });
  await settle();
};
/** Enter where the focus is: the page of the tests does not send the form by itself. */
const enter = async () => {
  pressed += 1;
  const form = document.activeElement?.closest('form');
  expect(form).toBeTruthy();
  if (form) await fireEvent.submit(form);
  await settle();
};
const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const type = async (label: string | RegExp, value: string) => {
  await fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
};
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

async function begin(prepare: (session: Reviewing) => void = () => undefined) {
  const clinic = openClinic();
  const session = new Reviewing(clinic);
  prepare(session);
  await show(clinic, { screen: 'review' });
  await press('Begin');
  pressed = 0;
  return { clinic, session };
}

describe('choosing the cases', () => {
  it('offers only what fits a case, each with its number, and sends what was chosen', async () => {
    const clinic = openClinic();
    new Reviewing(clinic);
    await show(clinic, { screen: 'review' });
    const waits = within(screen.getByLabelText('Wait')).getAllByRole('option');
    expect(waits.map((option) => option.textContent)).toEqual(['Any wait', 'From day 112 (2)']);
    expect(screen.getByText(/14 cases to sign, 1 put aside/)).toBeTruthy();
    await press('Begin');
    expect(asked(clinic, 'begin_review')).toEqual([
      { form: { site: '', urgency: '', wait: '', only: '', most: 20 } },
    ]);
  });

  it('shows rates of the service to whoever may see them, and nothing to others', async () => {
    const clinic = openClinic();
    new Reviewing(clinic);
    await show(clinic, { screen: 'review' });
    expect(screen.queryByTestId('review-rates')).toBeNull();
    clinic.answers.review_rates = () => ({
      signed: '25',
      as_proposed: '20',
      quick: '*',
      hidden: '*',
      hidden_agreed: '0',
    });
    await show(clinic, { screen: 'review' });
    expect(screen.getAllByTestId('review-rates')[0]?.textContent).toMatch(/ten seconds\s*\*/);
  });

  it('goes on with the session that is under way, at the case where it stood', async () => {
    const clinic = openClinic();
    const session = new Reviewing(clinic);
    session.at = 'a7';
    clinic.answers.review_choices = () => ({ ...CHOICES, under_way: session.session() });
    await show(clinic, { screen: 'review' });
    expect(heading()).toBe('Case 7 of 14: NDLOVU, Ruth');
    expect(asked(clinic, 'begin_review')).toEqual([]);
  });
});

describe('a session by keyboard', () => {
  it(
    'signs 14 cases as proposed with two keys each and the passphrase once',
    async () => {
      const { clinic } = await begin();
      await key('s');
      await type(/^Your passphrase/, 'three blue buckets');
      await enter();
      for (let left = 13; left > 0; left -= 1) {
        await key('s');
        expect(screen.queryByLabelText(/^Your passphrase/)).toBeNull();
        await enter();
      }
      expect(pressed).toBe(28);
      expect(heading()).toBe('All 14 cases are seen to');
      const signed = asked(clinic, 'sign_reviewed') as {
        assessment: string;
        form: { basis_digest: string; passphrase: string };
      }[];
      expect(signed).toHaveLength(14);
      expect(signed.map(({ form }) => form.basis_digest)).toEqual(
        signed.map(({ assessment }) => `b${assessment}`),
      );
      expect(signed.filter(({ form }) => form.passphrase !== '')).toHaveLength(1);
      // The next case comes with the answer: only the first is fetched by itself.
      expect(asked(clinic, 'review_case')).toHaveLength(1);
    },
    LONG_MS,
  );

  it('asks for a second opinion on the case on screen with A', async () => {
    const { clinic } = await begin();
    clinic.answers.ask_opinion = () => {
      clinic.answers.case_opinions = () => ({ ...OPINIONS, opinions: [ASKED] });
      return { ...OPINIONS, opinions: [ASKED] };
    };
    await key('a');
    const dialog = screen.getByRole('dialog', { name: 'Ask for a second opinion' });
    await fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
    await settle();
    expect(asked(clinic, 'ask_opinion')).toHaveLength(1);
    expect(screen.getByTestId('opinion-o1').textContent).toContain('Imran Hale');
    expect(asked(clinic, 'review_case'), 'the case is drawn anew').toHaveLength(2);
  });

  it('signs nothing before Enter, and Esc closes the strip', async () => {
    const { clinic } = await begin();
    await key('s');
    expect(screen.getByRole('form', { name: 'Sign as proposed' }).textContent).toContain(
      'ABERNETHY, Ruth',
    );
    await key('Escape');
    expect(screen.queryByRole('form', { name: 'Sign as proposed' })).toBeNull();
    expect(asked(clinic, 'sign_reviewed')).toEqual([]);
  });

  it('takes the last signature back with one key, and shows its case again', async () => {
    const { clinic, session } = await begin();
    session.asks = false;
    await key('s');
    await type(/^Your passphrase/, 'three blue buckets');
    await enter();
    expect(heading()).toContain('BAPTISTE');
    expect(screen.getByTestId('undo').textContent).toContain('Signed for ABERNETHY, Ruth');
    await key('u');
    expect(asked(clinic, 'take_back')).toEqual([{ assessment: 'a1' }]);
    expect(heading()).toContain('ABERNETHY');
    expect(screen.queryByTestId('undo')).toBeNull();
    await key('u');
    expect(asked(clinic, 'take_back')).toHaveLength(1);
  });

  it('passes a case by with J, which is written down once, and goes back with K', async () => {
    const { clinic } = await begin();
    await key('j');
    expect(heading()).toContain('BAPTISTE');
    await key('k');
    expect(heading()).toContain('ABERNETHY');
    await key('j');
    expect(asked(clinic, 'pass_by')).toEqual([{ assessment: 'a1' }]);
    expect(heading()).toContain('BAPTISTE');
  });

  it('puts a case aside with a day and a reason', async () => {
    const { clinic } = await begin();
    await key('p');
    const send = screen.getByRole('button', { name: /^Put aside Enter/ });
    expect(send).toHaveProperty('disabled', true);
    await type('Until', '26-Nov-2026');
    await type('What it waits for', 'The scan of 25-Nov');
    await enter();
    expect(asked(clinic, 'put_aside')).toEqual([
      { assessment: 'a1', until: '2026-11-26', reason: 'The scan of 25-Nov' },
    ]);
    expect(heading()).toContain('BAPTISTE');
  });

  it('asks the spoke with Q, says what becomes of the clock, and goes on', async () => {
    const { clinic } = await begin();
    await key('q');
    expect(screen.getByText(/Nothing pauses it/)).toBeTruthy();
    await type('Question', 'Which hand is weaker?');
    await type('Answer by', '26-Nov-2026');
    await fireEvent.click(screen.getByRole('button', { name: 'Ask', hidden: true }));
    await settle();
    expect(asked(clinic, 'ask_in_review')).toEqual([
      { assessment: 'a1', form: { text: 'Which hand is weaker?', by: '2026-11-26' } },
    ]);
    expect(heading()).toContain('BAPTISTE');
    expect(screen.queryByRole('dialog', { hidden: true })).toBeNull();
  });

  it('goes to the scores with G and S, and signs nothing by it', async () => {
    await begin();
    await key('g');
    await key('s');
    expect(document.activeElement?.id).toBe('review-scores');
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('does nothing by letters while somebody types, or where letters are off', async () => {
    const { clinic } = await begin();
    await key('p');
    const reason = screen.getByLabelText('What it waits for');
    reason.focus();
    await key('j');
    await key('Escape');
    if (work.session) work.open({ ...work.session, letter_keys: false });
    await settle();
    await key('j');
    expect(asked(clinic, 'pass_by')).toEqual([]);
  });
});

describe('what a signer sees', () => {
  it('names every open warning sign in the strip, whatever is scrolled away', async () => {
    await begin((session) => {
      const sign = 'Numbness between the legs: present, 24-Nov-2026 10:31, A. Osei';
      session.cases.set('a1', { result: { ...RESULT, warning_signs: [sign] } });
    });
    await key('s');
    const strip = screen.getByRole('form', { name: 'Sign as proposed' });
    expect(strip.textContent).toContain('Numbness between the legs');
  });

  it('says DRAFT, gives each reason its source, and shows no total as a part of a limit', async () => {
    await begin();
    const proposed = within(screen.getByTestId('proposed'));
    expect(proposed.getByText('DRAFT')).toBeTruthy();
    expect(proposed.getByText('U-07, NG193, V2')).toBeTruthy();
    expect(screen.getByText('no reliable change')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/of 120|\bclear\b/i);
    expect(document.body.textContent).not.toMatch(/[▲▼]/);
  });

  it('keeps a hidden proposal off the screen until a choice was made', async () => {
    const { clinic } = await begin((session) => {
      const parts = RESULT.triage.parts.filter(({ id }) => id === 'warning-signs');
      session.cases.set('a1', {
        result: {
          ...RESULT,
          triage: { ...RESULT.triage, hidden: true, parts },
          sign_as_proposed: { allowed: false, why_not: 'In this case you choose first.' },
        },
      });
    });
    clinic.answers.choose_first = () => RESULT;
    expect(screen.getByTestId('proposal-hidden')).toBeTruthy();
    expect(screen.queryByText('U-07, NG193, V2')).toBeNull();
    await key('s');
    expect(screen.queryByRole('form')).toBeNull();
    await press(/^Choose first/);
    expect(screen.getByRole('form', { name: /^Choose before/ })).toBeTruthy();
  });

  it('says what changed since the last look', async () => {
    await begin((session) => {
      session.cases.set('a1', {
        since: {
          words: 'Since you looked, 20-Nov-2026 09:12',
          lines: [{ label: '22-Nov-2026 15:02, A. Osei', value: 'Medicine: pregabalin' }],
          more: 2,
        },
      });
    });
    const strip = screen.getByTestId('since').textContent;
    expect(strip).toContain('Since you looked, 20-Nov-2026 09:12');
    expect(strip).toContain('Medicine: pregabalin');
    expect(strip).toContain('and 2 more');
  });

  it('shows what arrived meanwhile before it is signed', async () => {
    const { clinic } = await begin();
    clinic.answers.sign_reviewed = () => {
      throw fault('stale', 'Something was added to this case since you opened it.');
    };
    await key('s');
    await type(/^Your passphrase/, 'three blue buckets');
    await enter();
    expect(screen.getByText(/Something was added/)).toBeTruthy();
    await press('Show what arrived');
    expect(asked(clinic, 'review_case')).toHaveLength(2);
    expect(heading()).toContain('ABERNETHY');
  });

  it('ends with what was done, and how much has not been sent', async () => {
    await begin();
    await press('End the session');
    expect(screen.getByTestId('ended').textContent).toBe('14 signed.');
    expect(screen.getByText(/3 entries of this laptop wait/)).toBeTruthy();
  });
});
