import { describe, expect, it } from 'vitest';
import { AREAS, Places } from '../src/places.svelte';

describe('places', () => {
  it('goes back to where the person came from, with the spot they left', () => {
    const places = new Places();
    places.mark('to-do/ndl');
    places.go({ screen: 'patient', patient: 'p1' });
    places.back();
    expect(places.here).toEqual({ screen: 'worklist', spot: 'to-do/ndl' });
  });

  it('goes back to the worklist when there is nowhere else', () => {
    const places = new Places();
    places.replace({ screen: 'settings' });
    places.back();
    expect(places.here.screen).toBe('worklist');
  });

  it('finds the same place again when the same person unlocks', () => {
    const places = new Places();
    places.enter('s1');
    places.go({ screen: 'assessment', assessment: 'a1' });
    places.mark('mood');
    places.enter('s1');
    expect(places.here).toEqual({ screen: 'assessment', assessment: 'a1', spot: 'mood' });
  });

  it('shows nobody the place of another person', () => {
    const places = new Places();
    places.enter('s1');
    places.go({ screen: 'patient', patient: 'p1' });
    places.enter('s2');
    expect(places.here.screen).toBe('worklist');
    places.back();
    expect(places.here.screen).toBe('worklist');
  });

  it('counts a move to another patient on the same screen, so that the screen is made new', () => {
    const places = new Places();
    places.go({ screen: 'patient', patient: 'p1' });
    const before = places.moves;
    places.go({ screen: 'patient', patient: 'p2' });
    expect(places.moves).toBe(before + 1);
  });

  it('does not leave a guarded screen until the guard lets the move go', () => {
    const places = new Places();
    const held: (() => void)[] = [];
    places.go({ screen: 'route', patient: 'p1', route: 'ces', assessment: null });
    places.guard = (move) => held.push(move);
    places.go({ screen: 'worklist' });
    expect(places.here.screen).toBe('route');
    held[0]?.();
    expect(places.here.screen).toBe('worklist');
  });

  it('gives every screen to one main area', () => {
    const screens = AREAS.flatMap((area) => area.screens);
    expect(new Set(screens).size).toBe(screens.length);
  });
});
