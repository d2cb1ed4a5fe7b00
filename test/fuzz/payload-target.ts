import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PeerholdError } from '../../shared/errors';
import { certifies } from '../../shared/network/certificates';
import { type EventType, payloadShapes } from '../../shared/network/events';
import { Network } from '../../shared/network/network';
import { fromHex } from '../../shared/record/bytes';
import { decodeCanonical } from '../../shared/record/cbor-reader';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { type EventBody, decodeEvent, encodeBody, withSignature } from '../../shared/record/event';
import { RecordSet } from '../../shared/record/record';
import type { Target } from './target';

const vector = JSON.parse(readFileSync(resolve('test/vectors/record.json'), 'utf8')) as {
  readonly network: string;
  readonly events: readonly string[];
};
const record = new RecordSet(vector.network, certifies);
const network = new Network(record);
const events = vector.events.map((hex) => decodeEvent(fromHex(hex)));
for (const event of events) {
  const added = record.add(event);
  if (added.status === 'added') network.add(added.entries);
}
network.settle();

const isWellFormed = (type: string, payload: unknown): boolean =>
  Object.hasOwn(payloadShapes, type) && payloadShapes[type as EventType](payload);
/** One event of each type that the network of the vectors has, the last of it. */
const ofType = new Map(
  events.filter(({ type, payload }) => isWellFormed(type, payload)).map(({ type, payload }) => [type, payload]),
);
const newest = record.all().findLast(({ device, member }) => {
  const { devices, members } = network.state;
  const { status, role } = devices.get(device) ?? {};
  return status === 'active' && role === undefined && members.get(member)?.status === 'active';
})!;

/** A member's next event, whatever it says. */
const bodyOf = (type: string, payload: unknown): EventBody => ({
  network: vector.network,
  device: newest.device,
  sequence: newest.sequence + 1,
  previous: newest.id,
  parents: record.heads().filter((id) => id !== newest.id),
  time: 1_800_000_000_000,
  rules: network.rules,
  type,
  payload,
});

/** What an event can say, to the rules: they say why it has no effect, whatever it is. */
export const PAYLOADS: Target = {
  name: 'payloads',
  samples: [...ofType].map((one) => encodeCanonical(one)),
  read(bytes) {
    const value = decodeCanonical(bytes);
    if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== 'string') return false;
    const event = decodeEvent(withSignature(encodeBody(bodyOf(value[0], value[1])), new Uint8Array(64)));
    certifies(event, event.device);
    const refusal = network.rehearse(event);
    if (isWellFormed(value[0], value[1])) return true;
    if (refusal === undefined) throw new Error(`${value[0]}: has effect, and is not of its form`);
    throw new PeerholdError(`refused-${refusal.code}`);
  },
};
