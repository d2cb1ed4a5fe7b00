import { beforeAll, describe, expect, it, vi } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group, meet, protocols } from '../../test/kit/group';
import { START, SealingGroup } from '../../test/kit/sealing';
import type { Draft } from '../record/text';
import type { ProtocolSpec } from '../network/agreement/model';
import { stateDigest } from '../network/digest/digest';
import { detach } from '../record/compose';
import type { SignedEvent } from '../record/event';
import { Replica } from '../replica/replica';
import { type Claim, type Course, type Stored, verifyNetwork } from './verify';

const course: Course = {
  pause: async () => undefined,
  progress: () => undefined,
  isCancelled: () => false,
  now: () => 0,
};

const claimOf = (replica: Replica): Claim => ({
  ids: replica.record.all().map(({ id }) => id),
  since: (place) =>
    replica.record
      .all()
      .slice(place)
      .map(({ bytes }) => bytes),
  seals: () => replica.seals.seals,
  digest: () => stateDigest(replica.state),
});
const storedOf = (replica: Replica): Stored => ({
  network: replica.id,
  events: replica.record.all().map(({ bytes }) => bytes),
  texts: [],
});
const changed = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
};

async function verify(replica: Replica, events: readonly Uint8Array[] = storedOf(replica).events) {
  const result = (await verifyNetwork({ ...storedOf(replica), events }, claimOf(replica), course))!;
  return { ...result, codes: new Set(result.wrong.map(({ code }) => code)) };
}

/** Two people who decided something and sealed it. */
async function decided(): Promise<Person[]> {
  const sealing = new SealingGroup(await group(['ana', 'ben'], protocols({ none: 'majority' })));
  const [ana, ben] = sealing.people as [Person, Person];
  await sealing.pass(4);
  const proposal = await ana.act('proposal.open', {
    title: { text: 'T' },
    text: { text: 'X' },
    effect: { kind: 'none' },
    deadline: 0,
  });
  await meet(sealing.people);
  await ana.act('ballot.cast', { proposal, choice: 'agree' });
  await ben.act('ballot.cast', { proposal, choice: 'agree' });
  await sealing.pass(5);
  return sealing.people;
}

