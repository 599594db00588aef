import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/places.svelte';
import { fault, type Clinic } from './clinic';
import { asked, openClinic, settle, show } from './stage';

const at = (spot: string): Place => ({ screen: 'assessment', assessment: 'a1', spot });
const itemsOf = (clinic: Clinic, id: string) =>
  clinic.view.sections.flatMap(({ lists }) => lists).find((list) => list.id === id)?.items ?? [];

describe('the body map and its list form', () => {
  it('write the same rows', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    await fireEvent.click(
      screen.getByRole('checkbox', { name: 'Low back, left, seen from the back' }),
    );
    await settle();
    const onMap = itemsOf(clinic, 'region').map(({ fields }) => fields);
    expect(onMap).toEqual([{ region: 'low-back', side: 'left', view: 'back' }]);

    await fireEvent.click(screen.getByRole('button', { name: 'Use a list instead' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Add to Places that hurt' }));
    const pick = async (label: string, value: string) => {
      await fireEvent.change(screen.getByLabelText(label), { target: { value } });
      await settle();
    };
    await pick('Place', 'low-back');
    await pick('Side', 'right');
    await pick('Seen from', 'back');
    const [, inList] = itemsOf(clinic, 'region').map(({ fields }) => fields);
    expect(inList).toEqual({ region: 'low-back', side: 'right', view: 'back' });

    await fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Use the body map' }));
    const right = screen.getByRole('checkbox', { name: 'Low back, right, seen from the back' });
    expect(right.getAttribute('aria-checked')).toBe('true');
  });

  it('mark the main pain on the second click, and there is only one', async () => {
    const clinic = openClinic();
    await show(clinic, at('where'));
    const press = async (name: RegExp) => {
      await fireEvent.click(screen.getByRole('checkbox', { name }));
      await settle();
    };
    await press(/^Low back, left/);
    await press(/^Low back, left/);
    await press(/^Calf, left/);
    await press(/^Calf, left/);
    const main = itemsOf(clinic, 'region').filter(({ fields }) => fields['main'] === true);
    expect(main.map(({ fields }) => fields['region'])).toEqual(['calf']);
  });

  it('show a place on both sides as both halves', async () => {
    const clinic = openClinic();
    const [region] = clinic.view.sections.flatMap(({ lists }) => lists);
    region?.items.push({
      id: 'r1',
      fields: { region: 'knee', side: 'both' },
      words: 'Knees',
      notes: [],
    });
    await show(clinic, at('where'));
    const knees = screen.getAllByRole('checkbox', { name: /^Knee/ });
    expect(knees.map((knee) => knee.getAttribute('aria-checked'))).toEqual(Array(4).fill('true'));
  });
});

describe('a list of medicines', () => {
  it('does not keep a new row before its needed fields are there, and says so', async () => {
    const clinic = openClinic();
    await show(clinic, at('medicines'));
    await fireEvent.click(screen.getByRole('button', { name: 'Add to Medicines' }));
    const form = within(screen.getByRole('group', { name: 'New in Medicines' }));
    const type = async (label: string, value: string) => {
      await fireEvent.input(form.getByLabelText(label), { target: { value } });
      await fireEvent.blur(form.getByLabelText(label));
      await settle();
    };
    await type('Dose', '10 mg');
    expect(asked(clinic, 'record_item')).toEqual([]);
    expect(form.getByText(/Not kept yet. Needed: Medicine/)).toBeTruthy();
    await type('Medicine', 'amitriptyline');
    await type('Since', '2024');
    expect(asked(clinic, 'record_item')).toHaveLength(2);
    expect(itemsOf(clinic, 'medicine').map(({ fields }) => fields['name'])).toEqual([
      'morphine MR',
      'pregabalin',
      'amitriptyline',
    ]);
    expect(itemsOf(clinic, 'medicine')[2]?.fields).toMatchObject({ dose: '10 mg', since: '2024' });
  });

  it('keeps what stands in a field when the form is closed with Esc, as one row', async () => {
    const clinic = openClinic();
    await show(clinic, at('medicines'));
    await fireEvent.click(screen.getByRole('button', { name: 'Add to Medicines' }));
    const name = screen.getByLabelText('Medicine');
    await fireEvent.input(name, { target: { value: 'amitriptyline' } });
    await fireEvent.blur(name);
    const since = screen.getByLabelText('Since');
    since.focus();
    await fireEvent.input(since, { target: { value: '2024' } });
    await fireEvent.keyDown(since, { key: 'Escape' });
    await settle();
    const rows = itemsOf(clinic, 'medicine').filter(({ fields }) => {
      return fields['name'] === 'amitriptyline';
    });
    expect(rows.map(({ fields }) => fields)).toEqual([{ name: 'amitriptyline', since: '2024' }]);
  });

  it('says when a row was refused, and keeps what was typed in the form', async () => {
    const clinic = openClinic();
    await show(clinic, at('medicines'));
    clinic.answers.record_item = () => {
      throw fault('invalid', 'A patch is given in micrograms an hour, not in mg.');
    };
    await fireEvent.click(screen.getByRole('button', { name: 'Add to Medicines' }));
    const box = screen.getByLabelText('Medicine');
    await fireEvent.input(box, { target: { value: 'fentanyl patch 50 mg' } });
    await fireEvent.blur(box);
    await settle();
    expect(screen.getByText(/A patch is given in micrograms an hour/)).toBeTruthy();
    expect(screen.getByLabelText('Medicine')).toHaveProperty('value', 'fentanyl patch 50 mg');
  });

  it('asks why before a row is removed', async () => {
    const clinic = openClinic();
    await show(clinic, at('medicines'));
    await fireEvent.click(screen.getByRole('button', { name: /^Remove Pregabalin/ }));
    expect(asked(clinic, 'remove_item')).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'No longer so' }));
    await settle();
    expect(asked(clinic, 'remove_item')).toEqual([
      { assessment: 'a1', list: 'medicine', item: 'm2', reason: 'No longer so' },
    ]);
  });

  it('shows the opioid total in words with its table, and no gauge', async () => {
    await show(openClinic(), at('medicines'));
    const total = screen.getByTestId('ome-total');
    expect(total.textContent).toContain('at least 60 mg (FPM 2020)');
    expect(total.querySelector('progress, meter, svg')).toBeNull();
  });

  it('an empty list is not "none": that is an answer of its own', async () => {
    const clinic = openClinic();
    await show(clinic, at('medicines'));
    const allergies = within(screen.getByTestId('list-allergy'));
    expect(allergies.getByText('Nothing entered yet.')).toBeTruthy();
    await fireEvent.click(allergies.getByRole('button', { name: 'No known allergies' }));
    await settle();
    expect(asked(clinic, 'record_list')).toEqual([
      { assessment: 'a1', list: 'allergy', state: { state: 'given', value: true } },
    ]);
    expect(allergies.queryByText('Nothing entered yet.')).toBeNull();
  });
});
