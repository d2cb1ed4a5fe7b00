import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type State, TABLES } from '../../shared/network/state';
import { encodeCanonical } from '../../shared/record/cbor-writer';
import { decodeEvent } from '../../shared/record/event';
import { Replica, foundNetwork } from '../../shared/replica/replica';
import { generateSample } from '../../shared/sample/index';
import { protocols, testSigner } from '../kit/group';
import { read } from './reader/cbor';
import { faultsIn, tablesOf } from './reader/page';
import type { Row } from './reader/state';

const tables = tablesOf(readFileSync(new URL('../../docs/protocol-state.md', import.meta.url), 'utf8'));

/** What the page does not say of a state, or says otherwise. */
function faults(state: State): string[] {
  return TABLES.flatMap((table) =>
    [...state[table]].flatMap(([key, row]) => {
      const [, , fields] = read(Buffer.from(encodeCanonical([table, key, row]))) as readonly [string, string, Row];
      return faultsIn(fields, tables.get(table)!).map((field) => `${table} ${key} ${field}`);
    }),
  );
}

describe('docs/protocol-state.md', () => {
  it('names the fields of all rows of the sample network', async () => {
    const { network, batches } = await generateSample({ seed: 1 });
    const replica = new Replica(network);
    const events = batches.flatMap((batch) => batch.events.map((bytes) => decodeEvent(bytes)));
    replica.receive({ events, texts: [] });
    expect(replica.state.entries.size).toBeGreaterThan(100);
    expect(faults(replica.state)).toEqual([]);
  });

  it('names those of a network that goes on from another', async () => {
    const id = 'a'.repeat(64);
    const text = { text: 'T' };
    const resource = { id, name: text, about: text, kind: 'house', amount: 90, unit: 'EUR' } as const;
    const { replica } = await foundNetwork(
      await testSigner('ana'),
      {
        name: text,
        purpose: text,
        unit: 'EUR',
        protocols: protocols(),
        founder: { name: text, type: 'resident', device: 'desk' },
        refounds: {
          network: id,
          height: 3,
          seal: id,
          signers: [id],
          members: [{ id, name: text }],
          resources: [{ ...resource, shares: [{ member: id, shares: 1 }] }],
        },
      },
      0,
    );
    expect(replica.state.resources.size).toBe(1);
    expect(faults(replica.state)).toEqual([]);
  });
});
