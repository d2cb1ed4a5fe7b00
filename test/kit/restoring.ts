import { expect } from 'vitest';
import { restoringMessage } from '../../shared/network/certificates';
import { stateDigest } from '../../shared/network/digest/digest';
import type { Signer } from '../../shared/record/signature';
import { Replica } from '../../shared/replica/replica';
import { Person, group, meet, protocols } from './group';
import { SealingGroup } from './sealing';

type Five = [Person, Person, Person, Person, Person];
const NAMES = ['ana', 'ben', 'cleo', 'dora', 'eli'];
export const byMajority = protocols({ remove: 'majority', none: 'majority' });

/** Five of whom a seal has all; cleo will lose her device. */
export async function five(): Promise<{ people: Five; there: Person[]; sealing: SealingGroup }> {
  const people = (await group(NAMES, byMajority)) as Five;
  const sealing = new SealingGroup(people);
  await sealing.pass(4);
  return { people, there: people.filter(({ name }) => name !== 'cleo'), sealing };
}

export async function propose(by: Person, whom: Person, key: Signer): Promise<string> {
  const consent = await key.sign(restoringMessage(by.replica.id, by.signer.device));
  const effect = { kind: 'restore' as const, member: whom.member, device: key.device, consent };
  return by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
}
export const agree = (by: Person, proposal: string, choice: 'agree' | 'disagree' = 'agree') =>
  by.act('ballot.cast', { proposal, choice });
export async function decide(people: readonly Person[], proposal: string): Promise<void> {
  await meet(people);
  for (const person of people.slice(0, 3)) await agree(person, proposal);
  await meet(people);
}

/** The member at the new device, with all that another has. */
export async function at(key: Signer, name: string, of: Person, from: Person): Promise<Person> {
  const person = new Person(name, key, new Replica(from.replica.id), from.replica.newest!.time);
  person.member = of.member;
  await person.pull(from);
  return person;
}
export const statusOf = ({ replica }: Person, proposal: string) => replica.state.proposals.get(proposal)?.status;
export const deviceOf = ({ replica }: Person, { device }: { readonly device: string }) =>
  replica.state.devices.get(device);
export const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
export async function sameForAll(people: readonly Person[]): Promise<void> {
  await meet(people);
  for (const person of people) {
    const whole = new Replica(person.replica.id);
    const { events } = await person.batch();
    whole.receive({ events: [...events].reverse(), texts: [] });
    expect(stateDigest(whole.state)).toBe(stateDigest(person.replica.state));
    expect(stateDigest(person.replica.state)).toBe(stateDigest(people[0]!.replica.state));
  }
}
