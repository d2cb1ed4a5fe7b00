// node automerge.mjs HISTORY: how long a new peer takes to sync a document of the history's payloads by Automerge's own sync protocol,
// in milliseconds of time and of the processor. One change for each event; the messages go from one peer to the other in this process. Automerge signs nothing and
// checks no signatures.
import { readFile } from 'node:fs/promises';
import * as Automerge from '@automerge/automerge';

/** @type {{ events: { value: object }[] }} */
const history = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
/** Of this many events first: the engine compiles what it runs. */
const WARM_UP = 500;

/** @param {typeof history.events} events */
function joined(events) {
  /** @type {Automerge.Doc<{ events: object[] }>} */
  let full = Automerge.from({ events: [] });
  for (const { value } of events) full = Automerge.change(full, (doc) => void doc.events.push(value));
  let [theirs, ours] = [Automerge.initSyncState(), Automerge.initSyncState()];
  /** @type {Automerge.Doc<{ events: object[] }>} */
  let joiner = Automerge.init();
  const [start, used] = [performance.now(), process.cpuUsage()];
  for (let quiet = false; !quiet;) {
    const asked = Automerge.generateSyncMessage(joiner, ours);
    ours = asked[0];
    if (asked[1] !== null) [full, theirs] = Automerge.receiveSyncMessage(full, theirs, asked[1]);
    const answered = Automerge.generateSyncMessage(full, theirs);
    theirs = answered[0];
    if (answered[1] !== null) [joiner, ours] = Automerge.receiveSyncMessage(joiner, ours, answered[1]);
    quiet = asked[1] === null && answered[1] === null;
  }
  const [time, { user, system }] = [performance.now() - start, process.cpuUsage(used)];
  if (joiner.events.length !== events.length) throw new Error('the document is not whole');
  return { time, cpu: (user + system) / 1000 };
}

joined(history.events.slice(0, WARM_UP));
process.stdout.write(JSON.stringify(joined(history.events)));
