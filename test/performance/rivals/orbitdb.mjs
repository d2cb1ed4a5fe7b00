// node orbitdb.mjs HISTORY: how long OrbitDB's own log takes to join another that holds the history, in milliseconds
// of time and of the processor.
// The form that favours OrbitDB most: both logs in this process and in memory, so no Helia, no libp2p, no disk, no pins;
// anyone may append, so no identities are looked up either. Every entry is decoded, its hash made and its signature checked.
import { readFile } from 'node:fs/promises';
import { Entry, Identities, KeyStore, Log, MemoryStorage } from '@orbitdb/core';

/** Of this many events first: the engine compiles what it runs. */
const WARM_UP = 500;
/** @type {{ authors: number, events: { author: number, cites: number[], value: unknown }[] }} */
const history = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const ID = 'history';

/**
 * The same graph of the same payloads, signed by as many authors. With keys of its own each time, since OrbitDB remembers signatures.
 * @param {typeof history.events} events
 */
async function made(events) {
  const keystore = await KeyStore({ storage: await MemoryStorage() });
  const identities = await Identities({ keystore, storage: await MemoryStorage() });
  const authors = [];
  for (let i = 0; i < history.authors; i++) authors.push(await identities.createIdentity({ id: `author ${i}` }));
  const entryStorage = await MemoryStorage();
  /** @type {string[]} */
  const hashes = [];
  /** @type {number[]} */
  const times = [];
  /** @type {Map<number, unknown>} */
  const heads = new Map();
  for (const [index, { author, cites, value }] of events.entries()) {
    const identity = authors[author];
    const time = cites.reduce((latest, cited) => Math.max(latest, times[cited] ?? 0), 0) + 1;
    const clock = { id: identity.publicKey, time };
    const next = cites.map((cited) => hashes[cited]);
    const entry = await Entry.create(identity, ID, value, undefined, clock, next, []);
    const { hash, bytes } = await Entry.encode(entry);
    await entryStorage.put(hash, bytes);
    hashes.push(hash);
    times.push(time);
    for (const cited of cites) heads.delete(cited);
    heads.set(index, { ...entry, hash });
  }
  return {
    identity: authors[0],
    log: await Log(authors[0], { logId: ID, logHeads: [...heads.values()], entryStorage }),
  };
}

/** @param {typeof history.events} events */
async function joined(events) {
  const { identity, log } = await made(events);
  const joiner = await Log(identity, { logId: ID });
  const [start, used] = [performance.now(), process.cpuUsage()];
  await joiner.join(log);
  const [time, { user, system }] = [performance.now() - start, process.cpuUsage(used)];
  let known = 0;
  for await (const [hash] of log.storage.iterator()) if (await joiner.has(hash)) known += 1;
  if (known !== events.length) throw new Error('the log is not whole');
  return { time, cpu: (user + system) / 1000 };
}

await joined(history.events.slice(0, WARM_UP));
process.stdout.write(JSON.stringify(await joined(history.events)));
