/** The clinical screens in the states worth looking at. */
import type { AnswerView } from '../../src/backend/bindings';
import type { Place } from '../../src/places.svelte';
import { Clinic, NOBODY_ASKED, SESSION, TRIAGE } from './clinic';
import { LETTER, PAGE, PLAN, RESULT, ROUTE, SAFETY } from './papers';
import { CHOICES, Reviewing } from './reviewing';

const given = (value: boolean | number | string | string[]): AnswerView => ({
  state: 'given',
  value,
});

function clinic(): Clinic {
  const made = new Clinic();
  made.answers = { status: () => ({ phase: 'open', ...SESSION }), still_here: () => SESSION };
  return made;
}

function marked(id: string, fields: Record<string, string | boolean>) {
  return { id, fields, words: `${fields['region']}, ${fields['side']}`, notes: [] };
}

/** An assessment about half done. */
function halfDone(): Clinic {
  const made = clinic();
  const { view } = made;
  const answered: Record<string, AnswerView> = {
    'contact-mode': given('in-person'),
    'ces-bladder': given('absent'),
    'ces-saddle': { state: 'declined' },
    'pain-average': given(7),
    'pain-now': given(6),
    'pain-words': given(['burning', 'electric', 'tingling', 'numb']),
    'phq-9-1': given(2),
    'phq-9-2': given(3),
    'phq-9-9': given(1),
    'pain-months': given(48),
  };
  for (const [id, answer] of Object.entries(answered))
    view.answers[id] = { ...NOBODY_ASKED, answer };
  view.answers['ces-both-legs'] = { ...NOBODY_ASKED, stale: 'absent on 12-Oct-2026' };
  view.answers['cancer-history'] = {
    ...NOBODY_ASKED,
    answer: given('present'),
    conflict: 'Absent, A. Osei 24-Nov 10:12; present, R. Hale 24-Nov 10:15',
  };
  view.answers['pain-main'] = {
    ...NOBODY_ASKED,
    offered: 'Low back pain into the left leg',
    offered_from: '12-Oct-2026',
  };
  const states = ['part', 'part', 'done', 'done', 'part', 'done', 'none', 'part', 'done', 'none'];
  view.sections.forEach((section, at) => (section.state = states[at] ?? 'none'));
  for (const section of view.sections) {
    const has = (id: string): boolean => view.answers[id]?.answer.state === 'given';
    section.answered = section.questions.filter(({ id }) => has(id)).length;
    for (const list of section.lists) {
      if (list.id !== 'region') continue;
      list.items = [
        marked('r1', {
          region: 'low-back',
          side: 'left',
          view: 'back',
          main: true,
          'how-long': '4 years',
        }),
        marked('r2', { region: 'low-back', side: 'right', view: 'back', 'how-long': '4 years' }),
        marked('r3', { region: 'buttock', side: 'left', view: 'back', 'how-long': '14 months' }),
        marked('r4', { region: 'thigh', side: 'left', view: 'back', 'how-long': '14 months' }),
        marked('r5', { region: 'calf', side: 'left', view: 'back' }),
        marked('r6', { region: 'foot', side: 'left', view: 'front' }),
      ];
    }
    for (const score of section.scores) {
      score.prompts = ['Item 9 is above 0: ask about safety now and write the safety record.'];
    }
  }
  view.saved_at = '10:42:13';
  view.offers = 2;
  return made;
}

export interface Scene {
  clinic: Clinic;
  place: Place;
}

function route(view: typeof ROUTE): Scene {
  const made = clinic();
  made.answers.open_route = () => view;
  made.answers.record_route = ({ form }) => ({ ...view, recorded: [`Outcome: ${form.outcome}`] });
  made.answers.open_assessment = () => made.view;
  made.answers.call_card = () => ({ pages: [PAGE], draft: false, words: 'I am phoning about' });
  return {
    clinic: made,
    place: { screen: 'route', patient: 'p1', route: view.id, assessment: 'a1' },
  };
}

function result(view: typeof RESULT): Scene {
  const made = clinic();
  made.answers.triage_result = () => view;
  made.answers.choose_first = () => ({ ...RESULT });
  return { clinic: made, place: { screen: 'result', assessment: 'a1' } };
}

