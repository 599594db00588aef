import { describe, expect, it } from 'vitest';
import {
  answerFor,
  answerInWords,
  inWords,
  NOT_ASKED,
  readDecimal,
  readNumber,
  UNANSWERED,
} from '../../src/screens/assessment/words';
import { choices, question } from './questions';

describe('answers in words', () => {
  const feature = question('f', 'Numbness', { kind: 'feature' });

  it('say present and absent of a warning sign, and each of the four states by its name', () => {
    expect(inWords(feature, 'present')).toBe('Present');
    expect(inWords(feature, 'absent')).toBe('Absent');
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

  it('carry their unit, and dates read as staff write them', () => {
    const months = question('m', 'How long', { kind: 'number', min: 0, max: 9, unit: 'months' });
    expect(inWords(months, 4)).toBe('4\u00a0months');
    expect(inWords(question('d', 'When', { kind: 'date' }), '2026-11-24')).toBe('24-Nov-2026');
  });

  it('go to the program as it takes them: words for signs, booleans for yes and no, numbers for items', () => {
    expect(answerFor({ kind: 'feature' }, 'present')).toBe('present');
    expect(answerFor({ kind: 'yes-no' }, 'false')).toBe(false);
    expect(answerFor({ kind: 'item', instrument: 'phq-9', options: [] }, '3')).toBe(3);
    expect(answerFor({ kind: 'choice', options: [] }, 'phone')).toBe('phone');
  });
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
