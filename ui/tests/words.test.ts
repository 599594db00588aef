import { describe, expect, it } from 'vitest';
import { asFault } from '../src/backend/backend';
import { pathOf, runsOf } from '../src/charts/line';
import { inWords } from '../src/countdown.svelte';
import { readDate, showDate } from '../src/dates';
import { findsFor } from '../src/finds';
import { strengthOf } from '../src/passphrase';
import { textOf } from '../src/screens/csv/read';
import { nextPlace } from '../src/screens/patient/next';
import { placeOf, readSpot, writeSpot } from '../src/screens/worklist/opening';
import { typedText } from '../src/session.svelte';
import { walk } from '../src/walk';
import { PATIENT } from './desk/patient';

describe('dates', () => {
  it('reads a date as staff write it, day first', () => {
    for (const typed of ['4/11/2026', '04-Nov-2026', '4 november 2026', '04112026', '2026-11-04']) {
      expect(readDate(typed), typed).toBe('2026-11-04');
    }
  });

  it('takes no day that does not exist and no year in two digits', () => {
    for (const typed of ['31/02/2026', '4/11/26', '11-2026', '4-Foo-2026', '13/13/2026', '']) {
      expect(readDate(typed), typed).toBeNull();
    }
  });

  it('shows a date with the month in letters', () => {
    expect(showDate('1979-09-17')).toBe('17-Sep-1979');
    expect(showDate('17/9')).toBe('17/9');
  });
});

describe('passphrases', () => {
  it('says how many characters are missing', () => {
    expect(strengthOf('lantern', 12)).toEqual({
      level: 'short',
      words: 'Too short: 5 more characters.',
    });
  });

  it('calls repetition and runs weak, however long', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaaaaaa', 12).level).toBe('weak');
    expect(strengthOf('abcdefghijklmnopqrst', 12).level).toBe('weak');
  });

  it('calls three ordinary words strong and one long word fair', () => {
    expect(strengthOf('harbour lantern walnut', 12).level).toBe('strong');
    expect(strengthOf('incomprehensible', 12).level).toBe('fair');
  });
});

describe('find', () => {
  it('finds a screen by the start of any of its words', () => {
    expect(findsFor('emerg num').map((find) => find.name)).toEqual(['Local emergency numbers']);
  });

  it('says what a label means', () => {
    expect(findsFor('what is ome')[0]?.note).toContain('morphine');
  });

  it('offers screens and actions, not meanings, before anything is typed', () => {
    expect(findsFor(' ').every((find) => find.kind !== 'Meaning')).toBe(true);
  });
});

describe('charts', () => {
  const box = { left: 0, top: 0, width: 100, height: 100 };

  it('draws no line through a missing score', () => {
    const runs = runsOf([10, null, 20], 20, box);
    expect(runs.map((run) => run.map((spot) => spot.x))).toEqual([[0], [100]]);
  });

  it('puts the highest possible score at the top', () => {
    expect(pathOf(runsOf([0, 20], 20, box)[0] ?? [])).toBe('M0.0 100.0L100.0 0.0');
  });
});

describe('lists', () => {
  it('stay inside their rows', () => {
    expect(walk('ArrowDown', 2, 3)).toBe(2);
    expect(walk('ArrowUp', -1, 3)).toBe(0);
    expect(walk('ArrowDown', -1, 0)).toBeNull();
    expect(walk('x', 1, 3)).toBeNull();
  });

  it('open the patient when the assessment of a row is gone', () => {
    expect(placeOf({ opens: 'result', assessment: null, patient: 'p1' }).screen).toBe('patient');
    expect(placeOf({ opens: 'result', assessment: 'a1', patient: 'p1' }).screen).toBe('result');
  });

  it('find their tab and filter again, slashes and all', () => {
    const spot = { tab: 'to-do', filter: '01/02' };
    expect(readSpot(writeSpot(spot))).toEqual(spot);
    expect(readSpot(undefined)).toEqual({ tab: '', filter: '' });
  });
});

describe('the main button of a record', () => {
  it('continues what is running before anything else', () => {
    expect(nextPlace(PATIENT)?.screen).toBe('assessment');
  });

  it('leads to the result while nothing is signed, then to the plan', () => {
    const finished = { ...PATIENT, open_assessment: null };
    expect(nextPlace(finished)?.screen).toBe('result');
    const signed = { ...finished, now: { ...PATIENT.now, decision: 'Medicines review' } };
    expect(nextPlace(signed)?.screen).toBe('plan');
  });
});

describe('words that are kept', () => {
  it('copies what was typed out of a call that failed, and no passphrase or id', () => {
    const args = {
      assessment: 'a1',
      form: { lead: 'Call back', passphrase: 'secret words', comment: 'Worse at night' },
    };
    expect(typedText(args)).toBe('Call back\nWorse at night');
  });

  it('are never those of the webview, whose errors have a code and a message and no fields', () => {
    const thrown = { name: 'NotReadableError', code: 0, message: '' };
    expect(asFault(thrown)).toMatchObject({ code: 'other', fields: [] });
    expect(asFault(thrown).message).toContain('Try again');
    const refusal = { code: 'invalid', message: 'See the fields.', fields: [], wait_seconds: null };
    expect(asFault(refusal)).toBe(refusal);
  });

  it('copies no bytes of a document, no id and no code that was chosen', () => {
    expect(typedText({ patient: 'p1', at: 1_048_576, piece: btoa('%PDF-1.7') })).toBe('');
    const form = { what: 'photograph', title: 'Left heel', bytes: 2_500_000 };
    expect(typedText({ patient: 'p1', form })).toBe('Left heel');
    expect(typedText({ patient: 'p1', document: 'd1', folder: '/stick' })).toBe('/stick');
    expect(typedText({ patient: 'p1', other: 'p2', grounds: 'number' })).toBe('');
    expect(typedText({ what: 'rules', digest: 'ab12', reason: 'Superseded' })).toBe('Superseded');
  });

  it('copies the time of something written down late', () => {
    const late = { on: '2026-11-24', at: '10:20', by: '' };
    expect(typedText({ patient: 'p1', form: { said: 'No pulse', late } })).toBe(
      'No pulse\n2026-11-24\n10:20',
    );
  });

  it('reads a file in either of the two encodings that spreadsheets write', () => {
    const old = new Uint8Array([0xc5, 0x6b, 0x65]).buffer;
    expect(textOf(old)).toBe('Åke');
    expect(textOf(new TextEncoder().encode('Åke').buffer as ArrayBuffer)).toBe('Åke');
  });

  it('tells a wait in minutes and seconds', () => {
    expect([30, 60, 95].map(inWords)).toEqual(['30 s', '1 min', '1 min 35 s']);
  });
});
