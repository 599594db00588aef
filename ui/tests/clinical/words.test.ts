import { describe, expect, it } from 'vitest';
import {
  answerFor,
  answerInWords,
  dateInWords,
  inWords,
  NOT_ASKED,
  readDate,
  readDecimal,
  readNumber,
  UNANSWERED,
} from '../../src/screens/assessment/words';
import { choices, question } from './questions';

describe('answers in words', () => {
  const feature = question('f', 'Numbness', { kind: 'feature' });

  it('say present and absent of a warning sign, and each of the four states by its name', () => {
    expect(inWords(feature, true)).toBe('Present');
    expect(inWords(feature, false)).toBe('Absent');
    expect(UNANSWERED.map(({ state }) => answerInWords(feature, { state }))).toEqual([
      'Not asked',
      'Declined',
      'Not known',
      'Cannot be answered',
    ]);
  });

  it('start as not asked, which is not a value', () => {
    expect(NOT_ASKED.answer).toEqual({ state: 'not-asked' });
  });

  it('use the labels of the choices', () => {
    const kind = { kind: 'choices' as const, options: choices(['a', 'Aching'], ['b', 'Burning']) };
    expect(inWords(question('w', 'Words', kind), ['a', 'b'])).toBe('Aching, Burning');
  });

  it('go to the program as it keeps them: booleans for signs, numbers for items', () => {
    expect(answerFor({ kind: 'feature' }, 'true')).toBe(true);
    expect(answerFor({ kind: 'yes-no' }, 'false')).toBe(false);
    expect(answerFor({ kind: 'item', instrument: 'phq-9', options: [] }, '3')).toBe(3);
    expect(answerFor({ kind: 'choice', options: [] }, 'phone')).toBe('phone');
  });
});

describe('dates', () => {
  it.each([
    ['24-Nov-2026', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['4 november 2026', '2026-11-04'],
    ['2026-11-24', '2026-11-24'],
  ])('%s is read as %s', (typed, iso) => expect(readDate(typed)).toBe(iso));

  it.each(['31-Feb-2026', '24-Nov', '24-Xyz-2026', 'tomorrow', '24-13-2026', '01-01-0026'])(
    '%s is not read as any date',
    (typed) => expect(readDate(typed)).toBeNull(),
  );

  it('are shown as staff read them', () => expect(dateInWords('2026-11-24')).toBe('24-Nov-2026'));
});

describe('numbers', () => {
  it('are whole, or nothing', () => {
    expect(readNumber(' 14 ')).toBe(14);
    expect(readNumber('52.5')).toBeNull();
    expect(readNumber('about 5')).toBeNull();
  });

  it('with a point stay the text they were typed as', () => {
    expect(readDecimal('52,5')).toBe('52.5');
    expect(readDecimal('2')).toBe('2');
    expect(readDecimal('2 tablets')).toBeNull();
  });
});
