import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../shared/network/check';
import { fromHex } from '../../shared/record/bytes';
import type { SignedEvent } from '../../shared/record/event';
import { refOf } from '../../shared/record/text';
import { Replica } from '../../shared/replica/replica';
import { codeOf } from './refusals';
import { scenario } from './scenario';
import { type Vector, consequences, vectorOf } from './vector';

const vector = JSON.parse(readFileSync(new URL('record.json', import.meta.url), 'utf8')) as Vector;

async function events(): Promise<SignedEvent[]> {
  return Promise.all(vector.events.map((hex) => checkEvent(fromHex(hex))));
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

  it('has these texts', () => {
    for (const { author, salt, text, ref } of vector.texts)
      expect(refOf({ author, salt: fromHex(salt), text })).toBe(ref);
  });

  it('leaves no room for what is refused', async () => {
    const replica = new Replica(vector.network);
    replica.receive({ events: await events(), texts: [] });
    for (const { why, event, code } of vector.refused)
      expect([why, await codeOf(replica, fromHex(event))]).toEqual([why, code]);
  });
});
