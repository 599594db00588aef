/**
 * Where the points of a trend stand in its drawing. Pure.
 */

/** Size of a drawing, in its own units. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A point on the drawing; `index` is its place among all points. */
export interface Spot {
  index: number;
  x: number;
  y: number;
}

/**
 * Places totals evenly in order of time between 0 and `max`. A missing total is a gap: the line is
 * broken there, never drawn through it. Answers the unbroken runs.
 */
export function runsOf(totals: readonly (number | null)[], max: number, box: Box): Spot[][] {
  const runs: Spot[][] = [];
  let run: Spot[] = [];
  const step = totals.length > 1 ? box.width / (totals.length - 1) : 0;
  totals.forEach((total, index) => {
    if (total === null) {
      if (run.length > 0) runs.push(run);
      run = [];
      return;
    }
    const share = max > 0 ? Math.min(1, Math.max(0, total / max)) : 0;
    run.push({ index, x: box.left + index * step, y: box.top + (1 - share) * box.height });
  });
  if (run.length > 0) runs.push(run);
  return runs;
}

/** The path of one run. */
export function pathOf(run: readonly Spot[]): string {
  return run
    .map((spot, index) => `${index ? 'L' : 'M'}${spot.x.toFixed(1)} ${spot.y.toFixed(1)}`)
    .join('');
}
