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

  const why = async (a: Uint8Array, b: Uint8Array): Promise<string> => {
    const verdict = await forkEvidence(a, b);
    return verdict.proves ? 'it proves one' : verdict.why;
  };

  it('two events of one device and sequence prove it, either way round', async () => {
    const evidence = { proves: true, network: ben.replica.id, device: ben.signer.device, sequence: one.sequence };
    const found = await forkEvidence(one.bytes, other.bytes);
    expect(found).toMatchObject(evidence);
    expect(found.proves && found.events.map(({ id }) => id)).toEqual([one.id, other.id]);
    expect(await forkEvidence(other.bytes, one.bytes)).toMatchObject(evidence);
  });

  it('forged from one event used twice, or signed again: none', async () => {
    expect(await why(one.bytes, one.bytes)).toBe('one-event');
    expect(await why(one.bytes, (await forge(ben, note(1))).bytes)).toBe('one-event');
  });

  it('forged from a second event with the first one’s signature, or another’s: none', async () => {
    const borrowed = new Uint8Array([...one.bytes.subarray(0, 64), ...other.bytes.subarray(64)]);
    expect(await why(one.bytes, borrowed)).toBe('signature');
    const { bytes } = await forge(ben, note(2), { ...ben.signer, sign: (message) => ana.signer.sign(message) });
    expect(await why(one.bytes, bytes)).toBe('signature');
    expect(await why(bytes, one.bytes)).toBe('signature');
  });

  it('forged from an event with a proof inside that is none: none', async () => {
    const payload = { device: ana.signer.device, label: 'Phone', proof: new Uint8Array(64).fill(1) };
    const { bytes } = await forge(ben, { type: 'device.certify', payload });
    expect(await why(one.bytes, bytes)).toBe('signature');
  });

  it('from two devices, two numbers or two networks: none', async () => {
    const parents = ana.replica.record.heads().filter((id) => id !== one.previous);
    const anas = await forge(ana, { ...note(2), sequence: one.sequence, previous: one.previous, parents });
    expect(await why(one.bytes, anas.bytes)).toBe('device');
    const next = await forge(ben, { ...note(2), sequence: one.sequence + 1, previous: one.id, parents: [] });
    expect(await why(one.bytes, next.bytes)).toBe('number');
    const elsewhere = await forge(ben, { ...note(2), network: '5'.repeat(64) });
    expect(await why(one.bytes, elsewhere.bytes)).toBe('network');
  });

  it('from bytes that are no event: none', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(200), other.bytes.subarray(0, 90)]) {
      expect(await why(one.bytes, bytes)).toBe('no-event');
      expect(await why(bytes, one.bytes)).toBe('no-event');
    }
  });
});
