import { inviteKey, type InviteLink, SECRET_BYTES } from '../../../shared/invite/link';
import { Joiner } from '../../../shared/peer/joiner';
import { MemoryStore } from '../../../shared/peer/memory-store';
import { Peer } from '../../../shared/peer/peer';
import type { Surroundings } from '../../../shared/peer/surroundings';
import { newDeviceKey, randomBytes, signerOf } from '../../../shared/record/signature';
import { memoryPair } from '../../channel/memory-link';
import { testSigner } from '../../kit/group';
import { type History, batchesOf, firstOf, sizeOf } from '../history-file';
import { allChecked, firstSeal } from '../measures/sealed';
import { bareVerification, signaturesOf } from '../measures/signatures';
import { type Row, count, megabytes, median, ms, ratioRow } from '../report';
import type { Rival, Spent } from './rivals';

const around: Surroundings = {
  clock: {
    now: () => performance.now(),
    setTimer(delay, run) {
      const timer = setTimeout(run, delay);
      return () => clearTimeout(timer);
    },
  },
  random: randomBytes,
  now: () => Date.now(),
};
const TIMEOUT = 300_000;
const FASTER_THAN_ORBITDB = 15;
/** Of this many events first, as the rivals do. */
const WARM_UP = 500;

/**
 * P1 in one Node process, in memory, as the rivals can be had: from the member's stored bytes over the app's own messages until the
 * newcomer has folded and stored them, has opened them, and has checked every signature behind the link's seal. Both sides' work counts.
 */
export async function joiningInNode(
  history: History,
  runs: number,
  rivals: readonly Rival[],
  rivalRuns: number,
): Promise<Row[]> {
  const size = history.events.length;
  const joins: (Spent & { readonly usable: number })[] = [];
  const floors: Spent[] = [];
  const signatures = signaturesOf(history);
  await joinOnce(firstOf(history, Math.min(size, WARM_UP)));
  for (let run = 0; run < runs; run++) {
    joins.push(await joinOnce(history));
    floors.push(await spentOn(() => bareVerification(signatures)));
    // In turns, so that what else the machine does meets all of them.
    if (run < rivalRuns) for (const rival of rivals) await rival.join();
  }
  const [ours, floor] = [medianOf(joins), medianOf(floors)];
  const what = `join a network of ${count(size)} events (${megabytes(sizeOf(history, false))}) in one Node process, in memory`;
  const compared = (theirs: Spent): string => `${shown(theirs)}, which is ${(theirs.cpu / ours.cpu).toFixed(1)} × ours`;
  const against = rivals.map(({ name, spent, why }): Row => {
    const row = { figure: 'P1', what: `… against ${name}`, ours: shown(ours) };
    if (spent.length === 0) return { ...row, floor: `not measured: ${why}`, target: '' };
    const theirs = medianOf(spent);
    const ratio = { ...row, floor: compared(theirs), ratio: theirs.time / ours.time };
    if (name.startsWith('OrbitDB')) return ratioRow(ratio, FASTER_THAN_ORBITDB, true);
    return { ...ratio, target: '' };
  });
  const usable = median(joins.map((join) => join.usable));
  const row = {
    figure: 'P1',
    what,
    ours: `${shown(ours)}; joined after ${ms(usable)}`,
    floor: `bare verification ${shown(floor)}`,
  };
  return [ratioRow({ ...row, ratio: ours.time / floor.time }, 1.5), ...against];
}

const shown = ({ time, cpu }: Spent): string => `${ms(time)}, processor ${ms(cpu)}`;
const medianOf = (all: readonly Spent[]): Spent => ({
  time: median(all.map(({ time }) => time)),
  cpu: median(all.map(({ cpu }) => cpu)),
});

/** What something takes of the processor, and of time as it says itself. */
async function spentOn(work: () => Promise<number>): Promise<Spent> {
  const before = process.cpuUsage();
  const time = await work();
  const { user, system } = process.cpuUsage(before);
  return { time, cpu: (user + system) / 1000 };
}

async function joinOnce(history: History): Promise<Spent & { readonly usable: number }> {
  const store = new MemoryStore();
  for (const batch of batchesOf(history, false)) await store.append(batch);
  const member = await Peer.open(history.network, await testSigner(history.people[0]!.name), store, around);
  const seal = await firstSeal(member);
  const secret = randomBytes(SECRET_BYTES);
  const { device } = await inviteKey(secret);
  const expires = Date.now() + TIMEOUT * 10;
  await member.act({ type: 'invite.issue', payload: { invite: device, type: 'resident', uses: 1, days: 1 } });
  const link: InviteLink = {
    network: history.network,
    secret,
    expires,
    seal,
    networkName: '',
    inviter: '',
    meetingPlaces: [],
  };
  const joinerStore = new MemoryStore();
  const signer = signerOf(await newDeviceKey());
  const joiner = await Joiner.start(link, signer, joinerStore, around);
  const pair = memoryPair();
  let open = true;
  const carry = (): void => {
    if (!open) return;
    if (pair.carry(0) + pair.carry(1) > 0) setImmediate(carry);
    else setTimeout(carry, 0);
  };
  carry();
  void member.connect(pair.transports[0]);
  void joiner.connect(pair.transports[1]);
  globalThis.gc?.();
  await joiner.look(TIMEOUT);
  let usable = 0;
  const took = await spentOn(async () => {
    const start = performance.now();
    await joiner.join('newcomer', TIMEOUT);
    usable = performance.now() - start;
    const newcomer = await Peer.open(history.network, signer, joinerStore, around);
    await allChecked(newcomer);
    const took = performance.now() - start;
    await newcomer.close();
    return took;
  });
  const stored = (await joinerStore.load()).reduce((sum, { events }) => sum + events.length, 0);
  if (stored < history.events.length) throw new Error(`the newcomer has ${stored} of ${history.events.length} events`);
  joiner.close();
  open = false;
  await member.close();
  return { ...took, usable };
}
