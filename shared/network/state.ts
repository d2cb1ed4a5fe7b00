import type { AgreementVersion } from './agreement/model';
import type { Ballot, Proposal } from './decisions/model';
import type { Network } from './founding/model';
import type { Allowance, Balance, Entry } from './ledger/model';
import type { Device, Invite, Member } from './membership/model';
import type { Publication } from './publication/model';
import type { Pledge, Resource } from './resources/model';
import type { Seal } from './seals/model';
import type { ErasedText } from './texts/model';
import type { Booking } from './use/model';
import type { WithoutEffect } from './why';

/** The rows of each table of the state. All state is in these tables, so that it can be journalled, mirrored and hashed. */
export interface Rows {
  /** One row, under the key `network`. */
  network: Network;
  members: Member;
  devices: Device;
  invites: Invite;
  versions: AgreementVersion;
  proposals: Proposal;
  ballots: Ballot;
  allowances: Allowance;
  entries: Entry;
  balances: Balance;
  resources: Resource;
  pledges: Pledge;
  publications: Publication;
  bookings: Booking;
  /** Key: the height. */
  seals: Seal;
  /** Events that are in the record and change nothing, with the reason. */
  withoutEffect: WithoutEffect;
  /** Detached texts that were erased; key `<text>|<author>`. */
  erased: ErasedText;
}
export type TableName = keyof Rows;
export const TABLES = [
  'network',
  'members',
  'devices',
  'invites',
  'versions',
  'proposals',
  'ballots',
  'allowances',
  'entries',
  'balances',
  'resources',
  'pledges',
  'publications',
  'bookings',
  'seals',
  'withoutEffect',
  'erased',
] as const satisfies readonly TableName[];

export type Table<T> = ReadonlyMap<string, T>;
/** The state that queries read: the fold's own tables in the engine, their mirror in the screens. */
export type State = { readonly [N in TableName]: Table<Rows[N]> };

/** One changed row; `row` undefined means deleted. */
export type Change = {
  [N in TableName]: { readonly table: N; readonly key: string; readonly row: Rows[N] | undefined };
}[TableName];

export const NETWORK_KEY = 'network';

export function emptyState(): { [N in TableName]: Map<string, Rows[N]> } {
  return Object.fromEntries(TABLES.map((name) => [name, new Map()])) as { [N in TableName]: Map<string, Rows[N]> };
}
