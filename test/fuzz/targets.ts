import { encode, readFromCaller, readFromHolder } from '../../node/cli/beside/messages';
import { parseMessage } from '../../node/signalling/message';
import { DEFAULT_LIMITS } from '../../node/signalling/limits';
import { decodeMessage, encodeMessage } from '../../shared/commons/messages';
import { Presence } from '../../shared/commons/presence';
import { Manifest } from '../../shared/files/manifest';
import { MANIFEST, decodeFilesMessage, encodeFilesMessage } from '../../shared/files/messages';
import { PeerholdError } from '../../shared/errors';
import { readForkFile, writeForkFile } from '../../shared/network/fork-file';
import { decodeJoinMessage, encodeJoinMessage } from '../../shared/invite/exchange';
import { decodeInvite, encodeInvite } from '../../shared/invite/link';
import { parseDeepLink } from '../../shared/ipc/deep-link';
import { isSafeExternalUrl } from '../../shared/ipc/external-url';
import { concat, equalBytes, utf8 } from '../../shared/record/bytes';
import { decodeCanonical } from '../../shared/record/cbor-reader';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { type EventBody, withSignature, decodeEvent, encodeBody } from '../../shared/record/event';
import { FrameReader, FrameWriter } from '../../shared/sync/channel/framing';
import { PRIORITY } from '../../shared/sync/channel/ports';
import { decodeSignal, encodeSignal } from '../../shared/sync/meeting/signal';
import { fingerprintOf } from '../../shared/sync/webrtc/fingerprint';
import { decodeRecordMessage, encodeRecordMessage } from '../../shared/sync/record-messages';
import { ARCHIVES } from './archive-target';
import { BUNDLE_TARGETS } from './bundle-targets';
import { CHANNEL_TARGETS } from './channel-targets';
import { DISCUSSION } from './discussion-target';
import { DOCUMENT_TARGETS } from './document-targets';
import { PACKETS } from './lan-target';
import { MEETING_TARGETS } from './meeting-targets';
import { NESTING_TARGETS } from './nesting-targets';
import { PAGE_TARGETS } from './page-targets';
import { PAYLOADS } from './payload-target';
import type { Target } from './target';
import { RELEASES } from './update-target';

const ID = 'ab'.repeat(32);
const HEX = '0123456789abcdef'.repeat(4);
const decoder = new TextDecoder();
const text = (bytes: Uint8Array): string => decoder.decode(bytes);
/** What was taken has one encoding only, where a second could tell two peers different things. */
const isCanonical = (bytes: Uint8Array, again: Uint8Array): true => {
  if (!equalBytes(bytes, again)) throw new Error('taken, and written otherwise');
  return true;
};

const body: EventBody = {
  network: ID,
  device: HEX,
  sequence: 3,
  previous: ID,
  parents: [HEX],
  time: 1_700_000_000_000,
  rules: 1,
  type: 'ballot.cast',
  payload: { proposal: ID, choice: 'agree', reason: HEX },
};
const event = withSignature(encodeBody(body), new Uint8Array(64).fill(7));
const manifest = Manifest.of(300_000, [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]);
const link = {
  network: ID,
  secret: new Uint8Array(16).fill(3),
  expires: 1_800_000_000_000,
  seal: HEX,
  networkName: 'Lime Street',
  inviter: 'Ann',
  meetingPlaces: ['ws://192.168.1.2:4444/signal'],
};
const helped = {
  ...link,
  helpers: {
    stun: ['stun:stun.example.org'],
    turn: [{ address: 'turns:turn.example.org:5349?transport=tcp', username: 'mill', credential: 'sesame' }],
  },
};
const sdp = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  '',
].join('\r\n');

function frames(): Uint8Array[] {
  const writer = new FrameWriter();
  writer.push(utf8('a ballot'), PRIORITY.urgent);
  writer.push(new Uint8Array(2_000).fill(1), PRIORITY.normal);
  const made: Uint8Array[] = [];
  for (let frame = writer.next(); frame !== undefined; frame = writer.next()) made.push(frame);
  return made;
}

function presence(refused: string[]): Presence {
  const made = new Presence({
    clock: { now: () => 0, setTimer: () => () => undefined },
    send: () => undefined,
    onRefused: (_peer, code) => void refused.push(code),
    show: () => undefined,
  });
  made.connected('peer', ID);
  return made;
}

