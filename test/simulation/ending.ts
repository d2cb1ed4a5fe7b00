import type { Sealer } from '../../shared/network/seals/sealers';
import type { Entry } from '../../shared/record/entry';
import type { Replica } from '../../shared/replica/replica';
import { agreedTime } from '../../shared/seal/chain';
import { addDevice } from './arrivals';
import { meetByKeepers } from './keeping';
import type { Scenario } from './scenario';
import type { Site } from './site';
import { DOCS, settleVersions } from './versions';

/** Milliseconds that peers have to become equal once all trouble is over: several rounds of comparing. */
const PATIENCE = 150_000;
/** How often newcomers of the last minute are waited for. */
const ROUNDS = 4;
/** Milliseconds that a further device has to be added. */
const ADDING = 60_000;
/** Milliseconds that sealers have to make one seal of all that there is: several rounds whose proposer is away. */
const SEALING = 1_800_000;
/** Milliseconds by which an agreed time may be ahead of a signer's clock, as docs/protocol.md says. */
const AHEAD = 60_000;

/** The end of all trouble: nobody lies any more, every machine is up, and everyone finds a way to everyone. */
export async function heal(scenario: Scenario): Promise<void> {
  const { ledger, liars, sites, world, net, size } = scenario;
  ledger.trace('all trouble ends');
  for (const liar of liars) liar.end();
  for (const site of sites) {
    site.disk.mend();
    if (site.life.asleep) world.wake(site.life);
  }
  net.heal();
  net.degree = size > 8 ? 5 : 4;
  // Crashed ones are back after twenty seconds at most.
  for (let waited = 0; waited < 25_000 && sites.some(({ lost, up }) => !lost && !up); waited += 5_000)
    await world.pass(5_000);
  await meetByKeepers(scenario, () => untilEqual(scenario));
  await untilEqual(scenario);
  await goOnElsewhere(scenario);
  // Who joins only meanwhile may hold what nobody else does.
  for (let round = 0; round < ROUNDS; round++) {
    const unheard = scenario.members().filter((site) => isToSpeak(scenario, site));
    if (unheard.length === 0) break;
    await speak(scenario, unheard);
    await untilSealed(scenario);
  }
}

/** Who was not asked, or could not when asked, as a decision had removed them that a seal then did not find adopted. */
function isToSpeak({ asked, silent, lastWords }: Scenario, { name, waits, peer, signer }: Site): boolean {
  if (waits || silent.has(name) || lastWords.has(name)) return false;
  const { devices, members } = peer!.state;
  const member = devices.get(signer.device)?.member ?? '';
  return !asked.has(name) || members.get(member)?.status === 'active';
}

/** Each signs one last event. Whatever is still on one machine alone, because nobody had built on it, is now cited by somebody. */
async function speak(scenario: Scenario, sites: readonly Site[]): Promise<void> {
  const { ledger, world } = scenario;
  const before = new Set(ledger.done.keys());
  for (const site of sites) {
    (site.stopped ? scenario.silent : scenario.asked).add(site.name);
    site.act({ type: 'member.describe', payload: { name: { text: site.name } } });
  }
  await world.pass(5_000);
  await untilEqual(scenario);
  for (const [id, name] of ledger.done) if (!before.has(id)) scenario.lastWords.add(name);
}

/** Whoever's device has signed on two machines, and knows it, goes on by another. */
async function goOnElsewhere(scenario: Scenario): Promise<void> {
  const stopped = scenario.members().filter((site) => site.copied && site.stopped);
  for (const device of new Set(stopped.map(({ signer }) => signer.device))) {
    const site = stopped.find(({ signer }) => signer.device === device)!;
    if (site.peer!.state.devices.get(device)?.status !== 'active') continue;
    const next = await addDevice(scenario, site);
    for (let waited = 0; waited < ADDING && !next?.peer?.me; waited += 3_000) await scenario.world.pass(3_000);
    if (next?.peer?.me) scenario.note('signing twice: went on by a new device');
  }
  if (stopped.length > 0) await untilEqual(scenario);
}

