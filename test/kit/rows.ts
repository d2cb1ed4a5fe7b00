import type { AgreementVersion, DecisionClass, ProtocolSpec } from '../../shared/network/agreement/model';
import type { Proposal } from '../../shared/network/decisions/model';
import type { Member } from '../../shared/network/membership/model';
import { NETWORK_KEY, type State } from '../../shared/network/state';
import type { TextRef } from '../../shared/record/text';

/** Rows of a state as a test wants them, for queries: what made them is of no matter there. */
export const TEXT = 'f'.repeat(64) as TextRef;

export const ORDINARY: DecisionClass = {
  id: 'ordinary',
  label: 'Ordinary',
  method: 'vote',
  electorate: [],
  threshold: 50,
  quorum: 0,
  block: 'nobody',
  override: 0,
  days: 7,
  grace: 0,
};

export const practiceRow = (id: string, title = id): ProtocolSpec => ({
  kind: 'practice',
  id,
  title,
  text: TEXT,
  params: {},
});

export const versionRow = (
  id: string,
  number: number,
  base: string | null,
  fields: Partial<AgreementVersion> = {},
): AgreementVersion => ({
  id,
  number,
  base,
  protocols: [],
  suspended: [],
  time: number,
  why: { events: [id] },
  ...fields,
});

export const memberRow = (id: string, number: number, fields: Partial<Member> = {}): Member => ({
  id,
  name: TEXT,
  type: 'resident',
  status: 'active',
  devices: [],
  number,
  since: id,
  time: 1,
  why: { events: [id] },
  ...fields,
});

/** Open, by Ann, and changes nothing by itself. */
export const proposalRow = (id: string, fields: Partial<Proposal> = {}): Proposal => ({
  id,
  by: 'ann',
  title: TEXT,
  text: TEXT,
  effect: { kind: 'none' },
  rule: ORDINARY,
  clause: { version: 'v1', protocol: 'decisions' },
  electorate: [],
  blockers: [],
  deadline: 0,
  status: 'open',
  tally: { electorate: 0, agree: 0, abstain: 0, disagree: 0, block: 0 },
  time: 1,
  why: { events: [id] },
  ...fields,
});

/** The table with a network's one row, founded by Ann; `version` is in force. */
export const networkRows = (version: string): State['network'] =>
  new Map([
    [
      NETWORK_KEY,
      {
        id: 'n',
        name: TEXT,
        purpose: TEXT,
        unit: 'EUR',
        founder: 'ann',
        sample: false,
        version,
        rules: 1,
        time: 1,
        why: { events: ['n'] },
      },
    ],
  ]);

export const rowsOf = <T extends { readonly id: string }>(...all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((row) => [row.id, row]));
