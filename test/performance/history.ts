import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkEvent } from '../../shared/network/check';
import { signEvent } from '../../shared/record/compose';
import type { EventBody, SignedEvent } from '../../shared/record/event';
import { randomBytes, type Signer } from '../../shared/record/signature';
import { type DetachedText, SALT_BYTES, refOf } from '../../shared/record/text';
import { Replica } from '../../shared/replica/replica';
import { group, testSigner } from '../kit/group';
import { type History, decodeHistory, encodeHistory } from './history-file';

const NAMES = ['ana', 'ben', 'cleo', 'dan', 'eva', 'finn', 'gita', 'hugo', 'ida'];
const SAMPLE = 500;
const START = Date.UTC(2025, 1, 1);
/** One in so many events opens a proposal, on which everyone then votes. */
const PROPOSE_EVERY = 80;
/** Share of the turns in which a second member writes without knowing of the first. */
const APART = 0.15;
const WORDS = ['bread', 'paint', 'timber', 'rent', 'water', 'seeds', 'bus fares', 'repairs', 'soap', 'a kettle'];

/** The history of at least `count` events from `file`, made and kept there the first time (some 20 s for 100,000 events). */
export async function loadHistory(file: string, count: number, say: (line: string) => void): Promise<History> {
  if (existsSync(file)) {
    const kept = decodeHistory(readFileSync(file));
    if (kept.events.length >= count && (await isOfThisVersion(kept))) return kept;
  }
  say(`making a history of ${count} events, once…`);
  const made = await makeHistory(count);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, encodeHistory(made));
  renameSync(`${file}.part`, file);
  return made;
}

/** Whether the rules and formats still are those that it was made with. */
async function isOfThisVersion({ network, people, events }: History): Promise<boolean> {
  try {
    const replica = new Replica(network);
    const sample = events.slice(0, SAMPLE);
    const texts = sample.flatMap((event) => event.texts);
    const received = replica.receive({
      events: await Promise.all(sample.map(({ bytes }) => checkEvent(bytes))),
      texts,
    });
    const { members, withoutEffect } = replica.state;
    const whole =
      received.entries.length === SAMPLE && received.texts.size === texts.length && withoutEffect.size === 0;
    return whole && people.every(({ member }) => members.get(member)?.status === 'active');
  } catch {
    return false;
  }
}

/** mulberry32: numbers in [0, 1), the same for a seed every time. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Author {
  readonly signer: Signer;
  readonly admission: string;
  last: { readonly id: string; readonly sequence: number } | undefined;
}
interface Open {
  readonly id: string;
  readonly voted: Set<string>;
}
type Written = Pick<EventBody, 'type' | 'payload'> & { readonly texts: readonly DetachedText[] };

/**
 * Eight members who keep books and vote, mostly one after the other, sometimes apart; a ninth who only watches. Bodies are
 * written by hand, since asking the rules before each of 100,000 events would take minutes.
 */
async function makeHistory(count: number): Promise<History> {
  const people = await group(NAMES);
  const founder = people[0]!;
  const { record } = founder.replica;
  const events: { bytes: Uint8Array; texts: readonly DetachedText[] }[] = record
    .all()
    .map((entry) => ({ bytes: entry.bytes, texts: founder.replica.textsOf(entry) }));
  const authors = await Promise.all(
    people.slice(0, -1).map(async ({ name, member }): Promise<Author> => {
      const signer = await testSigner(name);
      const last = record.tips().find((tip) => tip.device === signer.device);
      return { signer, admission: member, last };
    }),
  );
  const random = numbers(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  let heads: readonly string[] = record.heads();
  let open: Open[] = [];

  const text = ({ signer }: Author, words: string): DetachedText => ({
    author: signer.device,
    salt: randomBytes(SALT_BYTES),
    text: words,
  });
  const write = (author: Author, seen: readonly Open[]): Written => {
    const ballot = seen.find(({ voted }) => !voted.has(author.signer.device));
    if (ballot !== undefined && random() < 0.5) {
      ballot.voted.add(author.signer.device);
      const choice = random() < 0.8 ? 'agree' : 'abstain';
      return { type: 'ballot.cast', payload: { proposal: ballot.id, choice }, texts: [] };
    }
    if (below(PROPOSE_EVERY) === 0) {
      const [title, words] = [
        text(author, 'Paint the stairs'),
        text(author, 'They need it, and we have the paint. It would take a day.'),
      ];
      const payload = { title: refOf(title), text: refOf(words), effect: { kind: 'none' }, deadline: START };
      return { type: 'proposal.open', payload, texts: [title, words] };
    }
    const memo = text(author, `${WORDS[below(WORDS.length)]!} for the house, receipt ${below(10_000)}`);
    const amount = 100 + below(9_000);
    const contribution = random() < 0.4;
    const postings = contribution
      ? [
          { account: 'bank', unit: 'EUR', amount },
          { account: `member:${author.admission}`, unit: 'EUR', amount: -amount },
        ]
      : [
          { account: `expense:${['food', 'repairs', 'travel'][below(3)]!}`, unit: 'EUR', amount },
          { account: 'bank', unit: 'EUR', amount: -amount },
        ];
    const kind = contribution ? 'contribution' : 'expense';
    return { type: 'entry.post', payload: { kind, date: '2025-03-01', memo: refOf(memo), postings }, texts: [memo] };
  };
  const sign = async (author: Author, parents: readonly string[], written: Written): Promise<SignedEvent> => {
    const { last } = author;
    const cited = new Set(parents);
    if (last === undefined) cited.add(author.admission);
    else cited.delete(last.id);
    const event = await signEvent(
      {
        network: founder.replica.id,
        device: author.signer.device,
        sequence: (last?.sequence ?? -1) + 1,
        previous: last?.id ?? null,
        parents: [...cited].sort(),
        time: START + events.length * 60_000,
        rules: 1,
        type: written.type,
        payload: written.payload,
      },
      author.signer,
    );
    author.last = event;
    events.push({ bytes: event.bytes, texts: written.texts });
    return event;
  };

  while (events.length < count) {
    const seen = open;
    const started = heads;
    const first = below(authors.length);
    const turn = random() < APART ? [first, (first + 1 + below(authors.length - 1)) % authors.length] : [first];
    const ends: string[] = [];
    for (const who of turn) {
      const author = authors[who]!;
      let cite = started;
      for (let left = 1 + below(4); left > 0 && events.length < count; left--) {
        const written = write(author, seen);
        const event = await sign(author, cite, written);
        if (written.type === 'proposal.open') open = [...open, { id: event.id, voted: new Set() }];
        cite = [event.id];
      }
      ends.push(...cite);
    }
    heads = [...new Set(ends)];
    open = open.filter(({ voted }) => voted.size < authors.length);
  }
  return { network: founder.replica.id, people: people.map(({ name, member }) => ({ name, member })), events };
}
