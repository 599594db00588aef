import { work } from '../../session.svelte';
import type { Stuck } from './writes.svelte';

/** Puts a failed write on the window's one blocking panel and waits for the person's choice. */
export const askAgain: Stuck = (fault, text) => work.ask(fault, text);
