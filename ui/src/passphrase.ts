/**
 * How strong a passphrase is, in words. A guide while typing: the program itself decides what it
 * accepts. Pure.
 */

/** A level for the look, and the sentence that says it. */
export interface Strength {
  level: 'none' | 'short' | 'weak' | 'fair' | 'strong';
  words: string;
}

/** Below this many different characters a long passphrase is still easy to guess. */
const FEW_CHARACTERS = 6;
/** This many characters past the shortest allowed, in three words or more, count as strong. */
const AMPLE = 6;

/** Says how strong a passphrase is; `shortest` is the fewest characters the program accepts. */
export function strengthOf(passphrase: string, shortest: number): Strength {
  const characters = [...passphrase.toLowerCase()];
  if (characters.length === 0) return { level: 'none', words: `At least ${shortest} characters.` };
  const more = shortest - characters.length;
  if (more > 0) {
    return {
      level: 'short',
      words: `Too short: ${more} more ${more === 1 ? 'character' : 'characters'}.`,
    };
  }
  if (new Set(characters).size < FEW_CHARACTERS || isRun(characters)) {
    return {
      level: 'weak',
      words: 'Weak: it repeats itself. Use words that do not belong together.',
    };
  }
  const words = passphrase.trim().split(/[\s\-_.,]+/).length;
  if (words >= 3 && characters.length >= shortest + AMPLE) {
    return { level: 'strong', words: 'Strong.' };
  }
  return { level: 'fair', words: 'Fair. One more word makes it strong.' };
}

/** True for runs such as "abcdefgh" or "12345678": most characters follow the one before. */
function isRun(characters: string[]): boolean {
  const steps = characters.slice(1).filter((character, index) => {
    const before = characters[index]?.codePointAt(0) ?? 0;
    return Math.abs((character.codePointAt(0) ?? 0) - before) === 1;
  });
  return steps.length > characters.length * 0.6;
}
