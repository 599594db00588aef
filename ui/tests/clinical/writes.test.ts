import { describe, expect, it, vi } from 'vitest';
import { Writes, type Write } from '../../src/screens/assessment/writes.svelte';
import { fault } from './clinic';

/** A write that ends when it is told to. */
function held(words: string, order: string[]) {
  let end: (thrown?: unknown) => void = () => undefined;
  const write: Write = {
    words,
    send: () =>
      new Promise<void>((resolve, reject) => {
        order.push(`sent ${words}`);
        end = (thrown) => (thrown === undefined ? resolve() : reject(thrown));
      }),
    refused: (message) => order.push(`refused ${words}: ${message}`),
  };
  return { write, end: (thrown?: unknown) => end(thrown) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('answers on their way to the disk', () => {
  it('go one after another, so that an older response can never come last', async () => {
    const order: string[] = [];
    const writes = new Writes(async () => false);
    const [first, second] = [held('first', order), held('second', order)];
    writes.add(first.write);
    writes.add(second.write);
    await turn();
    expect(order).toEqual(['sent first']);
    first.end();
    await turn();
    expect(order).toEqual(['sent first', 'sent second']);
  });

  it('wait behind one that failed until the person tries it again', async () => {
    const order: string[] = [];
    let choose: (again: boolean) => void = () => undefined;
    const writes = new Writes(() => new Promise((resolve) => (choose = resolve)));
    const [first, second] = [held('first', order), held('second', order)];
    writes.add(first.write);
    writes.add(second.write);
    await turn();
    first.end(fault('other', 'The disk is full. Make room and try again.'));
    await turn();
    expect(order).toEqual(['sent first']);
    choose(true);
    await turn();
    expect(order).toEqual(['sent first', 'sent first']);
    first.end();
    await turn();
    expect(order).toEqual(['sent first', 'sent first', 'sent second']);
  });

  it('say that they were not kept when the person gives up', async () => {
    const order: string[] = [];
    const writes = new Writes(async () => false);
    const first = held('first', order);
    writes.add(first.write);
    await turn();
    first.end(fault('other', 'The disk is full.'));
    await writes.settled();
    expect(order).toEqual(['sent first', 'refused first: The disk is full.']);
  });

  it('are not offered again when the value itself is impossible', async () => {
    const order: string[] = [];
    const stuck = vi.fn(async () => true);
    const writes = new Writes(stuck);
    const first = held('first', order);
    writes.add(first.write);
    await turn();
    const refusal = fault('invalid', 'There is a problem.');
    refusal.fields = [{ field: 'value', message: 'Enter a number from 0 to 10.' }];
    first.end(refusal);
    await writes.settled();
    expect(stuck).not.toHaveBeenCalled();
    expect(order).toEqual(['sent first', 'refused first: Enter a number from 0 to 10.']);
  });
});
