import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { AuditLine, AuditPage, Adoptions } from '../src/backend/bindings';
import { windowOf } from '../src/screens/audit/window';
import { places } from '../src/places.svelte';
import { choose } from './clinical/stage';
import { SESSION } from './desk/door';
import { WORKLIST } from './desk/worklist';
import { openWindow, settle, type Answers } from './window';

const LINE: AuditLine = {
  id: 'entry-1',
  when: '24-Nov-2026 10:20',
  who: 'Ama Osei',
  account: null,
  device: 'this laptop',
  what: 'Opened the record',
  note: '',
  patient: 'patient-1',
  patient_name: 'NDLOVU, Thabo (Mr)',
  reason: '',
  grave: false,
};

const PAGE: AuditPage = {
  lines: [LINE, { ...LINE, id: 'entry-2', what: 'Failed to unlock', patient: null, grave: true }],
  skip: 0,
  total: 2,
  page: 100,
  patient_name: null,
  staff: [{ value: 'staff-1', label: 'Ama Osei' }],
  groups: [
    { value: 'all', label: 'Everything' },
    { value: 'door', label: 'Unlocked, locked, failed' },
  ],
  whole: true,
};

const answers: Answers = {
  status: { phase: 'open', ...SESSION },
  still_here: SESSION,
  worklist: WORKLIST,
  audit_trail: PAGE,
};

describe('a long list', () => {
  it('draws the lines in sight and a few around them', () => {
    expect(windowOf(0, 400, 40, 1_000_000)).toEqual({ from: 0, until: 18 });
    expect(windowOf(40_000, 400, 40, 1_000_000)).toEqual({ from: 992, until: 1018 });
  });

  it('ends where the lines end', () => {
    expect(windowOf(0, 400, 40, 3)).toEqual({ from: 0, until: 3 });
    expect(windowOf(99_999, 400, 40, 3)).toEqual({ from: 3, until: 3 });
    expect(windowOf(0, 400, 40, 0)).toEqual({ from: 0, until: 0 });
  });
});

describe('the audit', () => {
  it('shows who did what and asks again when a filter is chosen', async () => {
    const calls = await openWindow(answers);
    places.go({ screen: 'audit' });
    await settle();
    const table = screen.getByRole('table', { name: 'Audit' });
    expect(within(table).getByText('Failed to unlock')).toBeTruthy();
    await choose(screen.getByLabelText('What'), 'door');
    const last = calls.filter(({ name }) => name === 'audit_trail').at(-1);
    expect(last?.args).toMatchObject({ query: { group: 'door' }, skip: 0 });
  });

  it('says in words what the check of the record found', async () => {
    await openWindow({
      ...answers,
      check_record: {
        sound: false,
        words: 'The record is not as it was written: 1 fault in 12 envelopes of 3 streams.',
        faults: ['Envelope 2 of the audit trail was altered. Restore the last backup.'],
        checked: '24-Nov-2026 10:21',
      },
    });
    places.go({ screen: 'audit' });
    await settle();
    await fireEvent.click(screen.getByRole('button', { name: 'Check the record' }));
    await settle();
    expect(screen.getByText('The record is not sound')).toBeTruthy();
    expect(screen.getByText(/Envelope 2 of the audit trail/)).toBeTruthy();
  });
});

const ADOPTIONS: Adoptions = {
  contents: [
    {
      what: 'ruleset',
      id: 'uk-community-pain',
      name: 'uk-community-pain 2026.1',
      title: 'Adults in a UK community pain clinic',
      digest: '89b4c3d2ffff',
      digest_short: '89b4 c3d2',
      state: 'half',
      status: 'One of two signatures: Ama Osei, consultant, 24-Nov-2026 10:20.',
      may_adopt: true,
      why_not: null,
      may_withdraw: false,
    },
  ],
  may_adopt: true,
  may_withdraw: false,
  statement: 'It is likely to be a medical device.',
  live: true,
};

describe('what is in use', () => {
  it('is signed for only after the review is read, with the statement in sight', async () => {
    const [content] = ADOPTIONS.contents;
    if (!content) throw new Error('no content');
    const calls = await openWindow({
      ...answers,
      adoptions: ADOPTIONS,
      review_content: { content, words: ['1 mg counts as 1 mg'], comparison: null },
      adopt_content: { ...ADOPTIONS, contents: [{ ...content, state: 'in-use' }] },
      open_rulebook: {
        ruleset: {
          name: content.name,
          title: content.title,
          status: 'DRAFT',
          draft: true,
          digest: content.digest_short,
          digest_whole: content.digest,
          holds: '1 rule over 1 fact',
        },
        decided: [],
        rules: [],
        questions: [],
        vignettes: [],
        bases: [],
        may_compare: true,
      },
    });
    places.go({ screen: 'rules', spot: 'adopted/' });
    await settle();
    await fireEvent.click(screen.getByRole('button', { name: 'Review and sign for it' }));
    await settle();
    const sign = screen.getByRole<HTMLButtonElement>('button', {
      name: 'Sign for it',
      hidden: true,
    });
    expect(sign.disabled).toBe(true);
    expect(screen.getByText('It is likely to be a medical device.')).toBeTruthy();
    await fireEvent.input(screen.getByLabelText('Your passphrase, for the signature'), {
      target: { value: 'kettle orbit fern gravel' },
    });
    await fireEvent.click(sign);
    await settle();
    const signed = calls.find(({ name }) => name === 'adopt_content');
    expect(signed?.args).toMatchObject({ what: 'ruleset', digest: content.digest });
    expect(screen.getByText('In use', { selector: 'strong' })).toBeTruthy();
  });
});
