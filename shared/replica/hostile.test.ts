import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, admission, admit, group, testSigner } from '../../test/kit/group';
import { PeerholdError, errorCode } from '../errors';
import { checkEvent } from '../network/check';
import { stateDigest } from '../network/digest/digest';
import { fromHex, utf8 } from '../record/bytes';
import { type EventBody, type SignedEvent, idOf } from '../record/event';
import { deviceKeyFromSeed, randomBytes, signerOf, verify } from '../record/signature';
import { Replica } from './replica';

const expense = (amount: number, more: object = {}) => ({
  kind: 'expense',
  date: '2025-03-01',
  memo: '0'.repeat(64),
  postings: [
    { account: 'expense:repairs', unit: 'EUR', amount },
    { account: 'bank', unit: 'EUR', amount: -amount },
  ],
  ...more,
});

/** Sends one event to an honest peer: what it says of it, and whether its state is as before but for the note of it. */
async function send(to: Person, event: SignedEvent): Promise<{ refused?: string; withoutEffect?: string }> {
  const before = new Map(to.replica.state.withoutEffect);
  const digest = stateDigest(to.replica.state);
  let refused: string | undefined;
  try {
    const checked = await checkEvent(event.bytes);
    refused = to.replica.receive({ events: [checked], texts: [] }).refused.get(checked.id);
  } catch (error) {
    refused = errorCode(error);
  }
  const note = to.replica.state.withoutEffect.get(event.id);
  const unchanged = stateDigest({ ...to.replica.state, withoutEffect: before }) === digest;
  expect(unchanged).toBe(true);
  return { ...(refused === undefined ? {} : { refused }), ...(note === undefined ? {} : { withoutEffect: note.code }) };
}

