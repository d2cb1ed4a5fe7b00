import { stateDigest } from '../../shared/network/digest/digest';
import { Network } from '../../shared/network/network';
import { type State, TABLES } from '../../shared/network/state';
import { toHex } from '../../shared/record/bytes';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import type { SignedEvent } from '../../shared/record/event';
import { Replica } from '../../shared/replica/replica';
import { SealChain } from '../../shared/seal/chain';
import { type Refusal, refusals } from './refusals';
import type { Scenario } from './scenario';

/** A section of the order with what the state is after it. All bytes and ids in hexadecimal digits. */
export interface Section {
  /** Ids of its events in the order. */
  readonly order: readonly string[];
  /** Canonical `[table, key, row]` of each row that is new or another than after the section before. */
  readonly rows: readonly string[];
  /** Of all rows by then. */
  readonly digest: string;
}
interface SealedSection extends Section {
  readonly height: number;
  readonly value: string;
  readonly previous: string;
  readonly time: number;
  readonly ready: readonly string[];
  readonly quorum: number;
  readonly sealers: readonly string[];
}

/** test/vectors/record.json: what a second implementation has to agree with. */
export interface Vector {
  readonly about: string;
  readonly network: string;
  /** Seeds of the key pairs, by name, so that anybody can sign more. */
  readonly seeds: Readonly<Record<string, string>>;
  /** In their stored form, ancestors first. */
  readonly events: readonly string[];
  /** Ids of `events`, one by one. */
  readonly ids: readonly string[];
  readonly texts: readonly {
    readonly author: string;
    readonly salt: string;
    readonly text: string;
    readonly ref: string;
  }[];
  readonly seals: readonly SealedSection[];
  readonly tail: Section;
  /** Events that are in no cut, by authors whom one had ended. */
  readonly outside: readonly string[];
  /** Tried after `events`, each by itself. */
  readonly refused: readonly Refusal[];
}

const ABOUT =
  'The record of a small network with what follows from it: docs/protocol.md and docs/protocol-state.md. Made by npm run vectors.';

export async function vectorOf(scenario: Scenario): Promise<Vector> {
  const { replica } = scenario.people.phone;
  const events = replica.record.all();
  const refused = await refusals(scenario);
  const { seeds, texts } = scenario.authors;
  return {
    about: ABOUT,
    network: replica.id,
    seeds,
    events: events.map(({ bytes }) => toHex(bytes)),
    ids: events.map(({ id }) => id),
    texts: texts.map(({ author, salt, text, ref }) => ({ author, salt: toHex(salt), text, ref })),
    ...consequences(replica.id, events),
    refused,
  };
}

/** What follows from the events of a network: order, seals, rows. */
export function consequences(
  network: string,
  events: readonly SignedEvent[],
): Pick<Vector, 'seals' | 'tail' | 'outside'> {
  const replica = new Replica(network);
  replica.receive({ events, texts: [] });
  const { seals } = replica.seals;
  const told = new Told();
  // A fold beside it, which stops after each section.
  const bare = new Replica(network);
  for (const event of events) bare.record.add(event);
  const sections = new Network(bare.record);
  sections.add(bare.record.all());
  const chain = new SealChain(bare.record, sections);
  const sealed = seals.map(({ height, value, previous, time, digest, ready, quorum, members }) => {
    sections.seal({ height, value, previous, time, digest, ready }, chain.cutOf(ready));
    const section = sections.order.filter(({ seal }) => seal === height).map(({ id }) => id);
    return {
      height,
      value,
      previous,
      time,
      ready,
      quorum,
      sealers: members,
      order: section,
      ...told.of(sections.state, String(height)),
    };
  });
  sections.settle();
  const tail = { order: sections.unsealed.map(({ id }) => id), ...told.of(sections.state) };
  return { seals: sealed, tail, outside: [...sections.outside].map(({ id }) => id).sort() };
}

/** Says what is new in a state since the last time. */
class Told {
  readonly #known = new Map<string, string>();

  /** `seal`: key of a row that the digest does not have yet. */
  of(state: State, seal?: string): Pick<Section, 'rows' | 'digest'> {
    const rows: string[] = [];
    for (const table of TABLES) {
      for (const [key, row] of [...state[table]].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (table === 'seals' && key === seal) continue;
        const hex = toHex(encodeCanonical([table, key, row]));
        if (this.#known.get(`${table} ${key}`) === hex) continue;
        this.#known.set(`${table} ${key}`, hex);
        rows.push(hex);
      }
    }
    const seals = new Map([...state.seals].filter(([key]) => key !== seal));
    return { rows, digest: stateDigest({ ...state, seals }) };
  }
}
