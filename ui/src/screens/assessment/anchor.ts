/**
 * Keeps the row that somebody is at where it is.
 *
 * A score above it may grow by a line when its answer comes back. In a webview without scroll
 * anchoring everything below would move under the pointer, and the next press would land on
 * another question. Pure but for the pane it is given.
 */
export class Anchor {
  #row: Element | null = null;
  #top = 0;

  /** Somebody pressed or came to something in the pane. */
  at(target: EventTarget | null): void {
    this.#row = target instanceof Element ? target : null;
  }

  /** Remembers where the row stands, before the pane changes. */
  before(): void {
    if (this.#row) this.#top = this.#row.getBoundingClientRect().top;
  }

  /** Scrolls the pane so that the row stands there again, after the change. */
  after(pane: Element): void {
    if (!this.#row?.isConnected) return;
    pane.scrollTop += this.#row.getBoundingClientRect().top - this.#top;
  }
}
