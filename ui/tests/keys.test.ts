import { describe, expect, it } from 'vitest';
import { isTyping, losesWork, windowKey, type KeyPress } from '../src/keys';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('keys of the whole window', () => {
  it('finds with Ctrl+K, and with Cmd+K on a Mac', () => {
    expect(windowKey(press('k', { ctrlKey: true }), false, true)).toEqual({ do: 'find' });
    expect(windowKey(press('k', { metaKey: true }), true, true)).toEqual({ do: 'find' });
  });

  it('locks with Ctrl+L even while somebody types', () => {
    expect(windowKey(press('l', { ctrlKey: true }), true, false)).toEqual({ do: 'lock' });
  });

  it('goes to a main area with Alt and its number', () => {
    expect(windowKey(press('2', { altKey: true }), false, true)).toEqual({ do: 'area', index: 1 });
  });

  it('leaves a slash alone while somebody types, and when letter keys are off', () => {
    expect(windowKey(press('/'), false, true)).toEqual({ do: 'filter' });
    expect(windowKey(press('/'), true, true)).toBeNull();
    expect(windowKey(press('/'), false, false)).toBeNull();
  });

  it('keeps the webview from going back, reloading and zooming', () => {
    expect(losesWork(press('Backspace'), false)).toBe(true);
    expect(losesWork(press('Backspace'), true)).toBe(false);
    expect(losesWork(press('r', { ctrlKey: true }), true)).toBe(true);
    expect(losesWork(press('F5'), true)).toBe(true);
    expect(losesWork(press('ArrowLeft', { altKey: true }), true)).toBe(true);
    expect(losesWork(press('+', { ctrlKey: true }), false)).toBe(true);
  });

  it('leaves copying and pasting alone', () => {
    for (const key of ['c', 'v', 'x', 'z', 'a']) {
      expect(losesWork(press(key, { ctrlKey: true }), true)).toBe(false);
    }
  });

  it('knows a text field from a tick box', () => {
    const text = document.createElement('input');
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    expect(isTyping(text)).toBe(true);
    expect(isTyping(document.createElement('textarea'))).toBe(true);
    expect(isTyping(tick)).toBe(false);
    expect(isTyping(document.createElement('button'))).toBe(false);
  });
});
