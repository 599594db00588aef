// PouchDB on leveldb, in front of a server that speaks CouchDB's protocol.
//
// node pouch.js DOCUMENTS FOLDER REMOTE BATCH
//
// Each line read asks one thing. `load` puts the documents into a database in FOLDER, `push` sends
// what the server lacks, `pull` fetches everything into a second database, `write` changes one
// document. Answered is what that took, in seconds, of the clock and of the processor.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import PouchDB from 'pouchdb';

const [documents, folder, address, batch] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const own = new PouchDB(join(folder, 'own'));
const second = new PouchDB(join(folder, 'second'));
const remote = new PouchDB(address);
const options = { batch_size: Number(batch) };
const AT_ONCE = 1000;
let written = 0;

async function took(work) {
  const [begun, processor] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(processor);
  return { seconds: (performance.now() - begun) / 1e3, processor: (user + system) / 1e6 };
}

const does = {
  async load() {
    const all = JSON.parse(readFileSync(documents));
    for (let from = 0; from < all.length; from += AT_ONCE) {
      await own.bulkDocs(all.slice(from, from + AT_ONCE));
    }
    // Made before anything is timed.
    await Promise.all([remote.info(), second.info()]);
    return (await own.info()).doc_count;
  },
  push: () => took(() => own.replicate.to(remote, options)),
  pull: () => took(() => second.replicate.from(remote, options)),
  async write() {
    const [{ id }] = (await own.allDocs({ limit: 1 })).rows;
    written += 1;
    return await own.put({ ...(await own.get(id)), changed: written });
  },
  count: async () => ({
    server: (await remote.info()).doc_count,
    second: (await second.info()).doc_count,
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await does[line]()));
}
process.exit(0);
