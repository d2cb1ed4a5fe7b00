import { readPart } from '../../shared/bundle/content';
import { lengthOfHeader, readHeader } from '../../shared/bundle/opening';
import { encodeMessage } from '../../shared/commons/messages';
import { concat, equalBytes } from '../../shared/record/bytes';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { encodeRecordMessage } from '../../shared/sync/record-messages';
import type { Target } from './target';

const ID = 'ab'.repeat(32);
const length = (size: number): Uint8Array => Uint8Array.of(size >>> 24, size >>> 16, size >>> 8, size);
const opening = (header: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(0x89, 0x50, 0x48, 0x42, 0x0d, 0x0a, 0x1a, 0x0a, 3), length(header.length), header);
const START = 13;

/** A part's kind, and what it says. */
const head = concat(Uint8Array.of(0), encodeCanonical({ network: ID, device: ID, time: 1_000, recipient: null }));
const events = concat(
  Uint8Array.of(1),
  encodeRecordMessage({ kind: 'events', events: [new Uint8Array(90).fill(7)], texts: [] }),
);
const updates = concat(
  Uint8Array.of(2),
  encodeMessage({
    kind: 'updates',
    doc: 'commons',
    answer: 2,
    updates: [{ bytes: new Uint8Array(2), member: ID, time: 5 }],
  }),
);

/** Readers of what is carried as a file. Its chunks are ciphertext: what is spoilt there never gets to a reader. */
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
];
