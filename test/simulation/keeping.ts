import { errorCode } from '../../shared/errors';
import { addDevice } from './arrivals';
import type { Machine } from './net';
import type { Scenario } from './scenario';
import { Site } from './site';

/** Milliseconds that a keeper has to be let in. */
const ADDING = 60_000;
/** How often, at a step, somebody tries to act by a keeper's device. */
const TRIES = 0.1;

/** Members let in the keepers that the run is to have. */
export async function letKeepersIn(scenario: Scenario): Promise<void> {
  const { keeping, keepersWanted, ledger, net, world } = scenario;
  for (let count = 0; count < keepersWanted; count++) {
    const host = keeping.maybe(scenario.members().filter(({ up }) => up));
    const keeper = host && (await addDevice(scenario, host, true));
    for (let waited = 0; waited < ADDING && !keeper?.peer?.me; waited += 3_000) await world.pass(3_000);
  }
  if (!scenario.livesApart || scenario.keepers().length === 0) return;
  ledger.trace('from now on members meet keepers alone');
  scenario.note('keeper: members lived apart by it');
  net.restrict(bringsTogether);
}

/** What a keeper's device can not do, whoever asks it. */
export function tryToAct(scenario: Scenario): void {
  const { keeping, ledger } = scenario;
  const keeper = keeping.maybe(scenario.keepers().filter(({ up }) => up));
  if (keeper?.peer === undefined || !keeping.happens(TRIES)) return;
  const { name, peer } = keeper;
  peer.act({ type: 'member.describe', payload: { name: { text: name } } }).then(
    () => ledger.faults.push(`${name} is a keeper, and has signed`),
    (error: unknown) => {
      const code = errorCode(error);
      if (code === 'refused-device-keeper') scenario.note('keeper: refused to sign');
      ledger.trace(`${name}, a keeper, could not: ${code}`);
    },
  );
}

/**
 * Once all trouble is over members have some time in which they meet nobody but keepers; then everybody meets everybody. `untilEqual` says
 * whether they came to have the same.
 */
export async function meetByKeepers(scenario: Scenario, untilEqual: () => Promise<boolean>): Promise<void> {
  const { net, keepersWanted } = scenario;
  if (keepersWanted === 0) return;
  const isKept = scenario.keepers().some((keeper) => isEverybodys(scenario, keeper));
  if (isKept) {
    net.restrict(bringsTogether);
    // Each has something that the others get by a keeper, or never.
    for (const site of scenario.members())
      if (!site.stopped) site.act({ type: 'member.describe', payload: { name: { text: site.name } } });
    await scenario.world.pass(5_000);
    const isEqual = await untilEqual();
    if (isEqual) scenario.note('keeper: all are equal by it alone');
    else if (isPromised(scenario)) scenario.unequal = 'members who met nobody but keepers differ';
  }
  net.restrict(undefined);
}

/** Those who have joined meet no member; whoever joins needs one. */
const bringsTogether = (a: Machine, b: Machine): boolean => [a, b].some((one) => isKeeper(one) || isJoining(one));
const isKeeper = (machine: Machine): boolean => machine instanceof Site && machine.keeper;
const isJoining = (machine: Machine): boolean => machine instanceof Site && machine.link !== undefined;

/** Nobody lied, or has two disks with one key, or lost all; and everybody lets everybody in. */
function isPromised(scenario: Scenario): boolean {
  const { liars, sites, ledger, renews } = scenario;
  const isCalm = liars.length === 0 && ledger.restoring.size === 0 && !renews && !sites.some(({ copied }) => copied);
  return isCalm && [...scenario.members(), ...scenario.keepers()].every((site) => isEverybodys(scenario, site));
}

/** Whether every machine lets it in. */
function isEverybodys(scenario: Scenario, { signer }: Site): boolean {
  return [...scenario.members(), ...scenario.keepers()].every(({ peer }) => {
    const device = peer!.state.devices.get(signer.device);
    return device?.status === 'active' && peer!.state.members.get(device.member)?.status === 'active';
  });
}
