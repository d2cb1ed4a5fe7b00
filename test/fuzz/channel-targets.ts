import { sha512 } from '@noble/hashes/sha2.js';
import { concat, equalBytes, toHex } from '../../shared/record/bytes';
import { Channel } from '../../shared/sync/channel/channel';
import { Handshake, type HandshakeOptions } from '../../shared/sync/channel/handshake';
import { KIND } from '../../shared/sync/channel/kinds';
import type { CloseReason, MessageHandler, Role, Transport, TransportInfo } from '../../shared/sync/channel/ports';
import type { Target } from './target';

const NETWORK = 'aa'.repeat(32);
const INVITE = '1d'.repeat(32);
const inviteKey = new Uint8Array(32).fill(9);
const PRINTS = [new Uint8Array(32).fill(0xa1), new Uint8Array(32).fill(0xb2)] as const;

/** Stands in for Ed25519: it is readers that are tried, and one of these costs next to nothing. */
const sign = (key: Uint8Array, bytes: Uint8Array): Uint8Array => sha512(concat(key, bytes));

const options = (key: number, more: Partial<HandshakeOptions> = {}): HandshakeOptions => {
  const deviceKey = new Uint8Array(32).fill(key);
  return {
    network: NETWORK,
    signer: { deviceKey, sign: async (bytes) => sign(deviceKey, bytes) },
    verify: async (device, bytes, signature) => equalBytes(sign(device, bytes), signature),
    random: (length) => new Uint8Array(length).fill(key),
    inviteKey: (invite) => (invite === INVITE ? inviteKey : undefined),
    authorise: () => true,
    ...more,
  };
};
const info = (role: Role): TransportInfo => {
  const [localFingerprint, remoteFingerprint] = role === 'dialler' ? PRINTS : ([PRINTS[1], PRINTS[0]] as const);
  return { role, localFingerprint, remoteFingerprint };
};

const introduction = (): readonly Uint8Array[] => [new Uint8Array(90).fill(5)];
const member = options(2, { introduction });
const joiner = options(3, { join: { invite: INVITE, sign: async (bytes) => sign(inviteKey, bytes) } });
const here = options(1);
const answering = (): Handshake => new Handshake(here, info('answerer'));

/** What the other side sends in a handshake that both bring to its end. */
async function messagesOf(other: HandshakeOptions): Promise<readonly [Uint8Array, Uint8Array, Uint8Array]> {
  const [theirs, ours] = [new Handshake(other, info('dialler')), answering()];
  const hello = theirs.hello();
  const proof = (await theirs.receive(ours.hello())).send!;
  const accepted = await theirs.receive((await ours.receive(hello)).send!);
  return [hello, proof, accepted.send!];
}
const ofMember = await messagesOf(member);
const ofJoiner = await messagesOf(joiner);

/** Whoever is proved to be there is who signed: nobody else comes of any bytes. */
const proofs = (name: string, { signer }: HandshakeOptions, [hello, proof]: readonly Uint8Array[]): Target => ({
  name,
  samples: [proof!],
  async read(bytes) {
    const handshake = answering();
    await handshake.receive(hello!);
    await handshake.receive(bytes);
    if (handshake.proved !== toHex(signer.deviceKey)) throw new Error(`proved: ${handshake.proved}`);
    return handshake.verified;
  },
});

/** A transport on which nothing goes anywhere. */
class Nowhere implements Transport {
  readonly role = 'answerer';
  readonly localFingerprint = PRINTS[1];
  readonly remoteFingerprint = PRINTS[0];
  readonly buffered = 0;
  readonly route = null;
  handler: MessageHandler = () => undefined;
  send(): void {}
  onDrain(): void {}
  onRoute(): void {}
  setTrust(): void {}
  close(): void {}
  onClose(_listener: (reason: CloseReason) => void): void {}
  onMessage(handler: MessageHandler): void {
    this.handler = handler;
  }
}

/** An open channel: what it hands on, by whom it came to be. */
async function opened(
  [hello, proof, accept]: readonly Uint8Array[],
  take: (kind: number) => void,
): Promise<MessageHandler> {
  const transport = new Nowhere();
  const clock = { now: () => 0, setTimer: () => () => undefined };
  const channel = new Channel(transport, { ...here, clock });
  for (const kind of [KIND.record, KIND.docs, KIND.presence, KIND.join, KIND.files]) channel.on(kind, () => take(kind));
  for (const message of [hello!, proof!, accept!])
    await transport.handler(concat(Uint8Array.of(KIND.control, 0), message));
  await channel.opened;
  return transport.handler;
}

const fromMember = await opened(ofMember, () => undefined);
const fromJoiner = await opened(ofJoiner, (kind) => {
  if (kind !== KIND.join) throw new Error(`kind ${kind} of one who is joining was handed on`);
});
const messages = [
  ...Object.values(KIND).map((kind) => Uint8Array.of(kind, 1, 2, 3)),
  Uint8Array.of(KIND.control, 2),
  Uint8Array.of(99, 1),
];

/** All that a channel reads itself, before who is there is known and after. */
export const CHANNEL_TARGETS: readonly Target[] = [
  {
    name: 'handshake, hello',
    samples: [ofMember[0], ofJoiner[0]],
    read: async (bytes) => (await answering().receive(bytes)).send !== undefined,
  },
  proofs('handshake, proof of a member', member, ofMember),
  proofs('handshake, proof of one who joins', joiner, ofJoiner),
  {
    name: 'handshake, acceptance',
    samples: [ofMember[2]],
    async read(bytes) {
      const handshake = answering();
      await handshake.receive(ofMember[0]);
      await handshake.receive(ofMember[1]);
      return (await handshake.receive(bytes)).done?.device === toHex(member.signer.deviceKey);
    },
  },
  {
    name: 'messages of a member',
    samples: messages,
    async read(bytes) {
      await fromMember(bytes);
      return true;
    },
  },
  {
    name: 'messages of one who joins',
    samples: messages.filter(([kind]) => kind === KIND.control || kind === KIND.join),
    async read(bytes) {
      await fromJoiner(bytes);
      return true;
    },
  },
];
