import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../shared/network/check';
import { fromHex } from '../../shared/record/bytes';
import type { SignedEvent } from '../../shared/record/event';
import { refOf } from '../../shared/record/text';
import { Replica } from '../../shared/replica/replica';
import { disagreement } from '../simulation/model/compare';
import { factsOf } from '../simulation/model/fold';
import { happenings } from '../simulation/model/happening';
import { codeOf } from './refusals';
import { scenario } from './scenario';
import { type Vector, consequences, vectorOf } from './vector';

const vector = JSON.parse(readFileSync(new URL('record.json', import.meta.url), 'utf8')) as Vector;

async function events(): Promise<SignedEvent[]> {
  return Promise.all(vector.events.map((hex) => checkEvent(fromHex(hex))));
}

function recordOf(all: readonly SignedEvent[]): Replica {
  const replica = new Replica(vector.network);
  replica.receive({ events: all, texts: [] });
  return replica;
}

describe('the published record', () => {
  it('is what the same people sign today, with all that follows', async () => {
    expect(JSON.parse(JSON.stringify(await vectorOf(await scenario())))).toEqual(vector);
  });

  it.each(['as it stands', 'backwards'])('leads to these seals, this order and these rows: %s', async (how) => {
    const all = await events();
    expect(all.map(({ id }) => id)).toEqual(vector.ids);
    const { seals, tail, outside } = vector;
    expect(consequences(vector.network, how === 'backwards' ? all.toReversed() : all)).toEqual({
      seals,
      tail,
      outside,
    });
  });

  it('is to the model of the simulator as it is to the rules', async () => {
    const { record, state, order } = recordOf(await events());
    // Of shapes it knows nothing.
    const malformed = [...state.withoutEffect.values()].filter(({ code }) => code === 'payload-malformed');
    const facts = factsOf(happenings(record.all(), new Set(malformed.map(({ event }) => event))), new Set());
    expect(disagreement(facts, state, order)).toBeUndefined();
  });

  it('has these texts', () => {
    for (const { author, salt, text, ref } of vector.texts)
      expect(refOf({ author, salt: fromHex(salt), text })).toBe(ref);
  });

  it('leaves no room for what is refused', async () => {
    const replica = recordOf(await events());
    for (const { why, event, code } of vector.refused)
      expect([why, await codeOf(replica, fromHex(event))]).toEqual([why, code]);
  });
});
