/** Puts a clinical screen on the stage: over the clinic in memory, with a person at work. */
import { mockIPC } from '@tauri-apps/api/mocks';
import { fireEvent, render } from '@testing-library/svelte';
import { tick } from 'svelte';
import App from '../../src/App.svelte';
import { places, type Place } from '../../src/places.svelte';
import { work } from '../../src/session.svelte';
import { Clinic, SESSION } from './clinic';

/** A clinic whose window is open. */
export function openClinic(): Clinic {
  const clinic = new Clinic();
  clinic.answers = { status: () => ({ phase: 'open', ...SESSION }), still_here: () => SESSION };
  return clinic;
}

/** Lets calls come back and the screen follow. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    await tick();
  }
}

/** Opens the window at a place, over a clinic. */
export async function show(clinic: Clinic, place: Place): Promise<HTMLElement> {
  mockIPC((name, args) => clinic.ipc(name, args));
  places.guard = null;
  work.unsaved = null;
  places.enter('nobody');
  places.enter('s1');
  places.go(place);
  const { container } = render(App);
  await settle();
  return container;
}

/** What was asked of the clinic under one name. */
export function asked(clinic: Clinic, name: string): unknown[] {
  return clinic.calls.filter(([called]) => called === name).map(([, args]) => args);
}

/** Chooses in a list. The page of the tests cannot find a chosen option by itself. */
export async function choose(list: HTMLElement, value: string): Promise<void> {
  const select = list as HTMLSelectElement;
  select.value = value;
  const chosen = select.selectedOptions[0] ?? null;
  select.querySelector = () => chosen;
  await fireEvent.change(select);
  await settle();
}
