import { SvelteMap } from 'svelte/reactivity';
import { asFault, call } from '../../backend/backend';
import type { Fault, LetterPartView, LetterView, PlanPreview } from '../../backend/bindings';
import { askAgain } from '../assessment/stuck';
import { Writes } from '../assessment/writes.svelte';

/** How long a letter rests before its pages are drawn again, in milliseconds. */
const REST_MS = 400;

/** One letter on the desk, and the pages the renderer makes of it. */
export class LetterDesk {
  view = $state.raw<LetterView | null>(null);
  preview = $state.raw<PlanPreview | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Why the pages could not be drawn. */
  previewFault = $state.raw<Fault | null>(null);
  /** Why the last change was refused. */
  refused = $state('');
  large = $state(false);
  to = $state('gp');
  /** Part -> words that are on their way. */
  readonly #typed = new SvelteMap<string, { text: string; turn: number }>();
  readonly #assessment: string;
  readonly #writes = new Writes(askAgain);
  #turn = 0;
  #drawing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(assessment: string, to: string) {
    this.#assessment = assessment;
    this.to = to;
  }

  /** How many changes are on their way and not on the disk yet. */
  get waiting(): number {
    return this.#writes.waiting;
  }

  /** Opens the letter and draws its pages. */
  async open(): Promise<void> {
    const { to } = this;
    try {
      const view = await call('open_letter', { assessment: this.#assessment, to });
      if (to !== this.to) return;
      this.view = view;
      this.fault = null;
      await this.#draw();
    } catch (thrown) {
      if (to === this.to) this.fault = asFault(thrown);
    }
  }

  /** Opens another letter, once everything typed in this one is on disk. */
  async choose(to: string): Promise<void> {
    await this.settled();
    this.to = to;
    this.preview = null;
    this.refused = '';
    await this.open();
  }

  /** The text of a part, with words that are on their way: a phrase is added to those. */
  textOf(part: Pick<LetterPartView, 'id' | 'text'>): string {
    return this.#typed.get(part.id)?.text ?? part.text;
  }

  /** Keeps the words of a part, or the addressee. */
  keep(part: string, text: string): void {
    const turn = ++this.#turn;
    const { to } = this;
    this.#typed.set(part, { text, turn });
    const over = (): void => {
      if (this.#typed.get(part)?.turn === turn) this.#typed.delete(part);
    };
    this.#writes.add({
      words: text,
      send: async () => {
        const args = { assessment: this.#assessment, to, part, text };
        const view = await call('save_letter_part', args);
        if (to === this.to) this.view = view;
        this.refused = '';
        over();
        this.redrawSoon();
      },
      refused: (message) => {
        this.refused = message;
        over();
      },
    });
  }

  /** Takes a letter over that another call answered with. */
  take(view: LetterView): void {
    this.view = view;
    this.redrawSoon();
  }

  /** Waits until everything typed is kept, so that what is approved is what was typed. */
  settled(): Promise<void> {
    return this.#writes.settled();
  }

  /** Shows the pages in large print, or not. */
  setLarge(large: boolean): void {
    this.large = large;
    void this.#draw();
  }

  /** Draws the pages again after a rest. */
  redrawSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#draw(), REST_MS);
  }

  /** The screen is left. */
  close(): void {
    clearTimeout(this.#timer);
  }

  async #draw(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#drawing;
    const { large, to } = this;
    try {
      const pages = await call('preview_letter', { assessment: this.#assessment, to, large });
      // An older drawing that comes back late must not stand beside newer words.
      if (turn !== this.#drawing) return;
      this.preview = pages;
      this.previewFault = null;
    } catch (thrown) {
      if (turn === this.#drawing) this.previewFault = asFault(thrown);
    }
  }
}
