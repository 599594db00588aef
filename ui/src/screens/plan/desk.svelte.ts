import { SvelteMap } from 'svelte/reactivity';
import { asFault, call } from '../../backend/backend';
import type {
  Commands,
  Fault,
  Goal,
  PlanBlock,
  PlanPreview,
  PlanView,
} from '../../backend/bindings';
import { askAgain } from '../assessment/stuck';
import { Writes } from '../assessment/writes.svelte';

/** The commands that change the plan and answer with it. */
type Keeping = {
  [K in keyof Commands]: Commands[K]['result'] extends PlanView ? K : never;
}[keyof Commands];

/** How long the plan rests before its pages are drawn again, in milliseconds. */
const REST_MS = 400;

/** One plan on the desk, and the pages the renderer makes of it. */
export class PlanDesk {
  view = $state.raw<PlanView | null>(null);
  preview = $state.raw<PlanPreview | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Why the pages could not be drawn. */
  previewFault = $state.raw<Fault | null>(null);
  /** Why the last change was refused. */
  refused = $state('');
  large = $state(false);
  /** Block -> words that are on their way. */
  readonly #typed = new SvelteMap<string, { text: string; turn: number }>();
  readonly #assessment: string;
  readonly #writes = new Writes(askAgain);
  #turn = 0;
  #drawing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(assessment: string) {
    this.#assessment = assessment;
  }

  /** How many changes are on their way and not on the disk yet. */
  get waiting(): number {
    return this.#writes.waiting;
  }

  /** Opens the plan and draws its pages. */
  async open(): Promise<void> {
    try {
      this.view = await call('open_plan', { assessment: this.#assessment });
      this.fault = null;
      await this.#draw();
    } catch (thrown) {
      this.fault = asFault(thrown);
    }
  }

  /** The text of a block, with words that are on their way: a phrase is added to those. */
  textOf(block: PlanBlock): string {
    return this.#typed.get(block.id)?.text ?? block.text;
  }

  /** Keeps the text of a block. */
  keepBlock(block: string, text: string): void {
    const turn = ++this.#turn;
    this.#typed.set(block, { text, turn });
    this.#keep('save_plan_block', { block, text }, text, () => {
      if (this.#typed.get(block)?.turn === turn) this.#typed.delete(block);
    });
  }

  /** Keeps the goals. */
  keepGoals(goals: Goal[]): void {
    this.#keep('save_plan_goals', { goals }, goals.map(({ text }) => text).join('\n'));
  }

  /** Keeps the review date, ISO or empty. */
  keepReview(review: string): void {
    this.#keep('save_plan_review', { review }, review);
  }

  /** Takes a plan over that another call answered with. */
  take(view: PlanView): void {
    this.view = view;
    this.redrawSoon();
  }

  /** Waits until everything typed is kept, so that what is agreed or printed is what was typed. */
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
    const { large } = this;
    try {
      const pages = await call('preview_plan', { assessment: this.#assessment, large });
      // An older drawing that comes back late must not stand beside newer words.
      if (turn !== this.#drawing) return;
      this.preview = pages;
      this.previewFault = null;
    } catch (thrown) {
      if (turn === this.#drawing) this.previewFault = asFault(thrown);
    }
  }

  #keep<K extends Keeping>(
    name: K,
    args: Omit<Commands[K]['args'], 'assessment'>,
    words: string,
    over: () => void = () => {},
  ): void {
    this.#writes.add({
      words,
      send: async () => {
        const full = { assessment: this.#assessment, ...args } as Commands[K]['args'];
        this.view = (await call(name, full)) as PlanView;
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
}
