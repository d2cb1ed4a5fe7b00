import { inviteKey } from '../../shared/invite/link';
import type { Scenario } from './scenario';
import type { Site } from './site';
import { Disk } from './disk';

/** A member hands a link to somebody new, who joins when they can. */
export async function invite(scenario: Scenario, mayFail: boolean): Promise<void> {
  const { chance, ledger, world } = scenario;
  const host = scenario.host();
  if (host?.peer === undefined) {
    if (!mayFail) throw new Error('nobody can invite');
    return;
  }
  const secret = scenario.secret(16);
  const key = await inviteKey(secret);
  // One day may pass before anybody comes; and more days than are agreed on are refused.
  const days = mayFail
    ? chance.weighted([
        [14, 8],
        [1, 2],
        [15, 0.3],
      ] as const)
    : 14;
  const uses = chance.pick([1, 1, 2]);
  const type = chance.happens(0.85) ? 'resident' : 'supporter';
  host.act({ type: 'invite.issue', payload: { invite: key.device, type, uses, days } });
  const names = chance.happens(0.7) || !mayFail ? 1 : 2;
  const newcomers: Site[] = [];
  for (let i = 0; i < names; i++) {
    const letter = String.fromCharCode(97 + (scenario.sites.length % 26));
    const site = scenario.addSite(`${letter}${scenario.sites.length}`, await scenario.newSigner());
    const seal = host.peer.replica.seals.seals.at(-1)?.value ?? null;
    const { network } = scenario;
    site.link = { network, secret, expires: 0, networkName: '', inviter: '', meetingPlaces: [], seal };
    ledger.trace(`${host.name} invites ${site.name} (${uses} uses)`);
    newcomers.push(site);
  }
  if (names > 1 && chance.happens(0.5)) {
    // Each may find somebody who has not heard of the other.
    await world.pass(2_000);
    scenario.net.partition();
  }
  for (const site of newcomers) void site.start();
  await world.pass(mayFail ? 0 : 3_000);
}

/** A member who lost all devices gets an invite from somebody, and opens it on a new machine. */
export async function askToBeRestored(scenario: Scenario, member: string): Promise<void> {
  const host = scenario.host();
  if (host?.peer === undefined) return;
  const { network, ledger, sites } = scenario;
  const secret = scenario.secret(16);
  const { device: invite } = await inviteKey(secret);
  host.act({ type: 'invite.issue', payload: { invite, type: 'resident', uses: 1, days: 14 } });
  const site = scenario.addSite(`n${sites.length}`, await scenario.newSigner());
  const seal = host.peer.replica.seals.seals.at(-1)?.value ?? null;
  site.link = { network, secret, expires: 0, networkName: '', inviter: '', meetingPlaces: [], seal };
  ledger.restoring.set(site.signer.device, member);
  void site.start();
}

/** A member opens a device link on another machine, which is theirs once the one that made the link has certified it; as a keeper, if it is to be one. */
export async function addDevice(scenario: Scenario, host: Site, isKeeper = false): Promise<Site | undefined> {
  const { network, ledger, sites } = scenario;
  const { peer } = host;
  if (peer === undefined) return undefined;
  const secret = scenario.secret(16);
  const key = await inviteKey(secret);
  const expires = Number.MAX_SAFE_INTEGER;
  // Where the disk does not take it the link leads nowhere.
  peer.devices.offer(key.device, expires).catch((error) => ledger.trace(`${host.name}: no link, ${String(error)}`));
  const device = scenario.addSite(`${host.name}x${sites.length}`, await scenario.newSigner());
  const seal = peer.replica.seals.seals.at(-1)?.value ?? null;
  const made = { network, secret, expires, networkName: '', inviter: '', meetingPlaces: [], seal };
  device.link = { ...made, device: host.signer.device };
  device.keeper = isKeeper;
  ledger.trace(`${host.name} adds ${device.name}${isKeeper ? ', a keeper' : ''}`);
  void device.start();
  return device;
}

/** Somebody copies their disk. */
export async function backUp(scenario: Scenario): Promise<void> {
  const site = scenario.someone(({ copied }) => !copied);
  if (site === undefined || scenario.backups.some(({ of }) => of === site)) return;
  const disk = new Disk(scenario.world, scenario.chance.fork(`backup-${site.name}`), () => undefined);
  await disk.copyFrom(site.disk);
  scenario.backups.push({ of: site, disk });
  scenario.ledger.trace(`${site.name} makes a backup at ${site.peer?.replica.record.size} events`);
}

/** A copy of some moment ago is started, with the same key: in place of a machine that is lost, or beside it. */
export async function restore(scenario: Scenario): Promise<void> {
  const { chance, ledger, backups } = scenario;
  const backup = chance.maybe(backups.filter(({ of }) => !of.copied && scenario.members().includes(of)));
  if (backup === undefined) return;
  const { of, disk } = backup;
  const alone = chance.happens(0.5);
  const copy = scenario.addSite(`${of.name}r`, of.signer);
  await copy.disk.copyFrom(disk);
  copy.copied = true;
  of.copied = true;
  if (alone) {
    of.lose();
    scenario.net.leave(of);
  }
  scenario.note(alone ? 'trouble: backup in place of the lost machine' : 'trouble: backup beside the machine');
  ledger.trace(`${copy.name} is restored from the backup of ${of.name}${alone ? ', which is lost' : ''}`);
  // Whoever works on before either hears of the other signs two histories.
  const worksOn = chance.happens(0.5);
  // Not waited for: what it deletes from its disk as it starts takes simulated time.
  void copy.start().then(() => {
    if (!worksOn) return;
    for (const site of alone ? [copy] : [copy, of])
      site.act({ type: 'member.describe', payload: { name: { text: site.name } } });
  });
}
