/**
 * What is on its way to the disk, whichever screen sent it. Locking and closing wait for it: both
 * take the screen away, and an answer that was still in line would go with it unseen.
 */
const lines = new Set<Promise<void>>();

/** How long locking and closing wait, in milliseconds. A design decision: longer than any save of
 * a busy laptop, shorter than anybody would stand before a screen that does not go away. */
export const WAIT_MS = 5_000;

/** Notes that a line of writes has begun; it ends by itself. */
export function begun(line: Promise<void>): void {
  lines.add(line);
  void line.finally(() => lines.delete(line));
}

/** Resolves when nothing is on its way, or when `within` milliseconds have passed. */
export async function allKept(within = WAIT_MS): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<'enough'>((resolve) => {
    timer = setTimeout(() => resolve('enough'), within);
  });
  while (lines.size > 0) {
    if ((await Promise.race([Promise.allSettled(lines), enough])) === 'enough') break;
  }
  clearTimeout(timer);
}
