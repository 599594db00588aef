/** A made-up case as it is changed on the bench. Every change gives a new case. Pure. */
import type {
  AnswerView,
  BenchAnswer,
  BenchCase,
  QuestionKind,
  QuestionView,
} from '../../backend/bindings';
import { answerFor, given, optionsOf, readNumber, UNANSWERED } from '../assessment/words';
import { folded } from './tree';

/** Far beyond any validity of an answer that does not last. */
export const LONG_AGO_DAYS = 400;

/** When and by whom an answer was given, as one choice. */
export const ASKED: readonly { value: string; label: string; days: number; origin: string }[] = [
  { value: 'today', label: 'Asked today', days: 0, origin: 'clinician' },
  { value: 'long-ago', label: 'Too old', days: LONG_AGO_DAYS, origin: 'clinician' },
  { value: 'patient', label: 'On a form', days: 0, origin: 'patient' },
  { value: 'paper', label: 'From a letter', days: 0, origin: 'paper' },
];

/** A new case: nobody with nothing. */
export function emptyCase(base: string): BenchCase {
  return { base, vignette: '', age: 47, answers: [], medicines: null, facts: [] };
}

/** Questions a case can answer: those that end in a fact, and not yet in the case. */
export function choosable(
  questions: readonly QuestionView[],
  now: BenchCase,
  typed: string,
): QuestionView[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const taken = new Set(now.answers.map((answer) => answer.question));
  const fits = (question: QuestionView): boolean => {
    const text = folded(`${question.id} ${question.text} ${question.group}`);
    return words.every((word) => text.includes(word));
  };
  return questions.filter((question) => !taken.has(question.id) && fits(question));
}

/** The case with one more question; a warning sign comes in as present, anything else open. */
export function withQuestion(now: BenchCase, question: QuestionView): BenchCase {
  if (now.answers.some((answer) => answer.question === question.id)) return now;
  const sign = question.kind.kind === 'feature';
  const first: AnswerView = sign ? given('present') : { state: 'not-asked' };
  const added = { question: question.id, answers: [first], days_ago: 0, origin: 'clinician' };
  return { ...now, answers: [...now.answers, added] };
}

export function withoutQuestion(now: BenchCase, question: string): BenchCase {
  return { ...now, answers: now.answers.filter((answer) => answer.question !== question) };
}

export function withAnswer(now: BenchCase, changed: BenchAnswer): BenchCase {
  const answers = now.answers.map((one) => (one.question === changed.question ? changed : one));
  return { ...now, answers };
}

/** What the list of an answer holds: its own options, then the four states. */
export function answerChoices(kind: QuestionKind): { value: string; label: string }[] {
  return optionsOf(kind).map(({ value, label }) => ({ value: `=${value}`, label }));
}

export const STATES = UNANSWERED.map(({ state, words }) => ({ value: state, label: words }));

/** The value of an answer's list: `=present`, or a state. */
export function chosenOf(answer: AnswerView): string {
  return answer.state === 'given' ? `=${String(answer.value)}` : answer.state;
}

/** The answer that a value of the list stands for. */
export function answerOf(kind: QuestionKind, chosen: string): AnswerView {
  if (chosen.startsWith('=')) return given(answerFor(kind, chosen.slice(1)));
  const known = UNANSWERED.find(({ state }) => state === chosen);
  return { state: known?.state ?? 'not-asked' };
}

/** The answer that was typed into a box; nothing typed is "not asked". */
export function typedAnswer(kind: QuestionKind, typed: string): AnswerView {
  const text = typed.trim();
  if (text === '') return { state: 'not-asked' };
  if (kind.kind === 'choices') return given(text.split(',').map((one) => one.trim()));
  if (kind.kind === 'number' || kind.kind === 'rating') return given(readNumber(text) ?? text);
  return given(text);
}

/** What stands in the box of an answer. */
export function boxOf(answer: AnswerView): string {
  if (answer.state !== 'given') return '';
  return Array.isArray(answer.value) ? answer.value.join(', ') : String(answer.value);
}

/** Whether an answer is typed, not chosen. */
export function isTyped(kind: QuestionKind): boolean {
  return optionsOf(kind).length === 0 || kind.kind === 'choices';
}

/** The choice of `ASKED` that an answer has; an answer of other days keeps them. */
export function askedOf(answer: BenchAnswer): string {
  const same = ASKED.find(
    ({ days, origin }) => days === answer.days_ago && origin === answer.origin,
  );
  return same?.value ?? 'as-written';
}

/** An answer in conflict with another, or no longer. */
export function withOther(answer: BenchAnswer, other: AnswerView | null): BenchAnswer {
  const first = answer.answers[0] ?? { state: 'not-asked' };
  return { ...answer, answers: other ? [first, other] : [first] };
}

/** What somebody else may have said without having seen the first: the opposite, if there is one. */
export function opposite(kind: QuestionKind, answer: AnswerView): AnswerView {
  const options = optionsOf(kind);
  const now = answer.state === 'given' ? String(answer.value) : '';
  const other = options.find(({ value }) => value !== now);
  return other ? given(answerFor(kind, other.value)) : { state: 'not-asked' };
}
