import { consentMessage } from '../../shared/network/certificates';
import { forge } from '../kit/forge';
import { type Person, meet } from '../kit/group';
import { type Authors, type Three, give, post } from './author';

/** Two who let somebody in by one use of an invite, without knowing of each other. */
export async function rivals(authors: Authors, [ana, ben, cleo]: Three): Promise<Person> {
  const invite = await authors.invite(ben, 'second invite', 1);
  for (const person of [ana, cleo]) await person.pull(ben);
  const dora = await authors.admit(ana, invite, 'dora');
  await authors.admit(cleo, invite, 'eli');
  await meet([ana, ben, cleo]);
  return dora;
}

/** Somebody is let in by a decision, somebody removed, a member moves to another device; words of another are erased. */
export async function departures(authors: Authors, [ana, ben, cleo]: Three, dora: Person): Promise<Person> {
  const people = [ana, ben, cleo];
  const about = ana.replica.state.members.get(ben.member)!.about!;
  const event = ana.replica.record
    .all()
    .find(({ type, device }) => type === 'member.describe' && device === ben.signer.device)!.id;
  await post(authors, ana, 'transfer', [
    [`owed:${cleo.member}`, 2_000],
    ['bank', -2_000],
  ]);
  const proposals = [
    await authors.open(ana, 'Let her in', { kind: 'admit', member: dora.member }),
    await authors.open(ana, 'It is enough', { kind: 'remove', member: cleo.member }),
    await authors.open(ana, 'Nobody grinds', { kind: 'erase', event, text: about }),
  ];
  await meet(people);
  for (const by of [ana, ben]) {
    for (const proposal of proposals) await by.act('ballot.cast', { proposal, choice: 'agree' });
    await ben.pull(ana);
  }
  // She did not know of it.
  await post(authors, cleo, 'expense', [
    ['expense:flour', 700],
    ['bank', -700],
  ]);
  const phone = await authors.certify(ana, 'phone');
  await phone.act('device.revoke', { device: ana.signer.device });
  await meet([...people, phone]);
  return phone;
}

/**
 * A member who lost their device is restored on a new one, which begins its chain before a seal has that; of another proposal somebody else's
 * device does. Gives the member at the new one.
 */
export async function restoration(authors: Authors, [phone, ben, dora]: Three): Promise<Person> {
  const people = [phone, ben, dora];
  const [proposal, again] = await authors.restore(phone, dora, 'doras new phone');
  const [, stranger] = await authors.restore(ben, dora, 'a strangers phone');
  await meet(people);
  for (const by of [phone, ben]) await by.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
  for (const early of [again, stranger]) {
    await early.pull(ben);
    const words = authors.words(early.signer, `Dora at ${early.name}`);
    const event = await forge(early, { type: 'member.describe', payload: { name: words } });
    give([event], [...people, early]);
  }
  return again;
}

/** In the tail: a late ballot, and what somebody who is gone and a device that was replaced signed, on which another built. */
export async function afterwards(
  authors: Authors,
  [phone, ben, cleo]: Three,
  decided: string,
  [dora, again]: readonly [Person, Person],
): Promise<void> {
  const name = authors.words(cleo.signer, 'Cleo still');
  const outside = await forge(cleo, { type: 'member.describe', payload: { name } });
  // The old device lets a further one in, and that one signs.
  const further = await authors.signer('doras further phone');
  const proof = await further.sign(consentMessage(dora.replica.id, dora.signer.device));
  const payload = { device: further.device, label: 'further', proof };
  const certificate = await forge(dora, { type: 'device.certify', payload });
  const still = authors.words(further, 'Dora still');
  const first = { device: further.device, sequence: 0, previous: null, parents: [certificate.id] };
  const beyond = await forge(dora, { ...first, type: 'member.describe', payload: { name: still } }, further);
  const parents = [outside.id, beyond.id, ...ben.replica.record.heads()].sort();
  const own = ben.replica.record.tips().find(({ device }) => device === ben.signer.device)!;
  const leaning = await forge(ben, {
    type: 'ballot.cast',
    payload: { proposal: decided, choice: 'disagree' },
    parents: parents.filter((id) => id !== own.id),
  });
  give([leaning, outside, beyond, certificate], [ben, phone, cleo, dora, again]);
  const words = [authors.words(ben.signer, 'mill'), authors.words(ben.signer, 'It **turns** and turns.')] as const;
  await ben.act('page.publish', { page: 'mill', title: words[0], text: words[1] });
  await post(authors, phone, 'income', [
    ['cash', 900],
    ['income:flour', -900],
  ]);
  await again.act('member.describe', { name: authors.words(again.signer, 'Dora again') });
}