describe('verifying everything', () => {
  let ana: Person;
  beforeAll(async () => {
    [ana] = (await decided()) as [Person];
  });
  const events = () => storedOf(ana.replica).events;
  const place = (type: string) => ana.replica.record.all().findLastIndex((entry) => entry.type === type);
  const replaced = (at: number, bytes: Uint8Array) => events().map((own, index) => (index === at ? bytes : own));

  it('gives no result, rather than a false one, where the runtime can not check a signature', async () => {
    vi.spyOn(globalThis.crypto.subtle, 'verify').mockRejectedValue(new DOMException('no memory', 'OperationError'));
    await expect(verify(ana.replica)).rejects.toMatchObject({ code: 'signature-unchecked' });
    vi.restoreAllMocks();
    expect((await verify(ana.replica)).wrong).toEqual([]);
  });

  it('finds a record in order, and says how much it checked', async () => {
    const { wrong, noted, ...found } = await verify(ana.replica);
    expect([wrong, noted]).toEqual([[], []]);
    expect(found.events).toBe(ana.replica.record.size);
    // Each admission holds two proofs.
    expect(found.signatures).toBe(found.events + 2);
    expect(found.seals).toBe(ana.replica.seals.seals.length);
    expect(found.seals).toBeGreaterThanOrEqual(2);
    // With one and with two sealers, all of them have to sign.
    const signers = ana.replica.seals.seals.map(({ members }) => members.length);
    expect(signers.slice(0, 2)).toEqual([1, 2]);
    expect(found.sealSignatures).toBe(signers.reduce((sum, count) => sum + count));
    expect(found.digest).toBe(stateDigest(ana.replica.state));
  });

  it('names an event with a changed byte in its signature', async () => {
    const at = place('ballot.cast');
    const { wrong, codes } = await verify(ana.replica, replaced(at, changed(events()[at]!, 3)));
    expect(wrong[0]).toEqual({
      code: 'signature-wrong',
      event: ana.replica.record.all()[at]!.id,
      params: { place: at + 1 },
    });
    expect(codes).toContain('events-held-back');
    expect(codes).toContain('state-differs');
    expect(codes).not.toContain('event-missing');
  });

  it('names the place of bytes that are changed in what they say, and the event that is missing there', async () => {
    const at = place('ballot.cast');
    for (const offset of [70, 130, events()[at]!.length - 1]) {
      const { wrong, codes } = await verify(ana.replica, replaced(at, changed(events()[at]!, offset)));
      expect(wrong[0]!.params).toEqual({ place: at + 1 });
      expect(codes).toContain('event-missing');
    }
  });

  it('names a missing event: one that others cite, and the last one, which nobody cites', async () => {
    for (const at of [place('proposal.open'), events().length - 1]) {
      const { wrong } = await verify(
        ana.replica,
        events().filter((_, index) => index !== at),
      );
      expect(wrong.filter(({ code }) => code === 'event-missing').map(({ event }) => event)).toEqual([
        ana.replica.record.all()[at]!.id,
      ]);
    }
  });

  it('names a seal that the app shows and the bytes do not prove, and one that it hides', async () => {
    const claim = claimOf(ana.replica);
    const seals = ana.replica.seals.seals;
    const check = async (shown: readonly { height: number; value: string }[]) =>
      (await verifyNetwork(storedOf(ana.replica), { ...claim, seals: () => shown }, course))!.wrong;
    expect(await check([{ ...seals[0]!, value: 'f'.repeat(64) }, ...seals.slice(1)])).toEqual([
      { code: 'seal-unproven', event: null, params: { height: 1 } },
    ]);
    expect(await check(seals.slice(0, -1))).toEqual([
      { code: 'seal-hidden', event: null, params: { height: seals.length } },
    ]);
  });

  it('names a state that is not what follows from the bytes', async () => {
    const claim = { ...claimOf(ana.replica), digest: () => 'f'.repeat(64) };
    const { wrong } = (await verifyNetwork(storedOf(ana.replica), claim, course))!;
    expect(wrong).toEqual([{ code: 'state-differs', event: null, params: {} }]);
  });

  it('takes a signature that was mended since for the one that came wrong', async () => {
    const spoilt = events().map((bytes, index) => (index % 3 === 0 ? changed(bytes, 3) : bytes));
    const mended = events().filter((_bytes, index) => index % 3 === 0);
    expect((await verify(ana.replica, [...spoilt, ...mended])).wrong).toEqual([]);
    const again = mended.map((bytes) => changed(bytes, 4));
    const { wrong } = await verify(ana.replica, [...spoilt, ...again, ...mended.slice(1)]);
    expect(wrong.map(({ code, event }) => [code, event])).toContainEqual(['signature-wrong', ana.replica.id]);
  });

  it('refuses events of another network, and of a device that nobody certified', async () => {
    const [eve] = (await group(['eve'])) as [Person];
    const foreign = await forge(ana, { network: eve.replica.id });
    const uncertified = await forge(ana, { sequence: 0, previous: null, parents: [ana.replica.id] }, eve.signer);
    const { wrong } = await verify(ana.replica, [...events(), foreign.bytes, uncertified.bytes]);
    expect(wrong.map(({ code, event }) => [code, event])).toEqual([
      ['wrong-network', foreign.id],
      ['not-certified', uncertified.id],
    ]);
  });

  it('names what an event cites that nobody has, and not what was refused', async () => {
    const [eve] = (await group(['eve'])) as [Person];
    const uncertified = await forge(ana, { sequence: 0, previous: null, parents: [ana.replica.id] }, eve.signer);
    const unknown = '9'.repeat(64);
    const held = await forge(ana, { parents: [unknown, uncertified.id].sort() });
    const { wrong } = await verify(ana.replica, [...events(), uncertified.bytes, held.bytes]);
    expect(wrong.map(({ code, event }) => [code, event])).toEqual([
      ['not-certified', uncertified.id],
      ['event-missing', unknown],
      ['events-held-back', null],
    ]);
  });

  it('takes in what arrives while it runs', async () => {
    const [one] = (await group(['ana'])) as [Person];
    const stored = storedOf(one.replica);
    const claim = claimOf(one.replica);
    await one.act('member.describe', { name: { text: 'Ana B.' } });
    const found = (await verifyNetwork(stored, claim, course))!;
    expect([found.wrong, found.events]).toEqual([[], one.replica.record.size]);
  });

  it('takes the branches of a fork storm that others built on, however little it takes at once', async () => {
    const [one, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    // More than the sizes by which it comes to one at a time.
    for (let count = 0; count < 45; count++) await one.act('member.describe', { name: { text: `Ana ${count}` } });
    const note = (payload: unknown, more: object = {}) => forge(ben, { type: 'note', payload, ...more });
    const storm = await Promise.all([0, 1, 2, 3].map((branch) => note(branch)));
    const chain = [storm[3]!];
    for (let link = 0; link < 3; link++) {
      const { id, sequence } = chain.at(-1)!;
      chain.push(await note('further', { previous: id, sequence: sequence + 1, parents: [] }));
    }
    cleo.replica.receive({ events: [storm[2]!, ...chain], texts: [] });
    await cleo.act('member.describe', { name: { text: 'Cleo' } });
    one.replica.receive({ events: storm.slice(0, 2), texts: [] });
    await one.pull(cleo);
    expect(one.replica.record.has(chain.at(-1)!.id)).toBe(true);
    let time = 0;
    const slowly = { ...course, now: () => (time += 40) };
    const stored = storedOf(one.replica);
    for (const pace of [course, slowly]) {
      const result = (await verifyNetwork(stored, claimOf(one.replica), pace))!;
      expect(result).toMatchObject({ wrongs: 0, events: stored.events.length });
    }
  });

  it('checks texts against their hashes', async () => {
    const [one] = (await group(['ana'])) as [Person];
    const { payload, texts } = detach<unknown>({ name: { text: 'Ana' } }, one.signer.device);
    const event = await forge(one, { type: 'member.describe', payload });
    one.replica.receive({ events: [event], texts: [] });
    const stored = { ...storedOf(one.replica), texts: [...texts.values()] };
    expect((await verifyNetwork(stored, claimOf(one.replica), course))!.wrong).toEqual([]);
    const altered = { ...stored, texts: stored.texts.map((text) => ({ ...text, text: 'Eve' })) };
    const { wrong } = (await verifyNetwork(altered, claimOf(one.replica), course))!;
    expect(wrong.map(({ code }) => code)).toEqual(['text-altered']);
    // What builds on damage can not be placed, and its texts are still its own.
    const events = stored.events.map((bytes, index) => (index === 0 ? changed(bytes, 3) : bytes));
    const held = (await verifyNetwork({ ...stored, events }, claimOf(one.replica), course))!;
    expect(held.wrong.map(({ code }) => code)).toEqual(['signature-wrong', 'state-differs', 'events-held-back']);
  });

  it('ends when it is cancelled', async () => {
    let pauses = 0;
    const done: number[] = [];
    const cancelled = await verifyNetwork(storedOf(ana.replica), claimOf(ana.replica), {
      pause: async () => void (pauses += 1),
      progress: (count) => done.push(count),
      isCancelled: () => pauses > 0,
      now: () => 0,
    });
    expect([cancelled, pauses, done]).toEqual([null, 1, [0]]);
  });
});

describe('how it shares its thread', () => {
  const network = '7'.repeat(64);
  const damaged = (count: number) => Array.from({ length: count }, () => new Uint8Array(1));
  const unnamed = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ author: network, salt: new Uint8Array(16), text: String(index) }));
  const nothing: Claim = {
    ids: [],
    since: () => [],
    seals: () => [],
    digest: () => stateDigest(new Replica(network).state),
  };
  /** Verifies damage, of which each slice takes so many milliseconds; gives how far it told to be each time. */
  async function progress(stored: Omit<Stored, 'network'>, took: readonly number[] = []) {
    const told: (readonly [done: number, total: number])[] = [];
    let time = 1_000;
    let asked = 0;
    const result = await verifyNetwork({ network, ...stored }, nothing, {
      ...course,
      progress: (done, total) => void told.push([done, total]),
      now: () => {
        // Before each slice and after it.
        if (asked % 2 === 1) time += took[(asked - 1) / 2] ?? 0;
        asked += 1;
        return time;
      },
    });
    return { told, result: result! };
  }

  it('takes twice as much at once while that is quick, up to two hundred events, and a hundred texts', async () => {
    const { told, result } = await progress({ events: damaged(700), texts: unnamed(200) });
    expect(told).toEqual([0, 20, 60, 140, 300, 500, 700, 800, 900].map((done) => [done, 900]));
    expect(result.texts).toBe(200);
    // Not all that is wrong is listed.
    expect([result.wrong.length, result.wrongs]).toEqual([200, 900]);
  });

  it('takes half as much once it took forty milliseconds, and at least one', async () => {
    const sizes = [20, 40, 20, 10, 5, 2, 1, 1, 2, 4];
    const ends = sizes.map((_, index) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size));
    const { told } = await progress({ events: damaged(ends.at(-1)!), texts: [] }, [39, 40, 40, 40, 40, 40, 40]);
    expect(told.map(([done]) => done)).toEqual([0, ...ends]);
  });

  it('can be cancelled among the texts', async () => {
    const done: number[] = [];
    const cancelled = await verifyNetwork({ network, events: [], texts: unnamed(200) }, nothing, {
      ...course,
      progress: (count) => done.push(count),
      isCancelled: () => done.includes(100),
    });
    expect([cancelled, done]).toEqual([null, [0, 100]]);
  });

  it('looks for what arrived until nothing did, and not for ever', async () => {
    const follow = async (arrives: readonly Uint8Array[]) => {
      const places: number[] = [];
      let pauses = 0;
      const since = (place: number) => (places.push(place), arrives);
      const pause = async () => void (pauses += 1);
      const found = await verifyNetwork(
        { network, events: [], texts: [] },
        { ...nothing, since },
        { ...course, pause },
      );
      return { places, pauses, wrongs: found!.wrongs };
    };
    expect(await follow([])).toEqual({ places: [0, 0], pauses: 1, wrongs: 0 });
    const twice = Array.from({ length: 20 }, (_, round) => [round + 1, round + 1]);
    expect(await follow(damaged(1))).toEqual({ places: [0, ...twice.flat()], pauses: 20, wrongs: 21 });
  });
});

