import type { AgreementVersion, Parameters } from '../agreement/model';
import { protocolOf } from '../agreement/queries';
import type { Member } from '../membership/model';
import { typeHasRight } from '../membership/queries';

/** A member who seals. */
export interface Sealer {
  readonly member: string;
  /** By which they do, the first of their devices; see `Places` for what becomes of it once they revoke it. */
  readonly device: string;
  /** All that they had, in the order in which they came. */
  readonly devices: readonly string[];
}

/** What holds for the next seal and for proposals first contained in it: the state of the seal before. */
export interface Ground {
  readonly height: number;
  /** Value of that seal; the network's id where there is none yet. */
  readonly value: string;
  readonly time: number;
  readonly version: AgreementVersion;
  readonly members: readonly Member[];
  /** Devices that were neither revoked nor frozen, nor keepers. */
  readonly devices: ReadonlySet<string>;
}

/** Everyone who votes, by more than two thirds, where the agreement says nothing else. */
const DEFAULT: Parameters<'sealing'> = { types: [], quorum: 'two-thirds' };

/** Who seals on this ground, in the order of their ids, and how many of them it takes. */
export function sealersOf({ version, members, devices }: Ground): {
  readonly sealers: readonly Sealer[];
  readonly quorum: number;
} {
  const { types, quorum } = protocolOf(version, 'sealing')?.params ?? DEFAULT;
  const sealers = members
    .filter((member) => (types.length === 0 ? typeHasRight(version, member.type, 'vote') : types.includes(member.type)))
    .flatMap((member) => {
      const own = member.devices.filter((device) => devices.has(device));
      return own[0] === undefined ? [] : [{ member: member.id, device: own[0], devices: own }];
    })
    .sort((a, b) => (a.member < b.member ? -1 : 1));
  return { sealers, quorum: quorumOf(sealers.length, quorum) };
}

/** More than two thirds: two conflicting seals then need more than a third to break the rule. A majority trades that for reach: one is enough. */
export function quorumOf(sealers: number, rule: 'two-thirds' | 'majority'): number {
  return rule === 'majority' ? Math.floor(sealers / 2) + 1 : Math.floor((2 * sealers) / 3) + 1;
}
