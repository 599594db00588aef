/**
 * The drawing of the body map. One half is drawn, at x of 60 and above in a box of 120 by 244; the
 * other half is the same path mirrored, so that left and right are data and never art.
 *
 * Seen from the front the drawn half is the patient's left; seen from the back, the right.
 */
import type { RegionView } from '../backend/bindings';

/** A region as drawn: which region, which of its halves, and its outline. */
export interface Shape {
  region: RegionView;
  path: string;
  /** The half that is not drawn but mirrored. */
  mirrored: boolean;
  /** The middle of the outline in the whole map, both views side by side. */
  x: number;
  y: number;
}

/** Width and height of one view, in the drawing's own units. */
export const WIDTH = 120;
export const HEIGHT = 246;

const ARM_AND_LEG: Record<string, string> = {
  shoulder: 'M70 42.4C79 43 87 45 89.5 53L90.6 61 79.2 62.6C78.6 56 76 50 71.2 46.5Z',
  'upper-arm': 'M79.4 63.8 90.8 62.2 92.6 84 82.4 85Z',
  elbow: 'M82.5 86.2 92.7 85.2 93.6 94.5 84 95.6Z',
  forearm: 'M84.2 96.8 93.7 95.7 96.4 115 88.6 116.4Z',
  wrist: 'M88.8 117.6 96.5 116.2 97.2 121.4 89.8 122.6Z',
  hand: 'M90 123.8 97.4 122.6C100 127 101 133 100.4 138 100 144 97 147.5 94.6 146.6 92 145.4 90.8 139 90.4 134Z',
  thigh: 'M62.2 132.2 80.5 128.2C80.6 142 79.6 156 78 168L65.8 168Z',
  knee: 'M65.9 169.2 77.9 169.2 77.2 183 66.6 183Z',
  ankle: 'M68.2 218.2 75.1 218.2 75.3 225 68.4 225Z',
  foot: 'M68.4 226.2 75.4 226.2C78 231 81 236 81.4 239.4 81.4 241.6 79 242 76 242L68.6 242C67.6 237 67.8 231 68.4 226.2Z',
};
const LOWER_LEG =
  'M66.6 184.2 77.2 184.2C78.6 194 77.2 206 75.2 217L68.2 217C66.4 206 65.8 194 66.6 184.2Z';
const LOW_TRUNK = 'L76.8 88C76.8 92 77.4 96 78.4 99.6L60.6 99.6Z';

/** The halves of each view, by region. */
const HALVES: Record<string, Record<string, string>> = {
  front: {
    ...ARM_AND_LEG,
    chest: 'M60.6 42.6 69.4 42.6C74.5 46 78 53 78.2 62.5L77.4 74.6 60.6 74.6Z',
    abdomen: `M60.6 75.8 77.3 75.8${LOW_TRUNK}`,
    hip: 'M70.6 100.8 78.7 100.8C80.2 106 80.9 113 81 120L71.9 116Z',
    groin: 'M60.6 112.2 80.9 121.3 80.6 127 62 131 60.6 124Z',
    shin: LOWER_LEG,
  },
  back: {
    ...ARM_AND_LEG,
    'upper-back': 'M60.6 42.6 69.4 42.6C74.5 46 78 53 78.2 62.5L60.6 62.5Z',
    'mid-back': 'M60.6 63.7 78.1 63.7 77.3 78 60.6 78Z',
    'low-back': `M60.6 79.2 77.2 79.2${LOW_TRUNK}`,
    buttock: 'M60.6 100.8 71.8 100.8C74 108 75 117 75.5 126.4L62 131C61 128 60.6 124 60.6 120Z',
    hip: 'M73 100.8 78.7 100.8C80.4 107 81 116 80.8 125L76.6 126C76 116 75 108 73 100.8Z',
    calf: LOWER_LEG,
  },
};

/** What is drawn whole because it lies on the middle line. */
const WHOLES: Record<string, Record<string, string>> = {
  front: {
    head: 'M47.6 15C48.5 8 53 4 60 4 67 4 71.5 8 72.4 15Z',
    face: 'M47.5 16.2 72.5 16.2C72.6 25 67 34 60 34 53 34 47.4 25 47.5 16.2Z',
    neck: 'M54.5 35.2 65.5 35.2C65.8 38.4 66.5 40 68.5 41.4L51.5 41.4C53.5 40 54.2 38.4 54.5 35.2Z',
    pelvis: 'M50.6 100.8 69.4 100.8 70.6 115.3 60 110.6 49.4 115.3Z',
  },
  back: {
    head: 'M60 4C69 4 73 11 72.5 19 72 27 67 34 60 34 53 34 48 27 47.5 19 47 11 51 4 60 4Z',
    neck: 'M54.5 35.2 65.5 35.2C65.8 38.4 66.5 40 68.5 41.4L51.5 41.4C53.5 40 54.2 38.4 54.5 35.2Z',
  },
};

/** The region's own name in the list, without view and side: "low-back". */
export function regionOf(view: RegionView): string {
  const before = `${view.view}-${view.side}-`;
  return view.code.startsWith(before) ? view.code.slice(before.length) : view.code;
}

/** Left or right of the patient, for the drawn half of a view. */
export function drawnSide(view: string): 'left' | 'right' {
  return view === 'front' ? 'left' : 'right';
}

/** The shapes of those regions that can be drawn. The rest stand in the list form only. */
export function shapesOf(regions: RegionView[]): Shape[] {
  const shapes: Shape[] = [];
  for (const region of regions) {
    const drawn = region.side === 'middle' ? WHOLES : HALVES;
    const path = drawn[region.view]?.[regionOf(region)];
    if (path === undefined) continue;
    const mirrored = region.side !== 'middle' && region.side !== drawnSide(region.view);
    const [x, y] = middleOf(path);
    const across = mirrored ? WIDTH - x : x;
    shapes.push({ region, path, mirrored, y, x: across + (region.view === 'back' ? WIDTH : 0) });
  }
  return shapes;
}

/** The mean of an outline's points: near enough to move between regions by arrow keys. */
function middleOf(path: string): [number, number] {
  const numbers = (path.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  const mean = (of: number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  return [mean(numbers.filter((_, at) => at % 2 === 0)), mean(numbers.filter((_, at) => at % 2))];
}

/** The nearest shape from `from` in the direction of an arrow key. */
export function nextShape(shapes: Shape[], from: Shape, key: string): Shape | null {
  const ahead = (to: Shape): [number, number] => {
    const [x, y] = [to.x - from.x, to.y - from.y];
    if (key === 'ArrowRight') return [x, y];
    if (key === 'ArrowLeft') return [-x, y];
    return key === 'ArrowDown' ? [y, x] : [-y, x];
  };
  let best: Shape | null = null;
  let least = Infinity;
  for (const to of shapes) {
    const [along, aside] = ahead(to);
    // Sideways counts double, so that an arrow goes where it points.
    const cost = along + 2 * Math.abs(aside);
    if (to !== from && along > 1 && cost < least) [best, least] = [to, cost];
  }
  return best;
}