function plan(view: typeof PLAN): Scene {
  const made = clinic();
  made.answers.open_plan = () => view;
  made.answers.preview_plan = () => ({ pages: [PAGE, PAGE], draft: true, words: 'My plan' });
  made.answers.printers = () => ({
    names: ['Clinic printer'],
    default: 'Clinic printer',
    words: '',
    folder: '/home/nurse/Documents',
    file_name: 'plan-7f3a.pdf',
  });
  return { clinic: made, place: { screen: 'plan', assessment: 'a1' } };
}

/** A session at its seventh case, with all that may stand on it. */
function review(): Scene {
  const made = clinic();
  const session = new Reviewing(made);
  session.rows.forEach((row, at) => {
    if (at < 6)
      Object.assign(row, { state: 'signed', state_words: 'Signed', urgency_signed: true });
    if (at === 2) Object.assign(row, { state: 'changed', state_words: 'Changed' });
    if (at === 4) Object.assign(row, { state: 'put-aside', state_words: 'Put aside' });
  });
  const [trend] = session.drawn('a7').trends;
  const named = (name: string, last: string, totals: number[], max: number) => ({
    name,
    last,
    max,
    points: totals.map((total, at) => ({ date: `24-${['Mar', 'Jul', 'Nov'][at]}-2026`, total })),
    change: trend?.change ?? null,
    summary: `${name}: ${totals.join(', ')}.`,
  });
  session.cases.set('a7', {
    since: {
      words: 'Since you looked, 20-Nov-2026 09:12',
      lines: [
        { label: '22-Nov-2026 15:02, A. Osei', value: 'Medicine: pregabalin 150 mg, twice a day' },
        { label: '22-Nov-2026 15:00, A. Osei', value: 'Telephone: 01632 960 118' },
      ],
      more: 3,
    },
    trends: [
      named('PHQ-9', '17 of 27, moderately severe', [12, 15, 17], 27),
      named('GAD-7', '14 of 21, moderate', [13, 15, 14], 21),
      named('BPI severity', '7.3 of 10', [6, 7, 7], 10),
      named('BPI interference', '7.9 of 10', [6, 6, 8], 10),
    ],
  });
  session.at = 'a7';
  made.answers.review_choices = () => ({ ...CHOICES, under_way: session.session() });
  return { clinic: made, place: { screen: 'review' } };
}

function choosing(): Scene {
  const made = clinic();
  new Reviewing(made);
  return { clinic: made, place: { screen: 'review' } };
}

function letters(view: typeof LETTER): Scene {
  const made = clinic();
  made.answers.open_letter = () => view;
  made.answers.preview_letter = () => ({ pages: [PAGE], draft: true, words: 'A letter' });
  return { clinic: made, place: { screen: 'letters', assessment: 'a1' } };
}

export const SCENES: Record<string, () => Scene> = {
  assessment: () => ({ clinic: halfDone(), place: { screen: 'assessment', assessment: 'a1' } }),
  route: () => route(ROUTE),
  safety: () => route(SAFETY),
  result: () => result(RESULT),
  hidden: () => result({ ...RESULT, triage: { ...RESULT.triage, hidden: true, parts: [] } }),
  refused: () =>
    result({
      ...RESULT,
      triage: { ...TRIAGE, next: null },
      sign_as_proposed: {
        allowed: false,
        why_not: 'Pain type, medicines and lead are not settled.',
      },
      warning_signs: ['Numbness between the legs: present, 24-Nov-2026 10:31, A. Osei'],
      decision: {
        lead: 'Medicines review first',
        urgency: 'Soon',
        urgency_tag: 'soon',
        strands: ['Nursing', 'Pharmacy'],
        as_proposed: false,
        reason: 'The person wishes otherwise: prefers one to one.',
        comment: '',
        signed: 'R. Whitlock, consultant, 24-Nov-2026 11:02',
        ruleset: 'uk-community-pain 2026.1 DRAFT',
        withdrawn: null,
        countersigns: null,
        not_seen: ['Made without seeing: warning sign, 24-Nov-2026 11:10, Hexham'],
      },
    }),
  review,
  choosing,
  plan: () => plan(PLAN),
  letters: () => letters(LETTER),
  changed: () => plan({ ...PLAN, agreed: 'Agreed 24-Nov-2026', changed_since_agreed: true }),
};
