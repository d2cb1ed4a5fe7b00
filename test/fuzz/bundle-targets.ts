import { readStart, writeStart } from '../../shared/bundle/backup';
import { openChunks, sealChunks } from '../../shared/bundle/chunks';
import { readContent, readPart, writeContent } from '../../shared/bundle/content';
import { readFiles } from '../../shared/bundle/files';
import { lengthOfHeader, readHeader } from '../../shared/bundle/opening';
import { sourceOf } from '../../shared/bundle/source';
import { StreamReader } from '../../shared/bundle/stream-reader';
import { encodeMessage } from '../../shared/commons/messages';
import { Manifest } from '../../shared/files/manifest';
import { concat, equalBytes } from '../../shared/record/bytes';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { Cipher } from '../../shared/record/cipher';
import { hashBeside } from '../../shared/record/hash';
import { encodeRecordMessage } from '../../shared/sync/record-messages';
import { testSigner } from '../kit/group';
import { each } from '../kit/streams';
import type { Target } from './target';

const ID = 'ab'.repeat(32);
const length = (size: number): Uint8Array => Uint8Array.of(size >>> 24, size >>> 16, size >>> 8, size);
const opening = (header: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(0x89, 0x50, 0x48, 0x42, 0x0d, 0x0a, 0x1a, 0x0a, 3), length(header.length), header);
const START = 13;

const signer = await testSigner('ana');
const about = { network: ID, device: signer.device, time: 1_000, recipient: null };
const batch = { events: [new Uint8Array(90).fill(7)], texts: [] };
const changes = { doc: 'commons', updates: [{ bytes: new Uint8Array(2), member: ID, time: 5 }] };
/** A part's kind, and what it says. */
const head = concat(Uint8Array.of(0), encodeCanonical(about));
const events = concat(Uint8Array.of(1), encodeRecordMessage({ kind: 'events', ...batch }));
const updates = concat(Uint8Array.of(2), encodeMessage({ kind: 'updates', answer: 2, ...changes }));

const content = await collected(writeContent(about, each([batch, changes]), signer));
const piece = new Uint8Array(40).fill(9);
const files = concat(Manifest.of(piece.length, [await hashBeside(piece)]).bytes, piece);
const SUM = new Uint8Array(32).fill(8);
const cipher = await Cipher.of(new Uint8Array(32).fill(7));

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const one of pieces) all.push(one);
  return concat(...all);
}

/** Readers of what is carried as a file. */
export const BUNDLE_TARGETS: readonly Target[] = [
  {
    name: 'opening of a bundle',
    samples: [
      opening(encodeCanonical({ cost: 17, salt: new Uint8Array(16).fill(1), check: new Uint8Array(16).fill(2) })),
      opening(encodeCanonical({ keys: new Uint8Array(160).fill(3), note: new Uint8Array(70).fill(4) })),
    ],
    read(bytes) {
      const header = bytes.subarray(START, START + lengthOfHeader(bytes.subarray(0, START)));
      if (!equalBytes(header, encodeCanonical(readHeader(header)))) throw new Error('taken, and written otherwise');
      return true;
    },
  },
  {
    name: 'part of a bundle',
    samples: [head, events, updates],
    read: (bytes) => readPart({ kind: bytes[0] ?? 0, message: bytes.subarray(1) }).kind !== undefined,
  },
  {
    name: 'content of a bundle',
    samples: [content],
    async read(bytes) {
      for await (const part of readContent(new StreamReader(each([bytes])), 3)) readPart(part);
      // It is signed: what is taken is what was signed, whatever stands behind it.
      if (!equalBytes(bytes.subarray(0, content.length), content)) throw new Error('taken, and never signed');
      return true;
    },
  },
  {
    name: 'start of a backup',
    samples: [
      writeStart({ network: ID, seed: SUM, places: [] }),
      writeStart({ network: ID, seed: SUM, places: ['ws://127.0.0.1:4000/signal', 'wss://meet.example/'] }),
    ],
    async read(bytes) {
      const reader = new StreamReader(each([bytes]));
      const written = writeStart(await readStart(reader));
      if (!equalBytes(bytes.subarray(0, reader.count), written)) throw new Error('taken, and written otherwise');
      return true;
    },
  },
  {
    name: 'files of a bundle',
    samples: [files, new Uint8Array()],
    async read(bytes) {
      const parts: Uint8Array[] = [];
      for await (const { manifest, piece: one } of readFiles(new StreamReader(each([bytes]))))
        parts.push(one === null ? manifest.bytes : one.bytes);
      if (!equalBytes(concat(...parts), bytes)) throw new Error('taken, and other bytes than were there');
      return true;
    },
  },
  {
    name: 'locked chunks',
    samples: [await collected(sealChunks(cipher, SUM, each([files])))],
    async read(bytes) {
      // What is spoilt here never gets to a reader.
      if (!equalBytes(await collected(openChunks(cipher, SUM, sourceOf(bytes), 0)), files))
        throw new Error('opened, and never locked');
      return true;
    },
  },
];
