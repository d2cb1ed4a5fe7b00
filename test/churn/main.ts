import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Chance } from '../simulation/random';
import { rawLatency } from './raw';
import { Swarm } from './swarm';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Milliseconds. */
const EVENT_EVERY = 1_000;
const CHANGE_EVERY = 2_500;
const AWAY: readonly [number, number] = [2_000, 20_000];
const REPORT_EVERY = 60_000;
const SETTLE = 120_000;
const LET_GO = 35_000;

const { values } = parseArgs({
  options: { peers: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
});
const size = Number(values.peers ?? 20);
const minutes = Number(values.minutes ?? 10);
const chance = new Chance(values.seed ?? '1');
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
const collect = (): void => (globalThis as unknown as { gc: () => void }).gc();
const memory = (): string => {
  collect();
  return `memory ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`;
};

const swarm = await Swarm.of(size);
let began = performance.now();
await Promise.all(swarm.machines.map((machine) => swarm.start(machine)));
while (swarm.running.some(({ peer }) => peer.connections.length === 0)) await sleep(100);
say(`${size} peers started at once: each has a neighbour after ${Math.round(performance.now() - began)} ms`);
await sleep(5_000);

/** Acts on one machine; resolves with the milliseconds until all who run now have it. */
async function actAndSpread(): Promise<number | undefined> {
  const { running } = swarm;
  const by = chance.maybe(running);
  if (by === undefined) return undefined;
  const id = await by.peer.act({ type: 'member.describe', payload: { name: { text: by.name } } });
  const acted = performance.now();
  while (performance.now() - acted < 30_000) {
    if (running.every((machine) => machine.peer === undefined || machine.peer.replica.record.has(id)))
      return performance.now() - acted;
    await sleep(2);
  }
  return undefined;
}

// First in peace, one event at a time: what one costs.
const before = swarm.traffic.messages;
const times: number[] = [];
const QUIET = 20;
for (let number = 0; number < QUIET; number++) times.push((await actAndSpread()) ?? Infinity);
await sleep(1_000);
const each = (swarm.traffic.messages - before) / QUIET / size;
say(
  `in peace, ${QUIET} events: ${each.toFixed(2)} messages a peer and event, all reached after ${Math.round(median(times))} ms ` +
    `(median; slowest ${Math.round(Math.max(...times))} ms), ${swarm.connections / 2} connections`,
);
const [raw, hops] = [await rawLatency(), swarm.hops];
say(
  `a bare channel takes ${raw.toFixed(2)} ms one way, and the farthest peer is ${hops} hops away: reached after ` +
    `${(median(times) / (raw * hops)).toFixed(1)} × that (to reach: 2 ×)`,
);

began = performance.now();
const end = began + minutes * 60_000;
let changes = 0;
let acted = 0;
let late = 0;
const spread: number[] = [];
const away = new Set<Promise<void>>();
let [nextEvent, nextChange, nextReport] = [began, began, began];
say(memory());
while (performance.now() < end) {
  const now = performance.now();
  if (now >= nextEvent) {
    nextEvent = now + EVENT_EVERY;
    acted += 1;
    void actAndSpread().then((time) => (time === undefined ? (late += 1) : spread.push(time)));
  }
  if (now >= nextChange && swarm.running.length > size / 2) {
    nextChange = now + CHANGE_EVERY;
    const machine = chance.pick(swarm.running);
    changes += 1;
    const trip = swarm
      .stop(machine)
      .then(() => sleep(chance.within(...AWAY)))
      .then(() => swarm.start(machine))
      .finally(() => away.delete(trip));
    away.add(trip);
  }
  if (now >= nextReport) {
    nextReport = now + REPORT_EVERY;
    say(
      `${Math.round((now - began) / 1_000)} s: ${swarm.running.length} running, ${acted} events, ${changes} went and came back, ` +
        `spread in ${Math.round(median(spread))} ms, ${memory()}`,
    );
  }
  await sleep(50);
}
await Promise.all(away);
const settling = performance.now();
while (!swarm.equal() && performance.now() - settling < SETTLE) await sleep(200);
const equal = swarm.equal();
say(
  `${equal ? 'all equal' : 'NOT EQUAL'} ${Math.round(performance.now() - settling)} ms after the last came back; ${acted} events, ${late} of them ` +
    `not everywhere within 30 s, ${changes} went and came back, ${(swarm.traffic.messages / Math.max(1, acted) / size).toFixed(2)} messages a ` +
    `peer and event in all, ${memory()} with ${swarm.running[0]?.peer.replica.record.size} events in each record`,
);
await swarm.close();
// What timers and the WebRTC library let go of only later.
await sleep(LET_GO);
collect();
say(`${swarm.leaked} of ${changes + size} closed peers still held, ${memory()}`);
const tooLate = late + times.filter((time) => time === Infinity).length;
const wrong = [
  ...(equal ? [] : ['they differ']),
  ...(tooLate === 0 ? [] : [`events not everywhere within 30 s: ${tooLate}`]),
  ...(swarm.leaked === 0 ? [] : [`closed peers still held: ${swarm.leaked}`]),
];
if (wrong.length > 0) say(`failed: ${wrong.join('; ')}`);
process.exit(wrong.length === 0 ? 0 : 1);
