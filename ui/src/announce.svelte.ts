/**
 * The one polite live region of the window. Only changes of state are announced, never values as
 * they are typed.
 */
class Announcer {
  words = $state('');

  /** Says a sentence to those who cannot see the change. The same sentence twice is said twice. */
  say(words: string): void {
    // A live region is silent when its text does not change; a no-break space makes it differ.
    this.words = this.words === words ? `${words}\u00a0` : words;
  }
}

const announcer = new Announcer();

/** Announces a change of state, such as "Urgency settled: Soon". */
export function announce(words: string): void {
  announcer.say(words);
}

/** What the live region holds now. Read by App.svelte only. */
export function announced(): string {
  return announcer.words;
}
