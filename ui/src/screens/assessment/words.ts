import type {
  AnswerShown,
  AnswerValue,
  AnswerView,
  Choice,
  QuestionKind,
  QuestionView,
} from '../../backend/bindings';
import { showDate } from '../../dates';

/** The four unanswered states, in the order they are offered. */
export const UNANSWERED: { state: Exclude<AnswerView['state'], 'given'>; words: string }[] = [
  { state: 'not-asked', words: 'Not asked' },
  { state: 'declined', words: 'Declined' },
  { state: 'not-known', words: 'Not known' },
  { state: 'cannot-be-answered', words: 'Cannot be answered' },
];

/** What a question without any entry has: nobody asked. Never "no". */
export const NOT_ASKED: AnswerShown = {
  answer: { state: 'not-asked' },
  who: null,
  conflict: null,
  stale: null,
  offered: null,
  offered_from: null,
  odd: null,
  from_letter: false,
};

/** Wraps a value as an answer that was given. */
export function given(value: AnswerValue): AnswerView {
  return { state: 'given', value };
}

/** The value of an answer, or null in each of the four unanswered states. */
export function valueOf(answer: AnswerView): AnswerValue | null {
  return answer.state === 'given' ? answer.value : null;
}

/** The options of a question as choices, with the value as the screen compares it. */
export function optionsOf(kind: QuestionKind): Choice[] {
  switch (kind.kind) {
    case 'feature':
      return [
        { value: 'present', label: 'Present' },
        { value: 'absent', label: 'Absent' },
      ];
    case 'yes-no':
      return [
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ];
    case 'choice':
    case 'choices':
    case 'item':
      return kind.options;
    default:
      return [];
  }
}

/** An option's value as the backend takes it: yes/no is a boolean, an item's a number. */
export function answerFor(kind: QuestionKind, option: string): AnswerValue {
  if (kind.kind === 'yes-no') return option === 'true';
  if (kind.kind === 'item') return Number(option);
  return option;
}

/** A value in words, with the question's own labels: "Present", "4 hours", "Burning, numb". */
export function inWords(question: QuestionView, value: AnswerValue): string {
  const label = (one: string): string =>
    optionsOf(question.kind).find((option) => option.value === one)?.label ?? one;
  if (Array.isArray(value)) return value.map(label).join(', ');
  const { kind } = question;
  if ((kind.kind === 'number' || kind.kind === 'decimal') && kind.unit !== '') {
    return `${value}\u00a0${kind.unit}`;
  }
  if (question.kind.kind === 'rating') return `${value} of 10`;
  if (question.kind.kind === 'date') return showDate(String(value));
  return label(String(value));
}

/** An answer in words, whichever of its five states it is in. */
export function answerInWords(question: QuestionView, answer: AnswerView): string {
  if (answer.state === 'given') return inWords(question, answer.value);
  return UNANSWERED.find(({ state }) => state === answer.state)?.words ?? 'Not asked';
}

/** Reads a whole number. */
export function readNumber(text: string): number | null {
  return /^-?\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Reads a decimal as its own text: the record keeps no floats, so that 52.5 stays 52.5. */
export function readDecimal(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}
