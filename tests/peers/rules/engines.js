// Two other rule engines, timed on the rules in a folder: json-rules-engine and zen.
//
// Each line read asks one thing. `fired ENGINE` answers with the rules that fire for each case;
// `time ENGINE MILLISECONDS` with the nanoseconds of one evaluation, over about that long.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';

const read = (name) => readFileSync(join(process.argv[2], name));
const cases = JSON.parse(read('cases.json'));

const decision = new ZenEngine().createDecision(read('zen.json'));
const engine = new Engine();
for (const rule of JSON.parse(read('json-rules.json'))) engine.addRule(rule);

const evaluate = {
  zen: async (one) => (await decision.evaluate(one)).result,
  'json-rules': async (one) => (await engine.run(one)).events,
};
const places = {
  zen: (rows) => rows.map((row) => Number(row.rule)),
  'json-rules': (events) => events.map((event) => Number(event.type)),
};

async function fired(name) {
  const all = [];
  for (const one of cases) all.push(places[name](await evaluate[name](one)));
  return all;
}

async function nanoseconds(name, milliseconds) {
  const begun = performance.now();
  let evaluated = 0;
  while (performance.now() - begun < milliseconds) {
    await evaluate[name](cases[evaluated % cases.length]);
    evaluated += 1;
  }
  return ((performance.now() - begun) * 1e6) / evaluated;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [what, name, milliseconds] = line.split(' ');
  const answer =
    what === 'fired' ? await fired(name) : await nanoseconds(name, Number(milliseconds));
  console.log(JSON.stringify(answer));
}
