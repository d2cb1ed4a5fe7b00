import { sha256 } from '@noble/hashes/sha2.js';
import { concat, toHex, utf8 } from '../record/bytes';
import { encodeCanonical } from '../record/cbor-writer';

/** What a seal fixes. Two proposals of one value are the same seal, whoever made them and in whatever round. */
export interface SealValue {
  readonly network: string;
  readonly height: number;
  readonly previous: string;
  /** Ids of the `seal.ready` events whose causal pasts are the cut, ascending. */
  readonly ready: readonly string[];
  /** Agreed time, milliseconds since 1970. */
  readonly time: number;
  /** Digest of the state at the cut. */
  readonly digest: string;
}

const DOMAIN = utf8('peerhold/seal/1\0');

export function valueOf({ network, height, previous, ready, time, digest }: SealValue): string {
  return toHex(sha256(concat(DOMAIN, encodeCanonical([network, height, previous, ready, time, digest]))));
}
