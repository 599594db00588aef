import { describe, expect, it } from 'vitest';
import type { RuleLine } from '../../src/backend/bindings';
import {
  firstSentence,
  folded,
  matching,
  pathTo,
  rows,
  shortName,
  step,
} from '../../src/screens/rules/tree';
import { readSpot, writeSpot } from '../../src/screens/rules/spot';

const rule = (id: string, search: string): RuleLine => ({
  id,
  words: `${id} says this. And more.`,
  search: folded(`${id} ${search}`),
  overdue: false,
});

const BOOK = {
  rules: [rule('ces-new', 'saddle numbness'), rule('mscc', 'cancer'), rule('default', 'always')],
  decided: [
    {
      id: 'warning-signs',
      title: 'Warning signs',
      values: [
        { id: 'ces', title: 'Nerves', rules: ['ces-new'] },
        { id: 'mscc', title: 'Cord', rules: ['mscc'] },
      ],
    },
    {
      id: 'urgency',
      title: 'Urgency',
      values: [
        { id: 'emergency', title: 'Emergency', rules: ['ces-new', 'mscc'] },
        { id: 'routine', title: 'Routine', rules: ['default'] },
      ],
    },
  ],
};

const keys = (open: string[], filter = ''): string[] =>
  rows(BOOK, new Set(open), filter).map((row) => row.key);

describe('the tree of rules', () => {
  it('shows only what is decided until something is opened', () => {
    expect(keys([])).toEqual(['warning-signs', 'urgency']);
    expect(keys(['urgency', 'urgency/routine'])).toEqual([
      'warning-signs',
      'urgency',
      'urgency/emergency',
      'urgency/routine',
      'urgency/routine/default',
    ]);
  });

  it('counts a rule once however many values it gives', () => {
    const counts = rows(BOOK, new Set(), '').map((row) => row.count);
    expect(counts).toEqual([2, 3]);
  });

  it('opens everything that a filter finds, and hides the rest', () => {
    expect(keys([], 'Saddle')).toEqual([
      'warning-signs',
      'warning-signs/ces',
      'warning-signs/ces/ces-new',
      'urgency',
      'urgency/emergency',
      'urgency/emergency/ces-new',
    ]);
    expect(keys([], 'saddle cancer')).toEqual([]);
    expect([...matching(BOOK, 'CES-new')]).toEqual(['ces-new']);
  });

  it('is walked as every tree is: right opens, left closes and goes up', () => {
    const closed = rows(BOOK, new Set(), '');
    expect(step('ArrowRight', closed, 0)).toEqual({ open: 'warning-signs' });
    const open = rows(BOOK, new Set(['warning-signs', 'warning-signs/ces']), '');
    expect(step('ArrowRight', open, 0)).toEqual({ go: 1 });
    expect(step('ArrowLeft', open, 2)).toEqual({ go: 1 });
    expect(step('ArrowLeft', open, 1)).toEqual({ close: 'warning-signs/ces' });
    expect(step('Enter', open, 2)).toEqual({ choose: 'ces-new' });
    expect(step('End', open, 0)).toEqual({ go: open.length - 1 });
    expect(step('x', open, 0)).toBeNull();
  });

  it('opens the way to a rule that was opened from elsewhere', () => {
    expect(pathTo(BOOK, 'default')).toEqual(['urgency', 'urgency/routine']);
    expect(pathTo(BOOK, 'gone')).toEqual([]);
  });

  it('shows a constraint without its sort and a reason by its first sentence', () => {
    expect(shortName('claim:no-threshold')).toBe('no-threshold');
    expect(firstSentence('One. Two.')).toBe('One.');
    expect(firstSentence('Only one')).toBe('Only one');
  });
});

describe('the spot on the rules screen', () => {
  it('comes back as it went', () => {
    expect(readSpot(writeSpot('tests', 'ces-new'))).toEqual({ tab: 'tests', rule: 'ces-new' });
  });

  it('is the rules for anything else', () => {
    for (const spot of [undefined, '', 'gone/x', 'tests']) {
      expect(readSpot(spot)).toEqual({ tab: 'rules', rule: '' });
    }
  });
});
