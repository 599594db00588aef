/** A small assessment with every kind of question and list. Invented; for tests and pictures. */
import type {
  Choice,
  ListView,
  QuestionKind,
  QuestionView,
  RegionView,
  ScoreView,
  SectionView,
} from '../../src/backend/bindings';

export const choices = (...pairs: [string, string][]): Choice[] =>
  pairs.map(([value, label]) => ({ value, label }));

export function question(
  id: string,
  text: string,
  kind: QuestionKind,
  more: Partial<QuestionView> = {},
): QuestionView {
  return { id, text, hint: '', kind, must: false, group: '', shown: true, ...more };
}

const FEATURE: QuestionKind = { kind: 'feature' };
const YES_NO: QuestionKind = { kind: 'yes-no' };
const text = (lines = 1): QuestionKind => ({ kind: 'text', lines });
const RATING: QuestionKind = { kind: 'rating', low: 'no pain', high: 'the worst you can imagine' };

function section(
  id: string,
  title: string,
  questions: QuestionView[],
  more: Partial<SectionView> = {},
): SectionView {
  return {
    id,
    title,
    hint: '',
    state: 'none',
    answered: 0,
    of: questions.length,
    must_open: 0,
    questions,
    lists: [],
    lists_first: false,
    scores: [],
    forms: [],
    addable: [],
    ...more,
  };
}

export function list(id: string, title: string, none: string, fields: QuestionView[]): ListView {
  return {
    id,
    title,
    hint: '',
    none_words: none,
    state: { state: 'not-asked' },
    fields,
    items: [],
    offered: [],
  };
}

const feature = (id: string, words: string, group: string): QuestionView =>
  question(id, words, FEATURE, { must: true, group });

const SAFETY = [
  question(
    'contact-mode',
    'How are you seeing this person?',
    {
      kind: 'choice',
      options: choices(
        ['in-person', 'In person'],
        ['video', 'By video'],
        ['phone', 'By phone'],
        ['letter', 'From papers only'],
      ),
    },
    { must: true, group: 'This contact' },
  ),
  question('contact-present', 'Who else is present?', text(), {
    hint: 'Names and how they are related, or “nobody”.',
    group: 'This contact',
  }),
  question('seen-alone', 'Was the person seen alone for part of the time?', YES_NO, {
    group: 'This contact',
  }),
  feature(
    'ces-bladder',
    'New or worse in the last 14 days: trouble with passing urine, such as less feeling of filling, slow to start, cannot go, or leaking',
    'Nerves at the base of the spine',
  ),
  feature(
    'ces-saddle',
    'New or worse in the last 14 days: numbness or changed feeling between the legs, around the genitals or back passage',
    'Nerves at the base of the spine',
  ),
  feature(
    'ces-both-legs',
    'New or worse in the last 14 days: pain, numbness or weakness in both legs',
    'Nerves at the base of the spine',
  ),
  feature(
    'cancer-history',
    'Cancer now or in the past, or thought likely',
    'Spinal cord and cancer',
  ),
  feature(
    'mscc-weakness',
    'Pain in the spine with new weakness of a limb',
    'Spinal cord and cancer',
  ),
];

const region = list('region', 'Places that hurt', 'No place can be named', [
  question(
    'region',
    'Place',
    {
      kind: 'choice',
      options: choices(
        ['low-back', 'Low back'],
        ['buttock', 'Buttock'],
        ['thigh', 'Thigh'],
        ['calf', 'Calf'],
        ['foot', 'Foot'],
        ['neck', 'Neck'],
      ),
    },
    { must: true },
  ),
  question(
    'side',
    'Side',
    {
      kind: 'choice',
      options: choices(
        ['left', 'Left'],
        ['right', 'Right'],
        ['both', 'Both'],
        ['middle', 'Middle'],
      ),
    },
    { must: true },
  ),
  question('view', 'Seen from', {
    kind: 'choice',
    options: choices(['front', 'Front'], ['back', 'Back']),
  }),
  question('main', 'Main pain', YES_NO),
  question('how-long', 'How long', text()),
  question('rating', 'How strong there', RATING),
]);

const WHERE = [
  question('pain-main', 'In a few words, what is the main problem?', text(2), { must: true }),
  question(
    'pain-months',
    'How long has the main pain been there?',
    { kind: 'number', min: 0, max: 1200, unit: 'months' },
    { must: true },
  ),
  question('pain-average', 'Average in the last 7 days', RATING, {
    must: true,
    group: 'How strong is the pain?',
  }),
  question('pain-worst', 'Worst in the last 7 days', RATING, { group: 'How strong is the pain?' }),
  question('pain-now', 'Right now', RATING, { group: 'How strong is the pain?' }),
  question(
    'pain-words',
    'Which words fit?',
    {
      kind: 'choices',
      options: choices(
        ['aching', 'Aching'],
        ['burning', 'Burning'],
        ['stabbing', 'Stabbing'],
        ['electric', 'Electric shocks'],
        ['tingling', 'Tingling'],
        ['numb', 'Numb'],
        ['cramping', 'Cramping'],
        ['throbbing', 'Throbbing'],
        ['pressing', 'Pressing or tight'],
        ['itching', 'Itching'],
        ['cold', 'Cold'],
        ['none', 'None of these'],
      ),
    },
    { group: 'Words that fit the pain' },
  ),
];

