import { decode, encode } from 'cborg';
import type { StoredBatch } from '../../shared/peer/store';
import type { DetachedText } from '../../shared/record/text';

/** A generated network: its events ancestors first, so that every prefix from `MEMBERS` on is a network as well. */
export interface History {
  readonly network: string;
  /** Names for `testSigner`, with the event that admitted each. The last writes nothing. */
  readonly people: readonly { readonly name: string; readonly member: string }[];
  readonly events: readonly { readonly bytes: Uint8Array; readonly texts: readonly DetachedText[] }[];
}

const BATCH = 500;

export function encodeHistory({ network, people, events }: History): Uint8Array {
  return encode({
    network,
    people,
    events: events.map(({ bytes, texts }) => [bytes, texts.map(({ author, salt, text }) => [author, salt, text])]),
  });
}

export function decodeHistory(encoded: Uint8Array): History {
  const { network, people, events } = decode(encoded) as Pick<History, 'network' | 'people'> & {
    events: [Uint8Array, [string, Uint8Array, string][]][];
  };
  return {
    network,
    people,
    events: events.map(([bytes, texts]) => ({
      bytes,
      texts: texts.map(([author, salt, text]) => ({ author, salt, text })),
    })),
  };
}

/** As a peer that received it over time would have stored it. */
export function batchesOf({ events }: History, withTexts: boolean): StoredBatch[] {
  const batches: StoredBatch[] = [];
  for (let start = 0; start < events.length; start += BATCH) {
    const part = events.slice(start, start + BATCH);
    batches.push({
      events: part.map(({ bytes }) => bytes),
      texts: withTexts ? part.flatMap(({ texts }) => texts) : [],
    });
  }
  return batches;
}

export const firstOf = (history: History, count: number): History => partOf(history, 0, count);

export const partOf = (history: History, from: number, to: number): History => ({
  ...history,
  events: history.events.slice(from, to),
});

/** Bytes of the events, and of their texts where those go along. */
export function sizeOf({ events }: History, withTexts: boolean): number {
  const words = new TextEncoder();
  return events.reduce((sum, { bytes, texts }) => {
    const beside = withTexts
      ? texts.reduce((all, { salt, text }) => all + salt.length + words.encode(text).length, 0)
      : 0;
    return sum + bytes.length + beside;
  }, 0);
}
