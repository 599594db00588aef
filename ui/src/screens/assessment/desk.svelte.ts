import { SvelteMap } from 'svelte/reactivity';
import { asFault, call } from '../../backend/backend';
import type {
  AfterAnswer,
  AnswerShown,
  AnswerValue,
  AnswerView,
  AssessmentView,
  Commands,
  Fault,
  FinishForm,
  FinishOutcome,
  FormFields,
  ItemView,
  ListView,
  QuestionView,
  SectionView,
} from '../../backend/bindings';
import { answerInWords, NOT_ASKED } from './words';
import { Writes, type Stuck } from './writes.svelte';

/** Field id -> value of one row of a list. */
export type Fields = Record<string, AnswerValue>;

/** A change that waits for its reason: what it is in words, and what follows. */
export interface Why {
  words: string;
  say: (reason: string) => void;
  leave: () => void;
}

/** The commands that keep something and answer with what changed. */
type Keeping = {
  [K in keyof Commands]: Commands[K]['result'] extends AfterAnswer ? K : never;
}[keyof Commands];

/**
 * One assessment on the desk: what the record says, and what was typed and is on its way there.
 *
 * What is shown for a question is what was last typed while that is being kept, and the record's
 * own answer otherwise. "Saved" is never said from here: only `savedAt`, which comes from a call
 * that returned after the bytes were on disk.
 */
export class Desk {
  view = $state.raw<AssessmentView | null>(null);
  /** Why the assessment could not be opened. */
  fault = $state.raw<Fault | null>(null);
  /** Question or row -> why its last value was refused. */
  readonly refused = new SvelteMap<string, string>();
  /** A finished assessment is being corrected: every change says why. */
  correcting = $state(false);
  /** A change that waits for its reason. */
  why = $state.raw<Why | null>(null);
  /** Question -> answer that is on its way. */
  readonly #typed = new SvelteMap<string, { answer: AnswerView; turn: number }>();
  /** List and item -> fields that are on their way. */
  readonly #rows = new SvelteMap<string, { fields: Fields; turn: number }>();
  readonly #writes: Writes;
  readonly #id: string;
  readonly #leadTo: (route: string) => void;
  #turn = 0;

  constructor(id: string, stuck: Stuck, leadTo: (route: string) => void) {
    this.#id = id;
    this.#writes = new Writes(stuck);
    this.#leadTo = leadTo;
  }

  /** How many answers are on their way and not on the disk yet. */
  get waiting(): number {
    return this.#writes.waiting;
  }

  /** Opens the assessment. */
  async open(): Promise<void> {
    try {
      this.view = await call('open_assessment', { assessment: this.#id });
      this.fault = null;
    } catch (thrown) {
      this.fault = asFault(thrown);
    }
  }

  /** The answer to show for a question. Without any entry it is "not asked", never "no". */
  shown(question: string): AnswerShown {
    const kept = this.view?.answers[question] ?? NOT_ASKED;
    const typed = this.#typed.get(question);
    return typed ? { ...kept, answer: typed.answer, stale: null, odd: null } : kept;
  }

  /** The fields of a row, with those that are on their way. */
  fieldsOf(list: ListView, item: ItemView): Fields {
    return this.#rows.get(`${list.id}/${item.id}`)?.fields ?? item.fields;
  }

  /** How many answers and rows are still offered from last time. */
  get offers(): number {
    const sections = this.view?.sections ?? [];
    const answers = sections
      .flatMap(({ questions }) => questions)
      .filter(({ id }) => {
        const { offered, answer } = this.shown(id);
        return offered !== null && answer.state === 'not-asked';
      });
    const rows = sections.flatMap(({ lists }) => lists.flatMap(({ offered }) => offered));
    return answers.length + rows.length;
  }

  /** The section of this id. */
  section(id: string): SectionView | undefined {
    return this.view?.sections.find((section) => section.id === id);
  }

  /** The section and question of a question id. */
  find(question: string): { section: SectionView; question: QuestionView } | undefined {
    for (const section of this.view?.sections ?? []) {
      const found = section.questions.find(({ id }) => id === question);
      if (found) return { section, question: found };
    }
    return undefined;
  }

  /** Keeps an answer at once. */
  answer(question: QuestionView, answer: AnswerView): void {
    const turn = ++this.#turn;
    this.#typed.set(question.id, { answer, turn });
    const words = `${question.text}: ${answerInWords(question, answer)}`;
    const over = (): void => {
      if (this.#typed.get(question.id)?.turn === turn) this.#typed.delete(question.id);
    };
    const correct = (): void =>
      this.#ask(words, over, (reason) => {
        const args = { question: question.id, answer, reason };
        return this.#keep('correct_answer', args, words, question.id, over);
      });
    if (this.correcting) correct();
    else
      this.#keep(
        'record_answer',
        { question: question.id, answer },
        words,
        question.id,
        over,
        correct,
      );
  }