export const TARGETS: readonly Target[] = [
  {
    name: 'canonical bytes',
    samples: [encodeCanonical({ a: [1, -1, null, true], b: 'text', c: new Uint8Array(5) }), encodeCanonical([[[{}]]])],
    read: (bytes) => isCanonical(bytes, encodeCanonical(decodeCanonical(bytes))),
  },
  {
    name: 'events',
    samples: [event],
    read: (bytes) => isCanonical(bytes, decodeEvent(bytes).bytes),
  },
  {
    name: 'proofs of forks',
    samples: [writeForkFile([event, event.slice(0, 90)])],
    read(bytes) {
      // Other programs may lay out their JSON otherwise; what it holds is the same.
      const proof = readForkFile(bytes);
      readForkFile(writeForkFile(proof)).forEach((half, index) => isCanonical(half, proof[index]!));
      return true;
    },
  },
  {
    name: 'record messages',
    samples: [
      encodeRecordMessage({ kind: 'have', tips: [ID, HEX] }),
      encodeRecordMessage({ kind: 'want', ids: [ID] }),
      encodeRecordMessage({ kind: 'events', events: [event], texts: [] }),
    ],
    read: (bytes) => isCanonical(bytes, encodeRecordMessage(decodeRecordMessage(bytes))),
  },
  {
    name: 'documents',
    samples: [
      encodeMessage({ kind: 'digest', digest: new Uint8Array(32) }),
      encodeMessage({ kind: 'ask', doc: `page:${ID}`, known: new Uint8Array(4) }),
      encodeMessage({
        kind: 'updates',
        doc: 'commons',
        answer: 2,
        updates: [{ bytes: new Uint8Array(9), member: ID, time: 5 }],
      }),
    ],
    read(bytes) {
      decodeMessage(bytes);
      return true;
    },
  },
  DISCUSSION,
  {
    name: 'files',
    samples: [
      encodeFilesMessage({ kind: 'ask', ids: [ID, HEX] }),
      encodeFilesMessage({ kind: 'has', id: ID, much: 'some', bits: Uint8Array.of(5, 1) }),
      encodeFilesMessage({ kind: 'want', id: ID, piece: MANIFEST }),
      encodeFilesMessage({ kind: 'piece', id: ID, piece: 3, bytes: new Uint8Array(9) }),
    ],
    read: (bytes) => isCanonical(bytes, encodeFilesMessage(decodeFilesMessage(bytes))),
  },
  {
    name: 'manifest of a file',
    samples: [manifest.bytes, Manifest.of(0, []).bytes],
    read: (bytes) => isCanonical(bytes, new Manifest(bytes).bytes),
  },
  {
    name: 'joining',
    samples: [
      encodeJoinMessage({ kind: 'look', seal: ID }),
      encodeJoinMessage({ kind: 'device', label: 'Phone', proof: new Uint8Array(64) }),
      encodeJoinMessage({ kind: 'refused', code: 'invite-expired' }),
    ],
    read: (bytes) => isCanonical(bytes, encodeJoinMessage(decodeJoinMessage(bytes))),
  },
  {
    name: 'frames',
    samples: frames(),
    read(bytes) {
      const reader = new FrameReader();
      reader.setTrust('peer');
      // Twice: what the first leaves open is there for the second.
      reader.push(bytes);
      reader.push(bytes);
      return true;
    },
  },
  {
    name: 'presence',
    samples: [concat(Uint8Array.of(7), utf8('commons'), Uint8Array.of(1, 5, 1, 4), utf8('null'))],
    read(bytes) {
      const refused: string[] = [];
      presence(refused).receive('peer', bytes);
      const [code] = refused;
      // It tells instead of throwing; what it did not foresee is a fault here as well.
      if (code === 'internal') throw new Error(code);
      if (code !== undefined) throw new PeerholdError(code);
      return true;
    },
  },
  {
    name: 'invites',
    samples: [link, { ...link, device: ID }, helped, { ...helped, device: ID }].map((one) => utf8(encodeInvite(one))),
    read(bytes) {
      decodeInvite(text(bytes));
      return true;
    },
  },
  {
    name: 'deep links',
    samples: [utf8(encodeInvite(link)), utf8(encodeInvite(helped))],
    read: (bytes) => parseDeepLink(text(bytes)) !== undefined,
  },
  {
    name: 'signals',
    samples: [
      encodeSignal({ type: 'announce', from: 'a'.repeat(32), degree: 2 }),
      encodeSignal({ type: 'answer', from: 'a'.repeat(32), to: 'b'.repeat(32), attempt: 'c'.repeat(16), sdp }),
    ],
    read: (bytes) => decodeSignal(bytes) !== undefined,
  },
  {
    name: 'session descriptions',
    samples: [utf8(sdp)],
    read: (bytes) => fingerprintOf(text(bytes)).length === 32,
  },
  {
    name: 'signalling',
    samples: [
      utf8(JSON.stringify({ type: 'publish', topic: HEX, data: 'AAAA' })),
      utf8(JSON.stringify({ type: 'subscribe', topics: [HEX] })),
    ],
    read: (bytes) => parseMessage(text(bytes), DEFAULT_LIMITS) !== undefined,
  },
  {
    name: 'commands beside',
    samples: [
      utf8(encode({ kind: 'run', argv: ['status', '--json'] })),
      utf8(encode({ kind: 'answer', id: 3, value: 'yes' })),
      utf8(encode({ kind: 'failed', id: 3, code: 'cli-file', params: { what: 'plan.pdf' } })),
    ],
    read(bytes) {
      readFromCaller(text(bytes));
      return true;
    },
  },
  {
    name: 'answers to commands beside',
    samples: [
      utf8(encode({ kind: 'out', text: 'Lime Street', more: true })),
      utf8(encode({ kind: 'ask', id: 3, question: { call: 'piece', file: 1, start: 0, end: 9 } })),
      utf8(encode({ kind: 'ended', exit: 4 })),
    ],
    read(bytes) {
      readFromHolder(text(bytes));
      return true;
    },
  },
  {
    name: 'addresses to open',
    samples: ['https://example.org:8443/a?b#c', 'mailto:ann@example.org?subject=Roof'].map((one) => utf8(one)),
    read(bytes) {
      const address = text(bytes);
      if (!isSafeExternalUrl(address)) return false;
      // What does not parse is not opened either: `electron/main/external.ts`.
      if (!URL.canParse(address)) return false;
      const { protocol, username, password } = new URL(address);
      if (!['https:', 'mailto:'].includes(protocol) || username + password !== '') throw new Error(`taken: ${address}`);
      return true;
    },
  },
  ...CHANNEL_TARGETS,
  ...MEETING_TARGETS,
  PACKETS,
  PAYLOADS,
  ...DOCUMENT_TARGETS,
  ...BUNDLE_TARGETS,
  ...PAGE_TARGETS,
  ARCHIVES,
  RELEASES,
  ...NESTING_TARGETS,
];
