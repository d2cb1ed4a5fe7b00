import { describe, expect, it } from 'vitest';
import { founder, invite, join, link, until } from '../../test/kit/peers';
import type { RemoteIdentity } from '../sync/channel/handshake';
import type { CloseReason } from '../sync/channel/ports';
import { type State, emptyState } from '../network/state';
import { type RefusalReason, Refusals } from './refusals';

const id = (number: number): string => number.toString(16).padStart(64, '0');
const state: State = {
  ...emptyState(),
  members: new Map([
    ['ben', { status: 'active' }],
    ['gone', { status: 'removed' }],
    ['away', { status: 'left' }],
  ]) as never,
  devices: new Map([
    [id(1), { member: 'ben', status: 'active' }],
    [id(2), { member: 'ben', status: 'revoked' }],
    [id(3), { member: 'gone', status: 'active' }],
    [id(4), { member: 'away', status: 'revoked' }],
  ]) as never,
};

describe('why somebody who was reached is not a neighbour', () => {
  let now = 1_000;
  let told = 0;
  const ended = (refusals: Refusals, proved: string | undefined, reason: CloseReason, remote?: RemoteIdentity): void =>
    refusals.watch({ proved, remote, onClose: (listener) => listener(reason) });
  const reasonFor = (device: string | undefined, code: string, by: CloseReason['by'] = 'here') => {
    const refusals = new Refusals(
      () => now,
      () => (told += 1),
    );
    ended(refusals, device, { code, by });
    return refusals.list(state)[0];
  };

  it.each<[RefusalReason, number, string, CloseReason['by']]>([
    ['revoked', 2, 'channel.not-authorised', 'here'],
    ['removed', 3, 'channel.not-authorised', 'here'],
    ['left', 4, 'channel.not-authorised', 'here'],
    ['not-known', 9, 'channel.not-authorised', 'here'],
    ['not-accepted', 1, 'channel.not-authorised', 'there'],
    ['version', 1, 'channel.version', 'here'],
    ['other-network', 1, 'channel.wrong-network', 'there'],
    ['unproved', 1, 'channel.handshake-timeout', 'here'],
    ['broken', 1, 'record-message-malformed', 'there'],
    ['broken', 1, 'channel.flood', 'here'],
    ['broken', 1, 'anything-that-a-stranger-likes-to-say', 'there'],
  ])('is %s', (reason, device, code, by) => {
    const member = { 1: 'ben', 2: 'ben', 3: 'gone', 4: 'away' }[device] ?? null;
    expect(reasonFor(id(device), code, by)).toEqual({ device: id(device), member, reason, at: now });
  });

  it.each(['closed', 'offline', 'replaced', 'make-room', 'lost', 'dead', 'unknown-invite', 'own-device'])(
    'is nothing where a connection ended by %s, as they do every day',
    (name) => {
      for (const by of ['here', 'there', 'link'] as const)
        expect(reasonFor(id(1), `channel.${name}`, by)).toBeUndefined();
    },
  );

  it('is nothing that a joiner is refused for', () => {
    const before = told;
    const refusals = new Refusals(
      () => now,
      () => (told += 1),
    );
    ended(
      refusals,
      id(9),
      { code: 'join-malformed', by: 'here' },
      {
        device: id(9),
        purpose: 'join',
        localPurpose: 'member',
      },
    );
    expect(refusals.list(state)).toEqual([]);
    expect(told).toBe(before);
  });

  it('is the newest of each device, newest first, until it is connected', () => {
    const refusals = new Refusals(
      () => now,
      () => (told += 1),
    );
    ended(refusals, id(1), { code: 'channel.version', by: 'here' });
    ended(refusals, id(2), { code: 'channel.not-authorised', by: 'here' });
    const before = told;
    now += 5;
    ended(refusals, id(1), { code: 'channel.not-authorised', by: 'there' });
    expect(told).toBe(before + 1);
    expect(refusals.list(state).map(({ device, reason, at }) => [device, reason, at])).toEqual([
      [id(1), 'not-accepted', now],
      [id(2), 'revoked', now - 5],
    ]);
    refusals.connected(id(1));
    expect(refusals.list(state).map(({ device }) => device)).toEqual([id(2)]);
  });

  it('is kept of a bounded number: the oldest go first, and whoever proved nothing takes one place', () => {
    const refusals = new Refusals(
      () => now,
      () => (told += 1),
    );
    for (let i = 0; i < 500; i++) ended(refusals, undefined, { code: 'channel.bad-proof', by: 'here' });
    expect(refusals.list(state)).toHaveLength(1);
    for (let i = 10; i < 510; i++) ended(refusals, id(i), { code: 'channel.not-authorised', by: 'here' });
    const kept = refusals.list(state).map(({ device }) => device);
    expect(kept).toHaveLength(32);
    expect(kept[0]).toBe(id(509));
    expect(kept.at(-1)).toBe(id(478));
  });

  it('is told of one who proved nothing for ten minutes, of a device until it comes', () => {
    const refusals = new Refusals(
      () => now,
      () => (told += 1),
    );
    ended(refusals, undefined, { code: 'channel.bad-proof', by: 'here' });
    ended(refusals, id(2), { code: 'channel.not-authorised', by: 'here' });
    now += 10 * 60_000 - 1;
    expect(refusals.list(state)).toHaveLength(2);
    now += 1;
    expect(refusals.list(state).map(({ device }) => device)).toEqual([id(2)]);
  });

  it('is known at both ends once a device was revoked', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    let heard = 0;
    ana.peer.events.status.add(() => (heard += 1));
    await ben.peer.act({ type: 'device.revoke', payload: { device: ben.signer.device } });
    link(ana.peer, ben.peer);
    await until(() => ana.peer.refusals().length === 1 && ben.peer.refusals().length === 1);
    const [member, device] = [ana.peer.me!.member, ben.signer.device];
    expect(ana.peer.refusals()).toEqual([
      { device, member: expect.not.stringContaining(member), reason: 'revoked', at: expect.any(Number) },
    ]);
    expect(ben.peer.refusals()).toMatchObject([{ device: ana.signer.device, member, reason: 'not-accepted' }]);
    expect(heard).toBeGreaterThan(0);
    for (const { peer } of [ana, ben]) await peer.close();
  });
});