describe('seals that are signed against the rules', () => {
  /** Signs all votes of a seal as the only sealer. */
  async function sealAlone(one: Person, digest: (right: string) => string, by = one): Promise<SignedEvent> {
    const sign = async (type: string, payload: unknown): Promise<SignedEvent> => {
      const event = await forge(by, { type, payload });
      for (const person of new Set([one, by])) person.replica.receive({ events: [event], texts: [] });
      return event;
    };
    const { height, ground } = one.replica.seals.current!;
    const base = { height, previous: ground.value };
    const time = START + 1;
    const ready = [(await sign('seal.ready', { ...base, time })).id];
    const proposal = {
      ...base,
      round: 0,
      ready,
      time,
      digest: digest(one.replica.digestAt(height, time, ready)),
      valid: null,
    };
    const made = await sign('seal.propose', proposal);
    const value = one.replica.seals.valueOf(made as never);
    await sign('seal.prevote', { ...base, round: 0, value });
    return sign('seal.precommit', { ...base, round: 0, value });
  }

  it('accepts the right digest, and names a wrong one that a quorum signed', async () => {
    const [honest] = (await group(['ana'])) as [Person];
    await sealAlone(honest, (right) => right);
    expect(honest.replica.seals.seals).toHaveLength(1);
    expect((await verify(honest.replica)).wrong).toEqual([]);

    const [liar] = (await group(['ana'])) as [Person];
    await sealAlone(liar, () => 'f'.repeat(64));
    const [seal] = liar.replica.seals.seals;
    expect((await verify(liar.replica)).wrong).toEqual([
      { code: 'seal-digest', event: seal!.proposal, params: { height: 1 } },
    ]);
  });

  it('names votes by who is no sealer; they make no seal', async () => {
    const sealing: Draft<ProtocolSpec> = {
      kind: 'sealing',
      id: 'sealing',
      title: 'Sealing',
      text: { text: 'Supporters seal.' },
      params: { types: ['supporter'], quorum: 'two-thirds' },
    };
    const [ana] = (await group(['ana'], [...protocols(), sealing])) as [Person];
    const precommit = await sealAlone(ana, (right) => right);
    expect(ana.replica.seals.seals).toEqual([]);
    const { wrong, noted } = await verify(ana.replica);
    expect(wrong).toEqual([]);
    expect(noted.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'vote-not-sealer'));
    expect(noted.map(({ event }) => event)).toContain(precommit.id);
  });

  it('names a sealer who signed two values in one round, by both events', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const precommit = await sealAlone(ana, (right) => right);
    const { height, previous } = precommit.payload as { height: number; previous: string };
    const second = await forge(ana, {
      type: 'seal.precommit',
      payload: { height, round: 0, previous, value: 'e'.repeat(64) },
    });
    ana.replica.receive({ events: [second], texts: [] });
    const { wrong, noted } = await verify(ana.replica);
    expect(wrong).toEqual([]);
    expect(noted.map(({ code }) => code)).toEqual(['double-vote', 'groundless-precommit']);
    expect([noted[0]!.event, noted[0]!.other].sort()).toEqual([precommit.id, second.id].sort());
  });
});