describe('an event that is not what it should be changes nothing and says why', () => {
  it('altered: any changed byte of a signed event is refused', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const good = await forge(ben, { type: 'entry.post', payload: expense(100) });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = good.bytes.slice();
        bytes[at] = bytes[at]! ^ by;
        await expect(checkEvent(bytes)).rejects.toBeInstanceOf(PeerholdError);
      }),
      { numRuns: 300 },
    );
    expect(stateDigest(ana.replica.state)).toBe(stateDigest(ben.replica.state));
  });

  it('nested: 32 levels are read by everybody and one more by nobody, though its signature is right', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const within = (levels: number): Uint8Array => new Uint8Array([...new Uint8Array(levels - 1).fill(0x81), 0x80]);
    const { bytes } = await forge(ben, { type: 'note', payload: [] });
    const nest = async (levels: number): Promise<Uint8Array> => {
      // The last byte is the payload, an empty list in the list that the body is.
      const body = new Uint8Array([...bytes.slice(64, -1), ...within(levels - 1)]);
      return new Uint8Array([...(await ben.signer.sign(idOf(body))), ...body]);
    };
    for (const levels of [33, 1_000, 4_000, 9_000, 16_000, 60_000])
      await expect(checkEvent(await nest(levels))).rejects.toMatchObject({ code: 'bytes-malformed' });
    const event = await checkEvent(await nest(32));
    for (const { replica } of [ana, ben]) replica.receive({ events: [event], texts: [] });
    expect(ana.replica.state.withoutEffect.get(event.id)!.code).toBe('unknown-type');
    expect(stateDigest(ana.replica.state)).toBe(stateDigest(ben.replica.state));
  });

  it('with a fraction or a number that is not exact', async () => {
    const [, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const { bytes } = await forge(ben, { type: 'note', payload: 5 });
    for (const number of [
      [0xf9, 0x3e, 0],
      [0xfb, 0x43, 0x40, 0, 0, 0, 0, 0, 0],
      [0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0],
    ]) {
      const body = new Uint8Array([...bytes.slice(64, -1), ...number]);
      const signed = new Uint8Array([...(await ben.signer.sign(idOf(body))), ...body]);
      await expect(checkEvent(signed)).rejects.toMatchObject({ code: 'bytes-malformed' });
    }
  });

  it('truncated, oversized or random bytes are refused with a code', async () => {
    await expect(checkEvent(new Uint8Array(70_000))).rejects.toMatchObject({ code: 'event-too-large' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        await expect(checkEvent(bytes)).rejects.toBeInstanceOf(PeerholdError);
      }),
      { numRuns: 500 },
    );
  });

  it('not canonical: the same value in other bytes is refused, though its signature is right', async () => {
    const [, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const good = await forge(ben, { type: 'note', payload: 5 });
    const body = good.bytes.slice(64);
    // The last byte is the payload 5; 0x18 0x05 is a longer encoding of it.
    const longer = new Uint8Array([...body.subarray(0, -1), 0x18, 0x05]);
    const signature = await ben.signer.sign(idOf(longer));
    await expect(checkEvent(new Uint8Array([...signature, ...longer]))).rejects.toMatchObject({
      code: 'bytes-malformed',
    });
  });

  it('forged: signed by another key than it names', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const body = await forge(ben, { device: ana.signer.device });
    await expect(checkEvent(body.bytes)).rejects.toMatchObject({ code: 'signature-wrong' });
  });

  it('a stranger’s: a device that nothing certifies', async () => {
    const [ana] = (await group(['ana', 'ben'])) as [Person];
    const stranger = await testSigner('mallory');
    const event = await forge(
      ana,
      { device: stranger.device, sequence: 0, previous: null, parents: ana.replica.record.heads() },
      stranger,
    );
    expect(await send(ana, event)).toEqual({ refused: 'not-certified' });
  });

  it('replayed into another network', async () => {
    const [ana] = (await group(['ana', 'ben'])) as [Person];
    const [, other] = (await group(['olga', 'paul'])) as [Person, Person];
    const event = await forge(other, {});
    expect(await send(ana, event)).toEqual({ refused: 'wrong-network' });
  });

  it('misordered: a number that does not follow its predecessor', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    await ben.act('member.describe', { name: { text: 'Ben' } });
    await ana.pull(ben);
    const last = ben.replica.record.tips().find((tip) => tip.device === ben.signer.device)!;
    expect(await send(ana, await forge(ben, { sequence: last.sequence + 5 }))).toEqual({ refused: 'chain-broken' });
    const anas = ana.replica.record.tips().find((tip) => tip.device === ana.signer.device)!;
    expect(await send(ana, await forge(ben, { sequence: anas.sequence + 1, previous: anas.id, parents: [] }))).toEqual({
      refused: 'chain-broken',
    });
  });

  it('before its parents: waits, and is taken in when they come', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const first = await ben.act('member.describe', { name: { text: 'Benno' } });
    const second = await ben.act('member.describe', { name: { text: 'Ben' } });
    const of = (id: string) => ben.replica.record.get(id)!;
    ana.replica.receive({ events: [of(second)], texts: [] });
    expect(ana.replica.record.waiting).toBe(1);
    expect(ana.replica.record.missing()).toEqual([first]);
    ana.replica.receive({ events: [of(first)], texts: [] });
    expect(ana.replica.record.waiting).toBe(0);
    expect(stateDigest(ana.replica.state)).toBe(stateDigest(ben.replica.state));
  });

  it('unauthorised, unbalanced, malformed, unknown: kept and shown, without effect', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana] = people;
    const sam = await admit(ana, 'sam', 'supporter');
    const invite = signerOf(await deviceKeyFromSeed(randomBytes(32)));
    const cases: readonly (readonly [string, Partial<EventBody>])[] = [
      ['not-entitled', { type: 'entry.post', payload: expense(100) }],
      [
        'not-entitled',
        { type: 'invite.issue', payload: { invite: invite.device, type: 'resident', uses: 1, days: 14 } },
      ],
      [
        'not-entitled',
        {
          type: 'proposal.open',
          payload: { title: '1'.repeat(64), text: '2'.repeat(64), effect: { kind: 'none' }, deadline: 0 },
        },
      ],
      [
        'publishing-decided',
        { type: 'page.publish', payload: { page: 'p', title: '1'.repeat(64), text: '2'.repeat(64) } },
      ],
      ['page-not-public', { type: 'page.withdraw', payload: { page: 'p' } }],
      ['payload-malformed', { type: 'entry.post', payload: { ...expense(100), extra: 1 } }],
      ['payload-malformed', { type: 'ballot.cast', payload: { proposal: 'x', choice: 'agree' } }],
      ['unknown-type', { type: 'poll.start', payload: { any: 'thing' } }],
      ['rules-not-in-force', { rules: 7, type: 'entry.post', payload: expense(100) }],
      ['proposal-unknown', { type: 'ballot.cast', payload: { proposal: '3'.repeat(64), choice: 'agree' } }],
      ['device-unknown', { type: 'device.revoke', payload: { device: ana.signer.device } }],
      ['receiving-key-unusable', { type: 'device.receives', payload: { key: '0'.repeat(64) } }],
      ['receiving-key-unusable', { type: 'device.receives', payload: { key: 'f'.repeat(64) } }],
    ];
    for (const [code, change] of cases) {
      const event = await forge(sam, change);
      sam.replica.receive({ events: [event], texts: [] });
      expect(await send(ana, event)).toEqual({ withoutEffect: code });
    }
  });

  it('an unbalanced entry from an entitled member, and what else books can not hold', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const post = (postings: readonly object[], more: object = {}) =>
      forge(ben, { type: 'entry.post', payload: { ...expense(1), postings, ...more } });
    const line = (account: string, amount: number, unit = 'EUR') => ({ account, unit, amount });
    const nobody = '4'.repeat(64);
    const cases: readonly (readonly [string, readonly object[], object?])[] = [
      ['entry-unbalanced', [line('bank', 5), line('cash', -4)]],
      ['entry-unbalanced', [line('bank', 5), line('cash', -5, 'USD')]],
      ['posting-zero', [line('bank', 0), line('cash', 0)]],
      ['posting-twice', [line('bank', 5), line('bank', -5)]],
      ['account-unknown', [line(`member:${nobody}`, 5), line('bank', -5)]],
      ['payload-malformed', [line('bank', 1e15), line('cash', -1e15)]],
      ['payload-malformed', [line('assets', 5), line('cash', -5)]],
      ['reversal-malformed', [line('bank', 5), line('cash', -5)], { kind: 'reversal' }],
      ['entry-unknown', [line('bank', 5), line('cash', -5)], { kind: 'reversal', reverses: nobody }],
    ];
    for (const [code, postings, more] of cases) {
      const event = await post(postings, more);
      ben.replica.receive({ events: [event], texts: [] });
      expect(await send(ana, event)).toEqual({ withoutEffect: code });
    }
  });

  it('an invite used twice by a lying admitter: the second, which knew of the first, has no effect; concurrent ones both wait', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const invite = signerOf(await deviceKeyFromSeed(randomBytes(32)));
    await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 14 });
    await ben.pull(ana);
    const admitBy = async (by: Person, name: string) =>
      by.act('member.admit', await admission(by, invite, await testSigner(name), name));
    const first = await admitBy(ana, 'cleo');
    await expect(admitBy(ana, 'dora')).rejects.toMatchObject({ code: 'refused-invite-used-up' });
    const rival = await admitBy(ben, 'eli');
    await ana.pull(ben);
    await ben.pull(ana);
    for (const { replica } of [ana, ben]) {
      expect([first, rival].map((id) => replica.state.members.get(id)!.status)).toEqual(['waiting', 'waiting']);
    }
    expect(stateDigest(ana.replica.state)).toBe(stateDigest(ben.replica.state));
  });

  it('an admission whose proof is not by the invite’s key, or whose device did not ask', async () => {
    const [ana] = (await group(['ana', 'ben'])) as [Person];
    const invite = signerOf(await deviceKeyFromSeed(randomBytes(32)));
    const other = signerOf(await deviceKeyFromSeed(randomBytes(32)));
    await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 14 });
    const joiner = await testSigner('mallory');
    const wrong = await admission(ana, other, joiner, 'm');
    const right = await admission(ana, invite, joiner, 'm');
    const unasked = await admission(ana, invite, await testSigner('nobody'), 'm');
    for (const { nonce, proof, consent } of [wrong, { ...right, consent: unasked.consent }]) {
      const payload = { invite: invite.device, device: joiner.device, name: '5'.repeat(64), nonce, proof, consent };
      const event = await forge(ana, { type: 'member.admit', payload });
      await expect(checkEvent(event.bytes)).rejects.toMatchObject({ code: 'proof-wrong' });
    }
  });

  it('claimed times of 1970, the far future or the past rule nothing', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    for (const time of [0, Number.MAX_SAFE_INTEGER, 1]) {
      const event = await forge(ana, { time, type: 'entry.post', payload: expense(100) });
      const checked = await checkEvent(event.bytes);
      const fresh = new Replica(ana.replica.id);
      fresh.receive({ events: [...(await ben.batch()).events, checked], texts: [] });
      expect(fresh.state.entries.get(event.id)!.authorisation.status).toBe('free');
    }
  });

  it('signatures that libraries disagree on are refused: small order, and encodings that are not canonical', async () => {
    const identity = fromHex('01' + '00'.repeat(31));
    const message = utf8('any');
    // With key and R both the identity and S zero, the bare equation holds for every message.
    const universal = new Uint8Array([...identity, ...new Uint8Array(32)]);
    expect(await verify('01' + '00'.repeat(31), message, universal)).toBe(false);
    const signer = await testSigner('ana');
    const signature = await signer.sign(message);
    expect(await verify(signer.device, message, signature)).toBe(true);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = signature.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
    const malleated = signature.slice();
    for (let i = 0; i < 32; i++) malleated[32 + i] = Number((s >> BigInt(8 * i)) & 255n);
    expect(await verify(signer.device, message, malleated)).toBe(false);
  });
});