/** Passes time until all have as much as each other, which it says, or so much that they would have had time for it many times. */
async function untilEqual(scenario: Scenario): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE; waited += 3_000) {
    await scenario.world.pass(3_000);
    const members = scenario.members().filter((site) => isLetIn(scenario, site));
    const keepers = scenario.keepers().filter((site) => isLetIn(scenario, site));
    const sums = new Set([...members, ...keepers].map(({ peer }) => sumOf(keptBy(peer!.replica))));
    const prints = new Set<string>();
    for (const { peer } of [...members, ...readers(scenario, keepers)]) {
      const docs = await Promise.all(DOCS.map((doc) => peer!.docs.print(doc)));
      prints.add(JSON.stringify(docs));
    }
    if (sums.size <= 1 && prints.size <= 1) return true;
    await settleVersions(scenario, members);
  }
  return false;
}

/** Those who have documents as everybody has them: of two versions under one number nobody who sits at a keeper takes the other's. */
export function readers<S extends Site>({ liars }: Scenario, sites: readonly S[]): readonly S[] {
  return sites.filter(({ keeper }) => !keeper || liars.length === 0);
}

/** Whether anybody else talks to it: whoever was admitted without effect, is frozen or has left, learns nothing more. */
function isLetIn(scenario: Scenario, site: Site): boolean {
  const others = scenario.members().filter((other) => other !== site);
  return others.length === 0 || others.some((other) => mayAct(other, site.signer.device) === true);
}

/** Whether a device may act, by what one peer knows; undefined where it knows none. Whoever left keeps their devices, and nobody talks to these. */
function mayAct({ peer }: Site, device: string): boolean | undefined {
  const row = peer!.state.devices.get(device);
  return row && row.status === 'active' && peer!.state.members.get(row.member)?.status !== 'left';
}

/** The same for the same events, in whatever order. Not their number: each of two may lack what the other has just signed. */
const sumOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { id }) => sum + parseInt(id.slice(0, 8), 16), 0);

/** What every peer must have. */
export function keptBy({ record, kept }: Replica): Entry[] {
  return record.all().filter((entry) => kept.has(entry));
}

/** Passes time until one seal has everything, or nobody could make it, or somebody should long have. */
async function untilSealed(scenario: Scenario): Promise<void> {
  for (let waited = 0; waited < SEALING; waited += 5_000) {
    if (sealingIsOver(scenario)) await untilEqual(scenario);
    // Meanwhile somebody may have been let in.
    if (sealingIsOver(scenario)) return;
    await scenario.world.pass(5_000);
  }
  await untilEqual(scenario);
}

/** Whether those who are well have nothing left to seal, or can not. */
function sealingIsOver(scenario: Scenario): boolean {
  const well = scenario.members().filter((site) => isWell(scenario, site));
  return well.every((site) => leftOpen(site).length === 0) || hinders(scenario) !== undefined;
}

/** What happened and no seal has fixed on this machine; votes on seals are always one behind. */
export function leftOpen({ peer }: Site): readonly string[] {
  return peer!.replica.unsealed.filter(({ type }) => !type.startsWith('seal.')).map(({ id }) => id);
}

type Witnesses = Pick<Scenario, 'members' | 'lastWords'>;

/** Why no seal can be made now by those who are well, if that is so. */
export function hinders(scenario: Witnesses): string | undefined {
  const well = scenario.members().filter((site) => isWell(scenario, site));
  const current = well[0]?.peer!.replica.seals.current ?? null;
  if (current === null) return 'quorum lost in the end';
  const { ground, sealers, quorum, readies } = current;
  // In sealers, not in machines: a restored backup beside its machine is the same one twice.
  const isVoiceOf = (sealer: Sealer, { peer, signer: { device } }: Site): boolean =>
    peer!.replica.seals.voiceOf(sealer) === device;
  const count = (sites: readonly Site[]): number =>
    sealers.filter((sealer) => sites.some((site) => isVoiceOf(sealer, site))).length;
  if (count(well) < quorum) return 'quorum lost in the end';
  // A time that is ahead of too many clocks is not signed.
  const agreed = agreedTime(ground, readies);
  const inTime = well.filter(({ clock }) => agreed === ground.time + 1 || agreed <= clock + AHEAD);
  return count(inTime) < quorum ? 'held up by clocks in the end' : undefined;
}

/** It could act, and nobody knows of its end: who was revoked may be told by nobody. */
function isWell(scenario: Witnesses, { name, signer, stopped }: Site): boolean {
  if (stopped || !scenario.lastWords.has(name)) return false;
  return scenario.members().every((other) => mayAct(other, signer.device) ?? true);
}
