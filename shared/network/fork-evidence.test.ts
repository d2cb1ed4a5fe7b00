import { beforeAll, describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import type { SignedEvent } from '../record/event';
import { forkEvidence } from './fork-evidence';

const note = (payload: unknown) => ({ type: 'note', payload });

describe('evidence of a fork, from two events’ bytes alone', () => {
  let ana: Person, ben: Person;
  let one: SignedEvent, other: SignedEvent;
  beforeAll(async () => {
    [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    one = await forge(ben, note(1));
    other = await forge(ben, note(2));
  });

  it('two events of one device and sequence prove it, either way round', async () => {
    const evidence = { network: ben.replica.id, device: ben.signer.device, sequence: one.sequence };
    expect(await forkEvidence(one.bytes, other.bytes)).toEqual(evidence);
    expect(await forkEvidence(other.bytes, one.bytes)).toEqual(evidence);
  });

  it('forged from one event used twice, or signed again: none', async () => {
    expect(await forkEvidence(one.bytes, one.bytes)).toBeNull();
    expect(await forkEvidence(one.bytes, (await forge(ben, note(1))).bytes)).toBeNull();
  });

  it('forged from a second event with the first one’s signature, or another’s: none', async () => {
    const borrowed = new Uint8Array([...one.bytes.subarray(0, 64), ...other.bytes.subarray(64)]);
    expect(await forkEvidence(one.bytes, borrowed)).toBeNull();
    const framed = await forge(ana, { ...note(2), device: ben.signer.device, sequence: 0, previous: null });
    const own = await forge(ben, { ...note(3), sequence: 0, previous: null });
    expect(await forkEvidence(own.bytes, framed.bytes)).toBeNull();
  });

  it('from two devices, two numbers or two networks: none', async () => {
    const anas = await forge(ana, { ...note(2), sequence: one.sequence, previous: one.previous });
    expect(await forkEvidence(one.bytes, anas.bytes)).toBeNull();
    const next = await forge(ben, { ...note(2), sequence: one.sequence + 1, previous: one.id, parents: [] });
    expect(await forkEvidence(one.bytes, next.bytes)).toBeNull();
    const elsewhere = await forge(ben, { ...note(2), network: '5'.repeat(64) });
    expect(await forkEvidence(one.bytes, elsewhere.bytes)).toBeNull();
  });

  it('from bytes that are no event: none', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(200), other.bytes.subarray(0, 90)]) {
      expect(await forkEvidence(one.bytes, bytes)).toBeNull();
      expect(await forkEvidence(bytes, one.bytes)).toBeNull();
    }
  });
});