const DAYS = choices(
  ['0', 'Not at all'],
  ['1', 'Several days'],
  ['2', 'More than half the days'],
  ['3', 'Nearly every day'],
);
const item = (id: string, words: string): QuestionView =>
  question(
    id,
    words,
    { kind: 'item', instrument: 'phq-9', options: DAYS },
    { must: true, group: 'Low mood' },
  );

const MOOD = [
  item('phq-9-1', 'Little interest or pleasure in doing things'),
  item('phq-9-2', 'Feeling down, depressed, or hopeless'),
  item('phq-9-3', 'Trouble falling or staying asleep, or sleeping too much'),
  item('phq-9-9', 'Thoughts that you would be better off dead or of hurting yourself in some way'),
  question('memory', 'Any trouble with memory or thinking?', YES_NO, { group: 'Also' }),
];

const PHQ: ScoreView = {
  instrument: 'phq-9',
  name: 'PHQ-9',
  stem: 'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
  words: 'incomplete (3 of 4), 6 to 9 possible',
  band: null,
  total: null,
  max: 27,
  parts: [],
  change: null,
  sources: [],
  prompts: [],
  notes: ['Sleep, tiredness and appetite overlap with pain.'],
  attribution: 'PHQ-9, developed by Drs Spitzer, Williams, Kroenke and colleagues.',
};

const medicine = list('medicine', 'Medicines', 'No medicines at all', [
  question('name', 'Medicine', text(), { must: true }),
  question('strength', 'Strength', text()),
  question('dose', 'Dose', text()),
  question('times', 'Times a day', { kind: 'decimal', min: 0, max: 24, unit: 'a day' }),
  question('as-needed', 'As needed', YES_NO),
  question('since', 'Since', text()),
  question('unwanted', 'Unwanted effects', text(2)),
]);
medicine.hint = 'As taken, from every source.';
medicine.items = [
  {
    id: 'm1',
    fields: { name: 'morphine MR', strength: '30 mg', dose: '30 mg', times: '2' },
    words: 'Morphine MR tablets 30 mg, twice a day',
    notes: [{ tone: 'info', words: 'OME 60 mg a day, factor 1 (FPM 2020, V2)' }],
  },
  {
    id: 'm2',
    fields: { name: 'pregabalin', dose: '150 mg', times: '2' },
    words: 'Pregabalin 150 mg, twice a day',
    notes: [
      {
        tone: 'check',
        words: 'Opioid with a gabapentinoid: risk of slow breathing. MHRA 2017 and 2021, V2.',
      },
    ],
  },
];
const allergy = list('allergy', 'Allergies and intolerances', 'No known allergies', [
  question('substance', 'Medicine or substance', text(), { must: true }),
  question('reaction', 'What happened', text(), { must: true }),
]);
allergy.offered = [
  {
    id: 'o1',
    fields: { substance: 'penicillin', reaction: 'rash' },
    words: 'Penicillin, rash, allergy',
    notes: [],
  },
];

/** The sections of a new assessment. */
export function sections(): SectionView[] {
  return structuredClone([
    section('safety', 'Safety questions', SAFETY, {
      hint: 'Ask every one, every time. Clinical judgement overrides this list.',
    }),
    section('where', 'Where it hurts', WHERE, { lists: [region], lists_first: true }),
    section('feel', 'What it feels like', []),
    section('effect', 'Effect on life', []),
    section('mood', 'Mood and worry', MOOD, { scores: [PHQ] }),
    section('sleep', 'Sleep', []),
    section('work', 'Work and home', []),
    section('medicines', 'Medicines', [], { lists: [medicine, allergy] }),
    section('health', 'Health conditions', [
      question('kidney-date', 'Date of the kidney test', { kind: 'date' }),
    ]),
    section('matters', 'What matters to you', [
      question('matters-most', 'What matters most to you?', text(4), { must: true }),
    ]),
  ]);
}

const PAIRED: [string, string[]][] = [
  ['front', ['shoulder', 'upper-arm', 'elbow', 'forearm', 'wrist', 'hand', 'chest', 'abdomen']],
  ['front', ['hip', 'groin', 'thigh', 'knee', 'shin', 'ankle', 'foot']],
  ['back', ['shoulder', 'upper-arm', 'elbow', 'forearm', 'wrist', 'hand', 'upper-back']],
  ['back', ['mid-back', 'low-back', 'buttock', 'hip', 'thigh', 'knee', 'calf', 'ankle', 'foot']],
];

const named = (id: string): string =>
  (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll('-', ' ');

/** Every region of the map. */
export function regions(): RegionView[] {
  const middle = ['front', 'back'].flatMap((view) =>
    (view === 'front' ? ['head', 'face', 'neck', 'pelvis'] : ['head', 'neck']).map((id) => ({
      code: `${view}-middle-${id}`,
      name: named(id),
      view,
      side: 'middle',
    })),
  );
  const paired = PAIRED.flatMap(([view, ids]) =>
    ids.flatMap((id) =>
      ['left', 'right'].map((side) => ({
        code: `${view}-${side}-${id}`,
        name: named(id),
        view,
        side,
      })),
    ),
  );
  return [...middle, ...paired];
}
