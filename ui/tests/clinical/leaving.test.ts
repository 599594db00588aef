import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { DOOR } from '../desk/door';
import type { Place } from '../../src/places.svelte';
import { work } from '../../src/session.svelte';
import { fault, type Clinic } from './clinic';
import { asked, openClinic, settle, show } from './stage';

const WHERE: Place = { screen: 'assessment', assessment: 'a1', spot: 'where' };
const row = (id: string) => within(screen.getByTestId(`q-${id}`));
const rate = (id: string, number: string) =>
  fireEvent.click(row(id).getByRole('radio', { name: number }));

/** Holds every answer until it is let through, one by one. */
function hold(clinic: Clinic): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const own = clinic.ipc;
  const held = (args: unknown) =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        delete clinic.answers.record_answer;
        void own('record_answer', args as never).then(resolve as never, reject);
        clinic.answers.record_answer = held as never;
      });
    });
  clinic.answers.record_answer = held as never;
  clinic.answers.lock = () => ({ phase: 'locked', ...DOOR }) as never;
  return async () => {
    waiting.shift()?.();
    await settle();
  };
}

describe('answers that are still on their way', () => {
  it('are counted where "saved" would be taken for theirs', async () => {
    const clinic = openClinic();
    const letThrough = hold(clinic);
    await show(clinic, WHERE);
    await rate('pain-average', '3');
    await rate('pain-worst', '8');
    await new Promise((resolve) => setTimeout(resolve, 350));
    const line = screen.getByTestId('saved');
    expect(line.textContent).toContain('Saving 2 answers: not on this laptop yet');
    expect(line.dataset['waiting']).toBe('2');
    await letThrough();
    expect(line.textContent).not.toContain('Saved');
    await letThrough();
    expect(line.textContent).toContain('Saved on this laptop');
    expect(line.dataset['waiting']).toBe('0');
  });

  it('are kept before the screen locks, words without a rest among them', async () => {
    const clinic = openClinic();
    const letThrough = hold(clinic);
    await show(clinic, WHERE);
    await rate('pain-average', '3');
    await rate('pain-worst', '8');
    await fireEvent.input(row('pain-main').getByRole('textbox'), { target: { value: 'Neck' } });
    const locked = work.lock();
    await settle();
    expect(screen.queryByTestId('q-pain-average')).toBeNull();
    for (let left = 0; left < 3; left += 1) {
      expect(asked(clinic, 'lock')).toEqual([]);
      await letThrough();
    }
    await locked;
    expect(asked(clinic, 'lock')).toHaveLength(1);
    expect(clinic.view.answers['pain-worst']?.answer).toEqual({ state: 'given', value: 8 });
    expect(clinic.view.answers['pain-main']?.answer).toEqual({ state: 'given', value: 'Neck' });
    expect(screen.queryByTestId('not-kept')).toBeNull();
  });

  it('and cannot be kept are told at the door by number, without a word of them', async () => {
    const clinic = openClinic();
    hold(clinic);
    clinic.answers.record_answer = () => {
      throw fault('not-saved', 'The disk is full. Make room and try again.');
    };
    await show(clinic, WHERE);
    await fireEvent.input(row('pain-main').getByRole('textbox'), { target: { value: 'Neck' } });
    await work.lock();
    await settle();
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByTestId('not-kept').textContent).toContain('One answer could not be saved');
    expect(document.body.textContent).not.toContain('Neck');
  });
});
