import { describe, expect, it } from 'vitest';
import { nextShape, shapesOf, WIDTH } from '../../src/parts/BodyMapShapes';
import { regions } from './questions';

const shapes = shapesOf(regions());
const at = (code: string) => {
  const found = shapes.find(({ region }) => region.code === code);
  if (!found) throw new Error(`${code} is not drawn`);
  return found;
};

describe('the body map', () => {
  it('draws every region of both views', () => {
    expect(shapes.map(({ region }) => region.code)).toEqual(regions().map(({ code }) => code));
  });

  it("has the patient's left at the viewer's right from the front, and at the left from behind", () => {
    expect(at('front-left-thigh').x).toBeGreaterThan(WIDTH / 2);
    expect(at('front-right-thigh').x).toBeLessThan(WIDTH / 2);
    expect(at('back-left-thigh').x).toBeLessThan(WIDTH * 1.5);
    expect(at('back-right-thigh').x).toBeGreaterThan(WIDTH * 1.5);
  });

  it('draws left and right as the same outline, mirrored', () => {
    expect(at('back-left-calf').path).toBe(at('back-right-calf').path);
    expect(at('back-left-calf').mirrored).not.toBe(at('back-right-calf').mirrored);
  });

  it.each([
    ['back-left-thigh', 'ArrowRight', 'back-right-thigh'],
    ['back-left-knee', 'ArrowDown', 'back-left-calf'],
    ['back-left-knee', 'ArrowUp', 'back-left-thigh'],
    ['front-left-foot', 'ArrowRight', 'back-left-foot'],
  ])('from %s, %s goes to %s', (from, key, to) => {
    expect(nextShape(shapes, at(from), key)?.region.code).toBe(to);
  });

  it('can reach every region by arrow keys', () => {
    const first = shapes[0];
    const reached = new Set(first ? [first] : []);
    for (const shape of reached) {
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const next = nextShape(shapes, shape, key);
        if (next) reached.add(next);
      }
    }
    const missed = shapes.filter((shape) => !reached.has(shape)).map(({ region }) => region.code);
    expect(missed).toEqual([]);
  });
});
