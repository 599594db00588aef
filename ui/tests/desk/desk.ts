/**
 * Shows one scene of the desk in a browser, over answers in memory: `desk.html?scene=worklist`.
 * `&size=150` sets the text size, `&axe` appends what axe finds as text.
 */
import { mockIPC } from '@tauri-apps/api/mocks';
import axe from 'axe-core';
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import { places } from '../../src/places.svelte';
import '../../src/styles/all';
import { SESSION } from './door';
import { SCENES } from './scenes';

const wanted = new URLSearchParams(location.search);
const scene = SCENES[wanted.get('scene') ?? 'worklist'];
const target = document.getElementById('app');
if (scene && target) {
  const text_size = Number(wanted.get('size') ?? 100);
  if (scene.answers.status?.phase === 'open') {
    scene.answers.status = { ...scene.answers.status, text_size };
  }
  mockIPC(async (name) => {
    if (name === scene.held) return new Promise(() => undefined);
    const answer = (scene.answers as Record<string, unknown>)[name];
    if (answer === undefined) throw { code: 'other', message: `No answer to ${name}.`, fields: [] };
    return answer;
  });
  if (scene.place) {
    places.enter(SESSION.staff);
    places.go(scene.place);
  }
  mount(App, { target });
  void play(scene.act).then(() => (wanted.has('axe') ? check() : undefined));
}

/** Lets the screen settle, then does what the scene does to it. */
async function play(act?: () => Promise<void> | void): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  await act?.();
  await new Promise((resolve) => setTimeout(resolve, 400));
}

async function check(): Promise<void> {
  const found = await axe.run(document);
  const words = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.html}\n${node.failureSummary}`),
  );
  const cut = [...document.querySelectorAll('body *')].filter(
    (one) =>
      one.scrollWidth > one.clientWidth + 1 &&
      getComputedStyle(one).overflowX === 'hidden' &&
      one.clientWidth > 2,
  );
  const report = document.createElement('pre');
  report.id = 'axe';
  report.textContent = [
    `AXE ${found.violations.length} violations`,
    ...words,
    ...cut.map((one) => `CUT ${one.outerHTML.slice(0, 160)}`),
    document.documentElement.scrollWidth > innerWidth ? 'WIDER THAN THE WINDOW' : '',
    'END',
  ].join('\n');
  document.body.append(report);
}
