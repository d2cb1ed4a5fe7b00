import { versionInForce, versionsNewestFirst } from '../agreement/queries';
import { decidedProposals } from '../decisions/queries';
import type { Ballot, Proposal } from '../decisions/model';
import { activeMembers } from '../membership/queries';
import { NETWORK_KEY, type State } from '../state';
import type { Why } from '../why';

/**
 * The stages of a P2P investment network, in order, after the check list of the P2P Investment Network Model: people form a group
 * round a purpose, build a knowledge commons, make an agreement, govern themselves regularly, and hold a resource together.
 */
export const NETWORK_STAGES = ['forming', 'purpose', 'commons', 'agreement', 'self-governing', 'holding'] as const;
export type NetworkStage = (typeof NETWORK_STAGES)[number];

export const ATTRIBUTES = {
  forming: ['several-members'],
  purpose: ['purpose-written', 'interests-told'],
  commons: ['pages-written', 'protocols-collected'],
  agreement: ['agreement-adopted', 'agreement-assented'],
  'self-governing': ['decides-regularly', 'many-take-part', 'many-propose'],
  holding: ['books-kept', 'resource-held'],
} as const satisfies Record<NetworkStage, readonly string[]>;
export type AttributeId = (typeof ATTRIBUTES)[NetworkStage][number];

export interface Attribute {
  readonly id: AttributeId;
  readonly met: boolean;
  /** What there is, of what it takes: 2 of 3 decisions. */
  readonly have: number;
  readonly needed: number;
  /** The signed events that show it; empty while there are none, and for profiles and pages, which are shown themselves. */
  readonly why: Why;
}

export interface StageReport {
  /** The last stage whose attributes, and those of all before it, are met; `forming` from the start. */
  readonly stage: NetworkStage;
  readonly stages: readonly {
    readonly stage: NetworkStage;
    readonly met: boolean;
    readonly attributes: readonly Attribute[];
  }[];
  /** The first attribute that is not met: the next step; undefined when all are. */
  readonly next: Attribute | undefined;
}

/** What the check list needs to know beyond the record. */
export interface StageFacts {
  /** The time against which "regularly" is measured, ms: now, or the last activity of a sample network. */
  readonly now: number;
  /** Pages in the knowledge commons, which is not in the record. */
  readonly pages: number;
}

const DAY = 86_400_000;
/** A network governs itself regularly when it decided three times in the last four months. */
const REGULAR_DAYS = 120;
const REGULAR_DECISIONS = 3;
/** Decisions over which turnout is taken. */
const RECENT_DECISIONS = 5;

/** Where a network stands, each attribute with its evidence. */
export function stageOf(state: State, facts: StageFacts): StageReport {
  const stages = NETWORK_STAGES.map((stage) => {
    const attributes = ATTRIBUTES[stage].map((id) => ({ id, ...MEASURES[id](state, facts) })).map(withMet);
    return { stage, attributes, met: attributes.every(({ met }) => met) };
  });
  const firstUnmet = stages.findIndex(({ met }) => !met);
  const reached = firstUnmet < 0 ? stages.length - 1 : Math.max(0, firstUnmet - 1);
  return {
    stage: stages[reached]!.stage,
    stages,
    next: stages.flatMap(({ attributes }) => attributes).find(({ met }) => !met),
  };
}

interface Measure {
  readonly have: number;
  readonly needed: number;
  readonly events: readonly string[];
}

const withMet = ({ id, have, needed, events }: Measure & { id: AttributeId }): Attribute => ({
  id,
  have,
  needed,
  met: have >= needed,
  why: { events },
});

const MEASURES: { readonly [A in AttributeId]: (state: State, facts: StageFacts) => Measure } = {
  'several-members': (state) => {
    const members = activeMembers(state);
    return { have: members.length, needed: 2, events: members.map(({ since }) => since) };
  },
  'purpose-written': (state) => {
    const network = state.network.get(NETWORK_KEY);
    return { have: network === undefined ? 0 : 1, needed: 1, events: network?.why.events ?? [] };
  },
  'interests-told': (state) => {
    const members = activeMembers(state);
    const told = members.filter(({ seeks, offers }) => seeks !== undefined || offers !== undefined);
    return { have: told.length, needed: half(members.length), events: [] };
  },
  'pages-written': (_state, { pages }) => ({ have: pages, needed: 3, events: [] }),
  'protocols-collected': (state) => {
    const version = versionInForce(state);
    return {
      have: (version?.protocols.length ?? 0) - (version?.suspended.length ?? 0),
      needed: 5,
      events: version?.why.events ?? [],
    };
  },
  'agreement-adopted': (state) => {
    const adopted = versionsNewestFirst(state).filter(({ base }) => base !== null);
    return { have: adopted.length, needed: 1, events: adopted[0]?.why.events ?? [] };
  },
  'agreement-assented': (state) => {
    const members = activeMembers(state);
    const assents = assentsToAgreement(state);
    const given = members.flatMap(({ id }) => assents.get(id) ?? []);
    return { have: given.length, needed: half(members.length), events: given };
  },
  'decides-regularly': (state, { now }) => {
    const recent = decided(state).filter(({ decidedTime = 0 }) => decidedTime >= now - REGULAR_DAYS * DAY);
    return { have: recent.length, needed: REGULAR_DECISIONS, events: recent.map(({ id }) => id).reverse() };
  },
  'many-take-part': (state) => {
    const recent = decided(state).slice(0, RECENT_DECISIONS);
    const cast = recent.reduce((sum, { tally }) => sum + tally.agree + tally.abstain + tally.disagree + tally.block, 0);
    const entitled = recent.reduce((sum, { tally }) => sum + tally.electorate, 0);
    return { have: cast, needed: half(entitled), events: recent.map(({ id }) => id).reverse() };
  },
  'many-propose': (state) => {
    const first = new Map<string, string>();
    for (const { by, id } of state.proposals.values()) if (!first.has(by)) first.set(by, id);
    return { have: first.size, needed: 2, events: [...first.values()] };
  },
  'books-kept': ({ entries }) => {
    const [first] = entries.values();
    return { have: entries.size, needed: 1, events: first === undefined ? [] : [first.id] };
  },
  'resource-held': (state) => {
    const held = [...state.resources.values()].filter(({ status }) => status === 'held');
    return { have: held.length, needed: 1, events: held.flatMap(({ why }) => why.events) };
  },
};

/** More than none: half of them, rounded up, and at least one. */
const half = (count: number): number => Math.max(1, Math.ceil(count / 2));

const decided = (state: State): readonly Proposal[] =>
  decidedProposals(state).filter(({ status }) => status === 'adopted' || status === 'rejected');

/** For each member the ballot by which they last agreed to a version of the agreement; the founder by founding. */
function assentsToAgreement(state: State): ReadonlyMap<string, string> {
  const assents = new Map<string, string>();
  const network = state.network.get(NETWORK_KEY);
  if (network !== undefined) assents.set(network.founder, network.id);
  const versions = versionsNewestFirst(state).filter(({ base }) => base !== null);
  const agreed = new Map(versions.toReversed().map(({ id }): [string, Ballot[]] => [id, []]));
  // One pass: there may be many versions, and very many ballots.
  for (const ballot of state.ballots.values())
    if (ballot.standing === 'counts' && ballot.choice === 'agree') agreed.get(ballot.proposal)?.push(ballot);
  for (const ballots of agreed.values()) for (const { member, id } of ballots) assents.set(member, id);
  return assents;
}
