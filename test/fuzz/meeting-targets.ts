import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64 } from '../../shared/record/base64';
import { concat, equalBytes, fromBase64Url, fromHex, toBase64Url, toHex, utf8 } from '../../shared/record/bytes';
import { Cipher, NONCE_BYTES } from '../../shared/record/cipher';
import { type HandCode, decodeHandCode, encodeHandCode, sealContent } from '../../shared/sync/meeting/by-hand/code';
import { descriptionOf, endpointOf } from '../../shared/sync/meeting/by-hand/endpoint';
import { decodeSignal, encodeSignal } from '../../shared/sync/meeting/signal';
import { SignalBox } from '../../shared/sync/meeting/signal-box';
import { Signalling } from '../../shared/sync/meeting/signalling';
import { reachOf, sameLink } from '../../shared/sync/webrtc/address';
import { fingerprintOf } from '../../shared/sync/webrtc/fingerprint';
import type { Target } from './target';

const NETWORK = 'aa'.repeat(32);
const decoder = new TextDecoder();
const text = (bytes: Uint8Array): string => decoder.decode(bytes);

const endpoint: HandCode['endpoint'] = {
  ufrag: 'a1B+',
  password: 'abcdefghijklmnopqrstuv',
  fingerprint: 'c3'.repeat(32),
  candidates: [
    { kind: 'host', address: '192.168.1.7', port: 50_001 },
    { kind: 'host', address: 'fd00::1:2', port: 50_002 },
    { kind: 'host', address: '01234567-89ab-cdef-0123-456789abcdef.local', port: 50_003 },
    { kind: 'srflx', address: '203.0.113.9', port: 50_004 },
    { kind: 'relay', address: '2001:db8::7', port: 50_005 },
  ],
};
const codes = (['offer', 'answer'] as const).map((type) =>
  encodeHandCode(NETWORK, { type, attempt: '0123456789abcdef', expires: 1_800_000_000_000, endpoint }),
);
const contentOf = (code: string): Uint8Array => fromBase64Url(code.slice(code.indexOf('.') + 1))!.subarray(0, -4);

/** A description is made of what a code says: it has one end of a connection in it, and nothing that somebody slipped in. */
function sound(pasted: string): true {
  const code = decodeHandCode(NETWORK, pasted);
  const sdp = descriptionOf(code.type, code.endpoint);
  const lines = sdp.split(/\r\n|\r|\n/);
  if (lines.length !== code.endpoint.candidates.length + 15) throw new Error(`lines were slipped in: ${sdp}`);
  const read = endpointOf(sdp);
  if (
    toHex(fingerprintOf(sdp)) !== code.endpoint.fingerprint ||
    read.candidates.length !== code.endpoint.candidates.length
  )
    throw new Error(`read otherwise: ${sdp}`);
  if (decodeHandCode(NETWORK, encodeHandCode(NETWORK, code)).attempt !== code.attempt)
    throw new Error('written otherwise');
  return true;
}

const PLACE = 'ws://127.0.0.1:4444/signal';
const box = await SignalBox.forNetwork(NETWORK);
/** As `SignalBox` seals it, but for the nonce, which here is always the same. */
async function sealed(plain: Uint8Array): Promise<string> {
  const cipher = await Cipher.of(hkdf(sha256, fromHex(NETWORK), undefined, utf8('peerhold/signal-key/1'), 32));
  const nonce = new Uint8Array(NONCE_BYTES).fill(4);
  return toBase64(concat(nonce, await cipher.encrypt(nonce, utf8(box.topic), plain)));
}
const announced = encodeSignal({ type: 'announce', from: 'a'.repeat(32), degree: 2 });
const published = JSON.stringify({ type: 'publish', topic: box.topic, data: await sealed(announced) });

/** The last that was opened: a client does it in its own time. */
let opening: Promise<Uint8Array | undefined> | undefined;
const open = box.open.bind(box);
box.open = (data) => (opening = open(data));

/** What a client makes of a text that a meeting place sends it: the signal in it, if there is one. */
async function heard(sent: string): Promise<Uint8Array | undefined> {
  let plain: Uint8Array | undefined;
  const listeners = new Map<string, (event: { readonly data?: unknown }) => void>();
  const client = new Signalling({
    box,
    clock: { now: () => 0, setTimer: () => () => undefined },
    random: (length) => new Uint8Array(length),
    onMessage: (bytes) => (plain = bytes),
    onReachable: () => undefined,
    openSocket: () => ({
      readyState: 1,
      send: () => undefined,
      close: () => undefined,
      addEventListener: (type, listener) => void listeners.set(type, listener),
    }),
  });
  client.setServers([PLACE]);
  listeners.get('open')!({});
  listeners.get('message')!({ data: sent });
  await opening;
  client.close();
  return plain;
}

/** Readers of what devices that look for one another are told, by people and by meeting places. */
export const MEETING_TARGETS: readonly Target[] = [
  {
    name: 'codes by hand',
    samples: [...codes, codes[0]!.replace(/.{40}/g, '$&\n')].map((code) => utf8(code)),
    read: (bytes) => sound(text(bytes)),
  },
  {
    // With the right sum: otherwise hardly anything would get beyond it.
    name: 'contents of codes by hand',
    samples: codes.map(contentOf),
    read: (bytes) => sound(`peerhold-offer.${toBase64Url(sealContent(bytes))}`),
  },
  {
    name: 'texts of a meeting place',
    samples: [utf8(published)],
    async read(bytes) {
      const plain = await heard(text(bytes));
      if (plain !== undefined && !equalBytes(plain, announced)) throw new Error('opened, and never sealed');
      return plain !== undefined && decodeSignal(plain) !== undefined;
    },
  },
  {
    name: 'addresses',
    samples: ['192.168.1.7', '::ffff:10.0.0.1', 'fe80::1%eth0', '2001:db8::7', '127.0.0.1'].map((one) => utf8(one)),
    read(bytes) {
      const address = text(bytes);
      sameLink(address, '2001:db8::1');
      return reachOf(address) !== undefined;
    },
  },
];
