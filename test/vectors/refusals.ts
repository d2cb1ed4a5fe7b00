import { errorCode } from '../../shared/errors';
import { concat, toHex } from '../../shared/record/bytes';
import { type EventBody, encodeBody, idOf } from '../../shared/record/event';
import type { Signer } from '../../shared/record/signature';
import { checkEvent } from '../../shared/network/check';
import type { Replica } from '../../shared/replica/replica';
import type { Person } from '../kit/group';
import type { Scenario } from './scenario';

export interface Refusal {
  readonly why: string;
  readonly event: string;
  readonly code: string;
}

const sign = async (body: Uint8Array, signer: Signer): Promise<Uint8Array> =>
  concat(await signer.sign(idOf(body)), body);

/** The body with the first place where `from` stands changed into `to`; both in hexadecimal digits. */
function changed(body: Uint8Array, from: string, to: string): Uint8Array {
  const hex = toHex(body);
  const at = hex.indexOf(from);
  if (at < 0) throw new Error(`nowhere: ${from}`);
  return new Uint8Array(Buffer.from(hex.slice(0, at) + to + hex.slice(at + from.length), 'hex'));
}

/** Code with which a peer that holds the record refuses an event; what it would take is a mistake here. */
export async function codeOf(replica: Replica, bytes: Uint8Array): Promise<string> {
  try {
    const event = await checkEvent(bytes);
    const { status } = replica.record.add(event);
    return `not refused: ${status}`;
  } catch (error) {
    return errorCode(error) ?? String(error);
  }
}

/** Events that differ from what a peer takes in by one thing each. */
export async function refusals({ authors, people }: Scenario): Promise<Refusal[]> {
  const { ben, cleo, ana, dora, laptop } = people;
  const { replica } = people.phone;
  const { record } = replica;
  const last = (by: Person) => record.tips().find(({ device }) => device === by.signer.device)!;
  const next = (by: Person, change: Partial<EventBody> = {}): EventBody => ({
    network: replica.id,
    device: by.signer.device,
    sequence: last(by).sequence + 1,
    previous: last(by).id,
    parents: record.heads().filter((id) => id !== last(by).id),
    time: 1,
    rules: 1,
    type: 'note',
    payload: { zz: 1 },
    ...change,
  });
  const refused: Refusal[] = [];
  const tell = async (why: string, bytes: Uint8Array): Promise<void> => {
    refused.push({ why, event: toHex(bytes), code: await codeOf(replica, bytes) });
  };
  const ofBytes = async (why: string, from: string, to: string, payload: unknown = { zz: 1 }): Promise<void> =>
    tell(why, await sign(changed(encodeBody(next(ben, { payload })), from, to), ben.signer));
  const ofBody = async (why: string, body: EventBody, signer: Signer): Promise<void> =>
    tell(why, await sign(encodeBody(body), signer));

  await ofBytes('a number that is not in its shortest form', '8a01', '8a1801');
  await ofBytes('a float', 'a1627a7a01', 'a1627a7af93c00');
  await ofBytes('a tag', 'a1627a7a01', 'a1627a7ac101');
  await ofBytes('a list of indefinite length', '8a01', '9f01');
  await ofBytes('a key twice', 'a2617801617901', 'a2617801617801', { x: 1, y: 1 });
  await ofBytes('keys in another order', 'a2617801617901', 'a2617901617801', { x: 1, y: 1 });
  await ofBytes('the key __proto__', '697a7a70726f746f7a7a', '695f5f70726f746f5f5f', { zzprotozz: 1 });
  await ofBytes('an id as text', '78407a', '784061', { zz: `z${'a'.repeat(63)}` });
  await ofBytes('text that is no UTF-8', '637a7a7a', '63eda080', { zz: 'zzz' });
  await ofBytes('text that is longer than its shortest form', '627a7a627a7a', '627a7a62c1ba', { zz: 'zz' });
  await ofBytes('one list in another too many', 'a1627a7a01', `a1627a7a${'81'.repeat(31)}01`);
  await ofBytes('a number beyond 2^53', 'a1627a7a01', 'a1627a7a1b0020000000000000');
  await ofBytes('a byte too many', 'a1627a7a01', 'a1627a7a0100');
  await ofBytes('another format', '8a01', '8a02');
  await ofBytes('nine elements', '8a01', '89');
  await ofBody('no type', next(ben, { type: '' }), ben.signer);
  await ofBody(
    'parents that are not ascending',
    next(ben, { parents: [ana.replica.id, last(cleo).id].sort().reverse() }),
    ben.signer,
  );
  await ofBody('its predecessor among the parents', next(ben, { parents: [last(ben).id] }), ben.signer);
  await ofBody('a predecessor of a first event', next(ben, { sequence: 0 }), ben.signer);
  await ofBody('no predecessor of a later event', next(ben, { previous: null }), ben.signer);
  await ofBody(
    'no ancestors, and not the founding event',
    next(ben, { sequence: 0, previous: null, parents: [] }),
    ben.signer,
  );
  await ofBody('a founding event with parents', next(ben, { network: null, sequence: 0, previous: null }), ben.signer);
  await ofBody('signed by another key', next(ben), cleo.signer);
  const flawed = await sign(encodeBody(next(ben)), ben.signer);
  flawed[0]! ^= 1;
  await tell('a signature of which one bit is another', flawed);
  const small = `01${'00'.repeat(31)}`;
  await ofBody('a key of small order', next(ben, { device: small }), ben.signer);
  const proof = await cleo.signer.sign(new Uint8Array(32));
  await ofBody(
    'a consent of something else',
    next(ben, { type: 'device.certify', payload: { device: cleo.signer.device, label: 'mine', proof } }),
    ben.signer,
  );
  const effect = { kind: 'restore', member: last(ben).member, device: cleo.signer.device, consent: proof };
  const words = { title: last(ben).id, text: last(ben).id, deadline: 0 };
  await ofBody(
    'a consent to be restored that is of something else',
    next(ben, { type: 'proposal.open', payload: { ...words, effect } }),
    ben.signer,
  );
  await ofBody('another network', next(ben, { network: last(ben).id }), ben.signer);
  await ofBody('a predecessor by another device', next(ben, { previous: last(cleo).id, parents: [] }), ben.signer);
  await ofBody('a number left out', next(ben, { sequence: last(ben).sequence + 2 }), ben.signer);
  const stranger = await authors.signer('stranger');
  const first = next(ben, { device: stranger.device, sequence: 0, previous: null, parents: record.heads() });
  await ofBody('the first event of a device that nobody certified', first, stranger);
  await ofBody(
    'a third branch of a device that forked',
    { ...next(laptop), ...(await branchOf(people.laptop)), time: 9 },
    laptop.signer,
  );
  await ofBody('by a member whom a seal has removed', next(cleo), cleo.signer);
  await ofBody('by a device whose revocation a seal has', next(ana), ana.signer);
  await ofBody('by a device in whose place a seal has another', next(dora), dora.signer);
  return refused;
}

/** Where its chain begins, once more. */
async function branchOf({ replica, signer }: Person): Promise<Partial<EventBody>> {
  const parents = replica.record.certificatesOf(signer.device);
  return { sequence: 0, previous: null, parents };
}
