import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Refused } from './reader/refused';
import { Reading } from './reader/network';
import { faultsIn, tablesOf } from './reader/page';
import { faultsInRefusal, refusalsOf } from './reader/refusals';
import { sha256 } from './reader/signature';
import type { Vector } from './vector';

const file = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const vector = JSON.parse(file('record.json')) as Vector;
const page = file('../../docs/protocol-state.md');
const tables = tablesOf(page);
const refusals = refusalsOf(page);

/** Codes of what has no effect in the record: of bookings, pages, payments, decisions and of who had ended; and of all else. */
const NO_EFFECT = [
  ...['already-booked', 'booking-begun', 'booking-taken-back', 'quota-exceeded', 'stay-too-long', 'stay-too-short'],
  ...['page-not-public', 'already-reversed', 'reversal-malformed', 'reversal-not-whole', 'reversal-of-reversal'],
  ...['pledge-not-paid', 'pledge-settled', 'base-not-in-force', 'resource-not-asked', 'resource-not-sought'],
  ...['already-decided', 'not-proposer', 'seals-close', 'author-ended'],
];
const BESIDE = [
  ...['device-keeper', 'device-not-active', 'device-unknown', 'leaving-announced', 'leaving-not-announced'],
  ...['payload-malformed', 'protected-unsealed', 'rules-not-in-force', 'unknown-type'],
];

const codeOf = (run: () => void): string | null => {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

/** The published record, read event by event in the given order. */
function reading(events: readonly string[] = vector.events): Reading {
  const read = new Reading(vector.network, (height) => vector.seals[height - 1]!.rows);
  for (const event of events) codeOf(() => read.take(Buffer.from(event, 'hex')));
  return read;
}

describe('the published record, read by what docs/protocol.md says and with none of the app’s code', () => {
  it('is read by files that have nothing but each other and Node', () => {
    const folder = new URL('reader/', import.meta.url);
    const imports = readdirSync(folder).flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/ from '([^']+)'/g)].map(([, path]) => path!),
    );
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((path) => !/^(node:\w+|\.\/\w+)$/.test(path))).toEqual([]);
  });

  it('has these ids', () => {
    const { record } = reading();
    expect(
      vector.events.map((event) =>
        sha256('peerhold/event/1\0', Buffer.from(event, 'hex').subarray(64)).toString('hex'),
      ),
    ).toEqual(vector.ids);
    expect([...record.events.keys()].sort()).toEqual([...vector.ids].sort());
  });

  it.each(['as it stands', 'backwards'])('has this order, these seals and this outside: %s', (how) => {
    const read = reading(how === 'backwards' ? vector.events.toReversed() : vector.events);
    expect(
      read.made.map(({ seal: { digest: _digest, ...seal }, ground }) => ({
        ...seal,
        quorum: ground.quorum,
        sealers: ground.sealers.map(({ member }) => member),
        order: read.section(seal.height),
      })),
    ).toEqual(vector.seals.map(({ rows: _rows, digest: _digest, ...seal }) => seal));
    expect(read.section()).toEqual(vector.tail.order);
    expect(read.outside).toEqual(vector.outside);
  });

  it('has the digests that were sealed', () => {
    const read = reading();
    const digests = vector.seals.map(({ digest }) => digest);
    expect(read.digests).toEqual(digests);
    expect(read.made.map(({ seal }) => seal.digest)).toEqual(digests);
    read.rows.put(vector.tail.rows);
    expect(read.rows.digest).toBe(vector.tail.digest);
  });

  it('has rows of these tables with these fields, in each section', () => {
    const read = reading();
    read.rows.put(vector.tail.rows);
    const seen = new Set<string>();
    for (const { table, row } of read.rows.all()) {
      seen.add(table);
      expect([table, faultsIn(row, tables.get(table)!)]).toEqual([table, []]);
    }
    expect(tables.size).toBe(17);
    expect([...seen].sort()).toEqual([...tables.keys()].sort());
  });

  it('names with what has no effect the clause and the events that the page says', () => {
    const { record, rows } = reading();
    rows.put(vector.tail.rows);
    const told = rows.in('withoutEffect').map((row) => {
      const event = record.events.get(String(row['event']))!;
      const get = (table: string, key: string) => rows.get(table, key);
      const typeOf = (id: string) => record.events.get(id)?.type;
      const faults = faultsInRefusal(refusals, { event, row, get, typeOf, isBefore: false });
      return { type: event.type, code: String(row['code']), faults };
    });
    expect(told.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([...NO_EFFECT, ...BESIDE]));
  });

  it('names these texts', () => {
    const refs = vector.texts.map(({ author, salt, text }) =>
      sha256('peerhold/text/1\0', Buffer.from(author, 'hex'), Buffer.from(salt, 'hex'), text).toString('hex'),
    );
    expect(refs).toEqual(vector.texts.map(({ ref }) => ref));
    for (const { author, ref } of vector.texts)
      expect(vector.events.some((event) => event.includes(author) && event.includes(ref))).toBe(true);
  });

  it('has no place for what is refused', () => {
    const read = reading();
    const codes = vector.refused.map(({ why, event }) => [why, codeOf(() => read.take(Buffer.from(event, 'hex')))]);
    expect(codes).toEqual(vector.refused.map(({ why, code }) => [why, code]));
  });
});
