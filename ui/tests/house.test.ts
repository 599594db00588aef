import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(svelte|ts)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));

describe('the house rules of the screens', () => {
  it('lets only one file import Tauri', () => {
    const importers = files.filter(({ text }) => text.includes('@tauri-apps'));
    expect(importers.map(({ name }) => name)).toEqual(['backend/backend.ts']);
  });

  it('carries no style attribute, which the content security policy would drop', () => {
    const offenders = files.filter(({ text }) => /\sstyle=["{]/.test(text));
    expect(offenders.map(({ name }) => name)).toEqual([]);
  });

  it('puts no markup of another hand into the page', () => {
    const offenders = files.filter(({ text }) => text.includes('{@html'));
    expect(offenders.map(({ name }) => name)).toEqual([]);
  });

  it('keeps files short enough to hold in the head', () => {
    const long = files.filter(
      ({ name, text }) => name !== join('backend', 'bindings.ts') && text.split('\n').length > 300,
    );
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});
