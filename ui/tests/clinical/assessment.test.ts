import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { places, type Place } from '../../src/places.svelte';
import { fault, NOBODY_ASKED } from './clinic';
import { asked, openClinic, settle, show } from './stage';

const at = (spot: string): Place => ({ screen: 'assessment', assessment: 'a1', spot });
const row = (id: string) => within(screen.getByTestId(`q-${id}`));

describe('the assessment', () => {
  it('never shows a question nobody asked as answered, absent or no', async () => {
    await show(openClinic(), at('safety'));
    const bladder = row('ces-bladder');
    const radios = bladder.getAllByRole('radio').map((one) => one.getAttribute('aria-checked'));
    expect(radios).toEqual(['false', 'false']);
    expect(bladder.getByRole('combobox')).toHaveProperty('value', 'not-asked');
    const choices = [...bladder.getByRole('combobox').querySelectorAll('option')];
    expect(choices.map(({ textContent }) => textContent)).toEqual([
      'Not asked',
      'Declined',
      'Not known',
      'Cannot be answered',
    ]);
  });

  it('shows a warning sign as the program says it', async () => {
    const clinic = openClinic();
    clinic.view.answers['ces-saddle'] = {
      ...NOBODY_ASKED,
      answer: { state: 'given', value: 'absent' },
    };
    await show(clinic, at('safety'));
    const absent = row('ces-saddle').getByRole('radio', { name: 'Absent' });
    expect(absent.getAttribute('aria-checked')).toBe('true');
    expect(row('ces-saddle').getByRole('combobox')).toHaveProperty('value', 'given');
  });

  it('keeps each answer at once, and says saved only after it came back', async () => {
    const clinic = openClinic();
    let end: (value: never) => void = () => undefined;
    await show(clinic, at('safety'));
    clinic.answers.record_answer = () => new Promise((resolve) => (end = resolve as typeof end));
    await fireEvent.click(row('ces-bladder').getByRole('radio', { name: 'Absent' }));
    await settle();
    expect(asked(clinic, 'record_answer')).toEqual([
      { assessment: 'a1', question: 'ces-bladder', answer: { state: 'given', value: 'absent' } },
    ]);
    expect(screen.getByTestId('saved').textContent).toBe('');
    end(clinic.after() as never);
    await settle();
    expect(screen.getByTestId('saved').textContent).toContain('Saved on this laptop 10:42:01');
  });

  it('shows the newest answer when several are on their way', async () => {
    const clinic = openClinic();
    const waiting: (() => void)[] = [];
    await show(clinic, at('where'));
    const own = clinic.ipc;
    clinic.answers.record_answer = (args) =>
      new Promise((resolve) => {
        waiting.push(() => {
          delete clinic.answers.record_answer;
          void own('record_answer', args).then((after) => resolve(after as never));
        });
      });
    const rating = row('pain-average');
    await fireEvent.click(rating.getByRole('radio', { name: '3' }));
    await fireEvent.click(rating.getByRole('radio', { name: '8' }));
    await settle();
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await settle();
    expect(rating.getByRole('radio', { name: '8' }).getAttribute('aria-checked')).toBe('true');
    expect(clinic.view.answers['pain-average']?.answer).toEqual({ state: 'given', value: 8 });
  });

  it('stops everything when an answer was not saved, and tries the same answer again', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    clinic.answers.record_answer = () => {
      throw fault('not-saved', 'The disk is full. Make room and try again.');
    };
    await fireEvent.click(row('pain-average').getByRole('radio', { name: '9' }));
    await settle();
    const panel = within(screen.getByRole('alertdialog', { name: 'This answer was not saved' }));
    expect(panel.getByText('The disk is full. Make room and try again.')).toBeTruthy();
    expect(screen.getByTestId('saved').textContent).toBe('');
    delete clinic.answers.record_answer;
    await fireEvent.click(panel.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(clinic.view.answers['pain-average']?.answer).toEqual({ state: 'given', value: 9 });
    expect(screen.getByTestId('saved').textContent).toContain('Saved on this laptop');
  });

  it('says beside the question why a value was refused, and leaves it there to be put right', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    clinic.answers.record_answer = () => {
      throw fault('invalid', 'Enter a number from 0 to 1200.');
    };
    const box = row('pain-months').getByRole('textbox');
    await fireEvent.input(box, { target: { value: '5000' } });
    await fireEvent.blur(box);
    await settle();
    expect(row('pain-months').getByText('Enter a number from 0 to 1200.')).toBeTruthy();
    expect(row('pain-months').getByRole('textbox')).toHaveProperty('value', '5000');
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('reads "1" and then "0" as ten', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    const group = row('pain-worst').getByRole('radiogroup');
    await fireEvent.keyDown(group, { key: '1' });
    await fireEvent.keyDown(group, { key: '0' });
    await settle();
    expect(clinic.view.answers['pain-worst']?.answer).toEqual({ state: 'given', value: 10 });
  });

  it('keeps typed text when the box is left, and what is cleared is not asked', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    const box = row('pain-main').getByRole('textbox');
    await fireEvent.input(box, { target: { value: 'Low back' } });
    expect(asked(clinic, 'record_answer')).toEqual([]);
    await fireEvent.blur(box);
    await settle();
    expect(clinic.view.answers['pain-main']?.answer).toEqual({ state: 'given', value: 'Low back' });
    await fireEvent.input(box, { target: { value: '' } });
    await fireEvent.blur(box);
    await settle();
    expect(clinic.view.answers['pain-main']?.answer).toEqual({ state: 'not-asked' });
  });

  it('keeps typed text 600 ms after the last key', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    vi.useFakeTimers();
    try {
      const box = row('pain-main').getByRole('textbox');
      await fireEvent.input(box, { target: { value: 'Low' } });
      vi.advanceTimersByTime(599);
      expect(asked(clinic, 'record_answer')).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(asked(clinic, 'record_answer')).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leads through the route of a warning sign at once', async () => {
    const clinic = openClinic();
    clinic.routes['ces-saddle'] = 'ces';
    await show(clinic, at('safety'));
    await fireEvent.click(row('ces-saddle').getByRole('radio', { name: 'Present' }));
    await settle();
    expect(places.here).toMatchObject({ screen: 'route', patient: 'p1', route: 'ces' });
  });

  it('moving over "Present" with the arrow keys does not record it', async () => {
    const clinic = openClinic();
    await show(clinic, at('safety'));
    const present = row('ces-saddle').getByRole('radio', { name: 'Present' });
    present.focus();
    await fireEvent.keyDown(present, { key: 'ArrowRight' });
    await settle();
    expect(document.activeElement?.textContent).toBe('Absent');
    expect(asked(clinic, 'record_answer')).toEqual([]);
  });

  it('turns what was typed into entries when a section is left', async () => {
    const clinic = openClinic();
    await show(clinic, at('safety'));
    await fireEvent.keyDown(window, { key: 'ArrowRight', altKey: true });
    await settle();
    expect(asked(clinic, 'leave_section')).toEqual([{ assessment: 'a1' }]);
    expect(screen.getByTestId('list-region')).toBeTruthy();
  });

  it('goes to the best next question with Ctrl+Enter, whatever section it is in', async () => {
    await show(openClinic(), at('safety'));
    await fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true });
    await settle();
    const group = screen.getByTestId('q-pain-average');
    expect(group.contains(document.activeElement)).toBe(true);
  });

  it('offers what stood last time, and takes nothing over by itself', async () => {
    const clinic = openClinic();
    clinic.view.answers['pain-main'] = {
      answer: { state: 'not-asked' },
      who: null,
      conflict: null,
      stale: null,
      offered: 'Left knee',
      offered_from: '12-Oct-2026',
      odd: null,
      from_letter: false,
    };
    clinic.answers.take_offer = () => clinic.after();
    await show(clinic, at('where'));
    expect(row('pain-main').getByRole('textbox')).toHaveProperty('value', '');
    await fireEvent.click(row('pain-main').getByRole('button', { name: /Confirm/ }));
    await settle();
    expect(asked(clinic, 'take_offer')).toEqual([{ assessment: 'a1', question: 'pain-main' }]);
  });

  it('lists what is missing instead of finishing', async () => {
    const clinic = openClinic();
    clinic.answers.finish_assessment = () => ({
      finished: false,
      missing: [{ value: 'pain-main', label: 'In a few words, what is the main problem?' }],
      needs_safety_net: [],
      blocked_by: [],
      author: 'Nurse A. Osei',
      asks_again: true,
    });
    await show(clinic, at('safety'));
    await fireEvent.click(screen.getByRole('button', { name: 'Finish assessment' }));
    await settle();
    const dialog = within(screen.getByRole('dialog', { name: 'Not finished yet' }));
    await fireEvent.click(dialog.getByRole('button', { name: /main problem/ }));
    await settle();
    expect(document.activeElement?.id).toBe('q-pain-main');
  });

  it('asks for a reason and a safety-net when warning signs were declined', async () => {
    const clinic = openClinic();
    clinic.answers.finish_assessment = ({ form }) => ({
      finished: form.reason !== '',
      missing: [],
      needs_safety_net: [{ value: 'ces-saddle', label: 'Numbness between the legs' }],
      blocked_by: [],
      author: 'Nurse A. Osei',
      asks_again: true,
    });
    await show(clinic, at('safety'));
    await fireEvent.click(screen.getByRole('button', { name: 'Finish assessment' }));
    await settle();
    const finish = screen.getByRole('button', { name: 'Finish with this reason' });
    expect(finish).toHaveProperty('disabled', true);
    await fireEvent.input(screen.getByLabelText(/Why they were not answered/), {
      target: { value: 'Did not wish to say' },
    });
    await fireEvent.input(screen.getByLabelText(/Safety-net given/), {
      target: { value: 'Card given; 999 if numb' },
    });
    expect(screen.getByTestId('finish-author').textContent).toContain('You are Nurse A. Osei');
    expect(finish).toHaveProperty('disabled', true);
    await fireEvent.input(screen.getByLabelText(/Your passphrase, since several/), {
      target: { value: 'kettle orbit fern gravel' },
    });
    await fireEvent.click(finish);
    await settle();
    expect(asked(clinic, 'finish_assessment')[1]).toEqual({
      assessment: 'a1',
      form: {
        reason: 'Did not wish to say',
        safety_net: 'Card given; 999 if numb',
        sure: true,
        passphrase: 'kettle orbit fern gravel',
      },
    });
    expect(places.here.screen).toBe('result');
  });
});
