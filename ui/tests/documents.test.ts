import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Printers } from '../src/backend/bindings';
import { line } from '../src/line.svelte';
import { places } from '../src/places.svelte';
import { DOCUMENTS, HERE, THERE } from './desk/documents';
import { SESSION } from './desk/door';
import { PATIENT } from './desk/patient';
import { WORKLIST } from './desk/worklist';
import { fault, openWindow, settle, type Answers, type Call } from './window';

async function record(answers: Answers = {}): Promise<Call[]> {
  const calls = await openWindow({
    status: { phase: 'open' as const, ...SESSION },
    worklist: WORKLIST,
    open_patient: PATIENT,
    documents: DOCUMENTS,
    ...answers,
  });
  places.go({ screen: 'patient', patient: 'p1' });
  await settle();
  return calls;
}

const card = () => screen.getByRole('region', { name: 'Documents' });
const asked = (calls: Call[], name: string) =>
  calls.filter((one) => one.name === name).map((one) => one.args);

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function choose(file: File): Promise<void> {
  await fireEvent.change(screen.getByLabelText('File'), { target: { files: [file] } });
  await settle();
}

describe('the documents of a record', () => {
  it('stand with what they are, who attached them and where they are', async () => {
    await record();
    const rows = within(card()).getAllByRole('listitem');
    expect(rows.map((row) => within(row).getByTestId('document-place').textContent)).toEqual([
      HERE.place,
      THERE.place,
    ]);
    expect(rows[0]?.textContent).toContain('Photograph, Picture, 2.1 MB. Ama Osei');
    expect(within(rows[1] as HTMLElement).queryByRole('button', { name: /^Open/ })).toBeNull();
  });

  it('are fetched only when somebody asks, who is told first how long it takes', async () => {
    const place = 'Asked for: 0 bytes of 2.1 MB are here';
    const waits = { ...DOCUMENTS, rows: [HERE, { ...THERE, place, fetch: null }] };
    const calls = await record({ fetch_document: waits });
    expect(asked(calls, 'fetch_document')).toEqual([]);
    await press(`${THERE.fetch}: ${THERE.title}`);
    expect(asked(calls, 'fetch_document')).toEqual([{ patient: 'p1', document: THERE.id }]);
    // The pressed button is gone; what came of it is said and has the focus.
    expect(document.activeElement).toBe(within(card()).getByText(place));
    expect(screen.getByTestId('live').textContent).toContain(THERE.title);
  });

  it('stay on the screen when they cannot be asked for anew, with the reason above them', async () => {
    let times = 0;
    await record({
      documents: () => {
        times += 1;
        if (times > 1) throw fault('other', 'The documents cannot be read. Try again.');
        return DOCUMENTS;
      },
    });
    line.turns += 1;
    await settle();
    expect(within(card()).getByText(/cannot be read/)).toBeTruthy();
    expect(within(card()).getAllByRole('listitem')).toHaveLength(2);
  });

  it('stand below the medicines and the scores, which no letter pushes down', async () => {
    await record();
    const now = screen.getByRole('complementary', { name: 'What stands now' });
    const titles = within(now).getAllByRole('heading', { level: 2 });
    const at = (title: string) => titles.findIndex((one) => one.textContent === title);
    expect(at('Medicines')).toBeGreaterThan(-1);
    expect(at('Documents')).toBeGreaterThan(at('Medicines'));
    expect(at('Documents')).toBeGreaterThan(at('Scores over time'));
  });

  it('say so when they cannot be read, and the record beside them still stands', async () => {
    await record({
      documents: () => {
        throw fault('other', 'The documents cannot be read. Try again.');
      },
    });
    expect(within(card()).getByText(/cannot be read/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('attaching', () => {
  it('brings the file piece by piece and then says what it is', async () => {
    const pieces: { at: number; length: number }[] = [];
    const calls = await record({
      bring_document: ({ at, piece }) => {
        const length = atob(piece).length;
        pieces.push({ at, length });
        return { bytes: at + length };
      },
      attach_document: { ...DOCUMENTS, rows: [HERE] },
    });
    await press('Attach a document');
    await choose(new File([new Uint8Array(2_500_000)], 'scan.png'));
    const what = screen.getByLabelText<HTMLSelectElement>('What it is');
    what.value = 'photograph';
    // The window of the tests knows no chosen option.
    const chosen = what.selectedOptions[0] ?? null;
    what.querySelector = () => chosen;
    await fireEvent.change(what);
    await fireEvent.input(screen.getByLabelText('Title'), { target: { value: 'Left heel' } });
    await press('Attach');
    await vi.waitFor(() => expect(asked(calls, 'attach_document')).toHaveLength(1), 15_000);
    expect(pieces).toEqual([
      { at: 0, length: 1_048_576 },
      { at: 1_048_576, length: 1_048_576 },
      { at: 2_097_152, length: 402_848 },
    ]);
    const form = { what: 'photograph', title: 'Left heel', bytes: 2_500_000 };
    expect(asked(calls, 'attach_document')).toEqual([{ patient: 'p1', form }]);
    await settle();
    expect(within(card()).getAllByRole('listitem')).toHaveLength(1);
  }, 20_000);

  it('refuses a file that is too large before a byte of it is read', async () => {
    const calls = await record();
    await press('Attach a document');
    const large = new File(['x'], 'scan.pdf');
    Object.defineProperty(large, 'size', { value: 20_000_001 });
    await choose(large);
    expect(screen.getByRole('alert').textContent).toMatch(/^Error:.*larger than 20 MB/);
    const attach = screen.getByRole<HTMLButtonElement>('button', { name: 'Attach' });
    expect(attach.disabled).toBe(true);
    // The Enter key asks no button.
    if (attach.form) await fireEvent.submit(attach.form);
    await settle();
    expect(asked(calls, 'bring_document')).toEqual([]);
  });

  it('shows beside the field why a file was not taken', async () => {
    const message = 'This is no PDF, JPEG or PNG file.';
    await record({
      bring_document: () => {
        throw fault('invalid', 'See the fields marked.', { fields: [{ field: 'file', message }] });
      },
    });
    await press('Attach a document');
    await choose(new File(['GIF89a'], 'scan.gif'));
    await press('Attach');
    await vi.waitFor(() =>
      expect(screen.getByLabelText('File').getAttribute('aria-invalid')).toBe('true'),
    );
    expect(document.getElementById('f-file-error')?.textContent).toContain(message);
  });

  it('says that the file went away when the stick was taken out, and lets it be chosen again', async () => {
    const calls = await record();
    await press('Attach a document');
    const file = new File(['%PDF-'], 'scan.pdf');
    const gone = new DOMException('', 'NotReadableError');
    file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(gone) });
    await choose(file);
    await press('Attach');
    await settle();
    const message = 'This file can no longer be read. Was the stick taken out? Choose it again.';
    expect(document.getElementById('f-file-error')?.textContent).toContain(message);
    expect(within(screen.getByTestId('error-summary')).getByText(message)).toBeTruthy();
    expect(asked(calls, 'bring_document')).toEqual([]);
  });

  it('is not offered to whoever may not', async () => {
    await record({ documents: { ...DOCUMENTS, may_attach: false } });
    expect(screen.queryByRole('button', { name: 'Attach a document' })).toBeNull();
  });
});

describe('opening and saving', () => {
  it('shows a picture from memory, read in pieces, and lets go of it when it is closed', async () => {
    const made: Blob[] = [];
    const gone: string[] = [];
    URL.createObjectURL = (blob) => `blob:made-up/${made.push(blob as Blob)}`;
    URL.revokeObjectURL = (address) => void gone.push(address);
    const calls = await record({
      open_document: { title: 'Left heel', media: 'image/png', bytes: 6 },
      read_document: ({ at }) =>
        at === 0 ? { piece: btoa('abc'), next: 3 } : { piece: btoa('def'), next: null },
    });
    await press('Open Left heel');
    await vi.waitFor(() => expect(screen.getByRole('img', { name: /Left heel/ })).toBeTruthy());
    expect(asked(calls, 'read_document')).toEqual([
      { document: HERE.id, at: 0 },
      { document: HERE.id, at: 3 },
    ]);
    expect([made[0]?.size, made[0]?.type]).toEqual([6, 'image/png']);
    const dialog = screen.getByRole('dialog', { hidden: true });
    await fireEvent.click(
      within(dialog).getAllByRole('button', { name: 'Close', hidden: true })[0] as HTMLElement,
    );
    await settle();
    expect(gone).toEqual(['blob:made-up/1']);
  });

  it('saves a copy only after it was said that anybody can read it', async () => {
    const calls = await record({
      printers: {
        names: [],
        default: null,
        words: '',
        folder: '/home/osei/Documents',
        file_name: '',
      },
      save_document: { path: '/home/osei/Documents/felloe-document.png', words: 'Saved.' },
    });
    await press('Save a copy of Left heel');
    expect(screen.getByText(/Anybody who can open the folder can read it/)).toBeTruthy();
    expect(asked(calls, 'save_document')).toEqual([]);
    await press('Save a readable copy');
    const folder = '/home/osei/Documents';
    expect(asked(calls, 'save_document')).toEqual([{ patient: 'p1', document: HERE.id, folder }]);
    const saved = screen.getByTestId('document-saved');
    expect(saved.textContent).toContain('felloe-document.png');
    expect(saved.getAttribute('role')).toBe('status');
  });

  it('keeps the folder that was typed before the usual one was known', async () => {
    let found: (printers: Printers) => void = () => undefined;
    await record({ printers: () => new Promise<Printers>((to) => (found = to)) });
    await press('Save a copy of Left heel');
    await fireEvent.input(screen.getByLabelText('Folder'), { target: { value: '/stick' } });
    found({ names: [], default: null, words: '', folder: '/home/osei/Documents', file_name: '' });
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>('Folder').value).toBe('/stick');
  });
});
