/** Shows one clinical screen over the clinic in memory: `picture.html?scene=assessment&spot=where`. */
import { mockIPC } from '@tauri-apps/api/mocks';
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import { places } from '../../src/places.svelte';
import '../../src/styles/fonts.css';
import '../../src/styles/nhsuk.scss';
import '../../src/styles/tokens.css';
import '../../src/styles/base.css';
import '../../src/styles/controls.css';
import { SESSION } from './clinic';
import { SCENES } from './scenes';

const wanted = new URLSearchParams(location.search);
const scene = SCENES[wanted.get('scene') ?? 'assessment'];
const target = document.getElementById('app');
if (scene && target) {
  const { clinic, place } = scene();
  mockIPC(async (name, args) => clinic.ipc(name, args));
  const size = Number(wanted.get('text') ?? 100);
  clinic.answers.status = () => ({ phase: 'open', ...SESSION, text_size: size });
  const spot = wanted.get('spot');
  places.enter('s1');
  places.go(spot ? { ...place, spot } : place);
  mount(App, { target });
}