  /** Takes over the answer offered from last time. */
  takeOffer(question: QuestionView): void {
    this.#keep('take_offer', { question: question.id }, question.text, question.id);
  }

  /** Keeps a row of a list; without an item id a new one. Resolves when it is kept or refused. */
  keepItem(list: ListView, item: string | null, fields: Fields): Promise<boolean> {
    const words = `${list.title}: ${Object.values(fields).flat().join(', ')}`;
    const key = `${list.id}/${item ?? 'new'}`;
    const turn = ++this.#turn;
    if (item !== null) this.#rows.set(key, { fields, turn });
    const over = (): void => {
      if (this.#rows.get(key)?.turn === turn) this.#rows.delete(key);
    };
    if (!this.correcting) {
      return this.#keep('record_item', { list: list.id, item, fields }, words, key, over);
    }
    return this.#asked(words, over, (reason) => {
      const args = { list: list.id, item, fields, reason };
      return this.#keep('correct_item', args, words, key, over);
    });
  }

  /** Takes a row away, with the reason. The row stays in the record. */
  removeItem(list: ListView, item: string, reason: string): Promise<boolean> {
    const words = `${list.title}: removed, ${reason}`;
    const key = `${list.id}/${item}`;
    const name = this.correcting ? 'correct_removal' : 'remove_item';
    return this.#keep(name, { list: list.id, item, reason }, words, key);
  }

  /** Says of a whole list that there are none, or why it has no answer. */
  keepList(list: ListView, state: AnswerView): void {
    const said = state.state === 'given' ? list.none_words : state.state;
    this.#keep('record_list', { list: list.id, state }, `${list.title}: ${said}`, list.id);
  }

  /** Takes over a row offered from last time. */
  takeOfferedItem(list: ListView, item: string): void {
    this.#keep('take_offered_item', { list: list.id, item }, list.title, list.id);
  }

  /** Adds a questionnaire, or keeps how it was completed. */
  keepForm(instrument: string, name: string, form: FormFields): Promise<boolean> {
    const words = `${name}: how it was completed`;
    return this.#keep('record_form', { instrument, form }, words, `form/${instrument}`);
  }

  /** Takes a questionnaire away, with the reason. Its answers stay in the record. */
  removeForm(instrument: string, name: string, reason: string): Promise<boolean> {
    const words = `${name}: taken away, ${reason}`;
    return this.#keep('remove_form', { instrument, reason }, words, `form/${instrument}`);
  }

  /** A section is left: what was typed there becomes entries. */
  leaveSection(): void {
    if (!this.view || this.view.finished) return;
    this.#keep('leave_section', {}, 'The answers of this section', 'section');
  }

  /** Asks to finish, after everything typed has been kept. */
  async finish(form: FinishForm): Promise<FinishOutcome> {
    await this.#writes.settled();
    const outcome = await call('finish_assessment', { assessment: this.#id, form });
    if (outcome.finished && this.view) this.view = { ...this.view, finished: true };
    return outcome;
  }

  /** Asks why. What was typed is shown until it is said, and taken back when it is not. */
  #ask(words: string, over: () => void, send: (reason: string) => unknown): void {
    void this.#asked(words, over, async (reason) => {
      await send(reason);
      return true;
    });
  }

  #asked(
    words: string,
    over: () => void,
    send: (reason: string) => Promise<boolean>,
  ): Promise<boolean> {
    this.why?.leave();
    return new Promise((resolve) => {
      const end = (): void => void (this.why = null);
      const say = (reason: string): void => {
        end();
        void send(reason).then(resolve);
      };
      const leave = (): void => {
        end();
        over();
        resolve(false);
      };
      this.why = { words, say, leave };
    });
  }

  #keep<K extends Keeping>(
    name: K,
    args: Omit<Commands[K]['args'], 'assessment'>,
    words: string,
    key: string,
    over: () => void = () => {},
    wantsReason?: () => void,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (kept: boolean, done = true): void => {
        if (done) over();
        resolve(kept);
      };
      this.#writes.add({
        words,
        send: async () => {
          const full = { assessment: this.#id, ...args } as Commands[K]['args'];
          const after = (await call(name, full)) as AfterAnswer;
          this.refused.delete(key);
          this.#take(after);
          end(true);
        },
        refused: (message, field) => {
          const asks = field === 'reason' && wantsReason !== undefined;
          if (!asks) this.refused.set(key, message);
          end(false, !asks);
          if (asks) wantsReason();
        },
      });
    });
  }

  #take(after: AfterAnswer): void {
    const view = this.view;
    if (view) {
      const fresh = new Map(after.sections.map((section) => [section.id, section]));
      this.view = {
        ...view,
        answers: { ...view.answers, ...after.answers },
        banner: after.banner,
        sections: view.sections.map((section) => fresh.get(section.id) ?? section),
        triage: after.triage,
        open_actions: after.open_actions,
        saved_at: after.saved_at,
      };
    }
    if (after.route !== null) this.#leadTo(after.route);
  }
}
