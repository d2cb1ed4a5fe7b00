import { type Of, id, integer, list, nullable, object } from '../../record/shape';

const height = integer(1, 0xffff_ffff);
const round = integer(0, 0xffff);
/** More sealers than a network has members. */
const MAX_SEALERS = 200;

/**
 * Votes on the next seal, as events, so that they gather over days while peers come and go (Tendermint, arXiv:1807.04938; one
 * instance a height). `previous` is the value of the seal before, for height 1 the network's id.
 */
export const sealEvents = {
  /** The signer asks for a seal; everything that it had seen is to be in it. `time` is its clock, milliseconds since 1970. */
  'seal.ready': object({ height, previous: id, time: integer(0, Number.MAX_SAFE_INTEGER) }),
  /** The round's proposer puts a value: the cut, as one `ready` of each of a quorum, the agreed time and the state at the cut. */
  'seal.propose': object({
    height,
    round,
    previous: id,
    ready: list(id, MAX_SEALERS, 1),
    /** The middle of the cited readies' times, or just after the seal before: never later than the cut. */
    time: integer(0, Number.MAX_SAFE_INTEGER),
    digest: id,
    /** The round in which this value had a quorum of prevotes; null for a fresh one. */
    valid: nullable(round),
  }),
  /** `value` null: not the proposal that I have seen, or none in time. */
  'seal.prevote': object({ height, round, previous: id, value: nullable(id) }),
  'seal.precommit': object({ height, round, previous: id, value: nullable(id) }),
} as const;
export type SealPayloads = { [T in keyof typeof sealEvents]: Of<(typeof sealEvents)[T]> };

/** A prefix of the record that a quorum fixed for good. Its signers are not part of the state: more may sign later. */
export interface Seal {
  readonly height: number;
  /** Hash over height, previous, cut, time and digest. */
  readonly value: string;
  readonly previous: string;
  readonly time: number;
  readonly digest: string;
  readonly ready: readonly string[];
}
