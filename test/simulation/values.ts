import { consentMessage } from '../../shared/network/certificates';
import { concat, toHex, utf8 } from '../../shared/record/bytes';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { detach } from '../../shared/record/compose';
import { decodeEvent, idOfStored } from '../../shared/record/event';
import { deviceKeyFromSeed, signerOf } from '../../shared/record/signature';
import { KIND } from '../../shared/sync/channel/kinds';
import type { Chance } from './random';
import type { Liar } from './liar';
import { oddText } from './odd-texts';

/** Levels of lists and maps of an event's payload beyond which nobody takes it: 32 by docs/protocol.md, with the event's own list. */
const DEEPEST = 31;
const DEPTHS = [10, 30, 31, 31, 32, 32, 33, 60, 700, 5_000, 20_000, 60_000];

/** Lists in lists, or maps in maps by an empty key. */
export function nested(chance: Chance, depth: number): Uint8Array {
  // A map is two bytes a level: more is too large an event.
  const maps = chance.happens(0.3) && depth < 30_000;
  const level = maps ? Uint8Array.of(0xa1, 0x60) : Uint8Array.of(0x81);
  const end = chance.pick([Uint8Array.of(0x80), Uint8Array.of(0xa0)]);
  const bytes = new Uint8Array(level.length * (depth - 1) + 1);
  for (let at = 0; at < bytes.length - 1; at += level.length) bytes.set(level, at);
  bytes.set(end, bytes.length - 1);
  return bytes;
}

/** Payloads and messages that are nested as deep as an event can be: a reader that goes down by calls runs out of them, each at another depth. */
export async function nest(liar: Liar): Promise<void> {
  const depth = liar.chance.pick(DEPTHS);
  const payload = nested(liar.chance, depth);
  if (liar.chance.happens(0.3)) {
    const kind = liar.chance.pick([KIND.record, KIND.docs, KIND.presence, KIND.join, KIND.files]);
    return liar.blurt(kind, payload);
  }
  const type = liar.chance.pick(['member.describe', 'ballot.cast', 'crown.take']);
  if (depth > DEEPEST) return tellUntakeable(liar, await liar.forgeBytes(type, payload));
  const event = decodeEvent(await liar.forgeBytes(type, payload));
  liar.powerless.add(event.id);
  liar.malformed.add(event.id);
  await liar.say(event);
}

/** Encodings that are no value of the record, each for a reason of its own. */
const ALIEN: readonly (readonly number[])[] = [
  [0xf9, 0x3e, 0x00], // 1.5
  [0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0], // infinity
  [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // beyond what a number holds
  [0x3b, 0x00, 0x20, 0, 0, 0, 0, 0, 0], // the same, negative
  [0x18, 0x01], // 1 in two bytes
  [0xc0, 0x60], // a tag
  [0xf7], // undefined
  [0x9f, 0xff], // no length
  [0xa2, 0x61, 0x61, 0x00, 0x61, 0x61, 0x00], // a key twice
  [0xa2, 0x61, 0x62, 0x00, 0x61, 0x61, 0x00], // keys out of order
  [0xa1, 0x00, 0x00], // a key that is no text
  [0xa1, 0x69, ...utf8('__proto__'), 0x00],
  [0x63, 0xed, 0xa0, 0x80], // half a surrogate pair
  [0x66, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], // both halves, each by itself
  [0x62, 0xc0, 0x80], // NUL in two bytes
  [0x61, 0xff],
  [0x78, 0x40, ...utf8('0'.repeat(64))], // an id as text
  [0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // more bytes than there are
];

export async function alien(liar: Liar): Promise<void> {
  const value = Uint8Array.from(liar.chance.pick(ALIEN));
  const type = liar.chance.pick(['member.describe', 'ballot.cast', 'crown.take']);
  const payload = liar.chance.pick([value, concat(Uint8Array.of(0x81), value)]);
  await tellUntakeable(liar, await liar.forgeBytes(type, payload));
}

/** An event that nobody may take, to one neighbour or all; now and then with one that builds on it. */
async function tellUntakeable(liar: Liar, bytes: Uint8Array): Promise<void> {
  const id = idOfStored(bytes);
  liar.untakeable.add(id);
  const events = [bytes];
  if (liar.chance.happens(0.3)) {
    const last = liar.entries().at(-1);
    const place = last === undefined ? {} : { previous: last.id, sequence: last.sequence + 1 };
    events.push((await liar.forge('crown.take', {}, { ...place, parents: [id] })).bytes);
  }
  const times = liar.chance.happens(0.5) ? 1 : liar.channels.length;
  for (let time = 0; time < times; time++) liar.blurtEvents(liar.chance.happens(0.5) ? events : [...events].reverse());
}

/** Odd texts wherever an event has any: beside it, in it, as its type, as a key. */
export async function sayOddly(liar: Liar): Promise<void> {
  const [one, other] = [oddText(liar.chance), oddText(liar.chance)];
  await liar.chance.pick([
    async () => {
      const { payload, texts } = detach<unknown>({ name: { text: one }, about: { text: other } }, liar.signer.device);
      await liar.say(await liar.forge('member.describe', payload), undefined, [...texts.values()]);
    },
    async () => {
      const device = signerOf(await deviceKeyFromSeed(liar.chance.bytes(32)));
      const proof = await device.sign(consentMessage(liar.replica.id, liar.signer.device));
      await liar.say(await liar.forge('device.certify', { device: device.device, label: one, proof }));
      liar.signers.push(device);
    },
    async () => powerless(liar, await liar.forge(`${one}crown`, { [one]: other, a: [one] })),
    async () => powerless(liar, await liar.forge('text.erase', { event: liar.replica.id, text: one }), true),
    async () => {
      const posting = { account: `expense:${one}`, unit: 'EUR', amount: 5 };
      const postings = [posting, { account: 'bank', unit: 'EUR', amount: -5 }];
      const memo = toHex(liar.chance.bytes(32));
      const entry = { kind: 'expense', date: '2025-01-01', memo, postings };
      await powerless(liar, await liar.forge('entry.post', entry), true);
    },
    async () => {
      const texts = [{ author: liar.signer.device, salt: liar.chance.bytes(16), text: one }];
      liar.blurt(KIND.record, encodeCanonical({ kind: 'events', events: [], texts }));
    },
  ])();
}

async function powerless(liar: Liar, event: Awaited<ReturnType<Liar['forge']>>, malformed = false): Promise<void> {
  liar.powerless.add(event.id);
  if (malformed) liar.malformed.add(event.id);
  await liar.say(event);
}
