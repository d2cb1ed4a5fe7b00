import { describe, expect, it } from 'vitest';
import { memoryPair } from '../../test/channel/memory-link';
import { testSigner } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { fromHex, toHex } from '../record/bytes';
import { signEvent } from '../record/compose';
import type { EventBody } from '../record/event';
import { type Signer, randomBytes, verify } from '../record/signature';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { Neighbours } from '../sync/channel/neighbours';
import { PRIORITY } from '../sync/channel/ports';
import { encodeRecordMessage } from '../sync/record-messages';
import type { Peer } from './peer';

/** A member's device that says on its channel whatever its owner likes. */
async function connectAs(signer: Signer, to: Peer): Promise<Channel> {
  const pair = memoryPair();
  const pump = setInterval(() => pair.carry(0) + pair.carry(1), 1);
  const neighbours = new Neighbours({
    network: to.id,
    signer: { deviceKey: fromHex(signer.device), sign: (bytes) => signer.sign(bytes) },
    verify: (key, bytes, signature) => verify(toHex(key), bytes, signature),
    random: randomBytes,
    clock: around.clock,
    inviteKey: () => undefined,
    authorise: () => true,
  });
  void to.connect(pair.transports[0]);
  const channel = await neighbours.add(pair.transports[1], () => undefined);
  channel.onClose(() => clearInterval(pump));
  return channel;
}

/** Ana, and Ben's key, whose app is out of the way. */
async function withBen() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const first: EventBody = {
    network: ana.peer.id,
    device: ben.signer.device,
    sequence: 0,
    previous: null,
    parents: [ben.peer.me!.member],
    time: 0,
    rules: 1,
    type: 'note',
    payload: 1,
  };
  await ben.peer.close();
  return { ana, signer: ben.signer, good: await signEvent(first, ben.signer), first };
}

describe('a member’s app that lies', () => {
  it('by one bad event in a message ends its channel, and takes nothing from the good one beside it', async () => {
    const { ana, signer, good, first } = await withBen();
    const stranger = await testSigner('stranger');
    const bad = await signEvent({ ...first, device: stranger.device }, stranger);
    const channel = await connectAs(signer, ana.peer);
    await until(() => ana.peer.connections.length === 1);
    channel.send(
      KIND.record,
      encodeRecordMessage({ kind: 'events', events: [bad.bytes, good.bytes], texts: [] }),
      PRIORITY.bulk,
    );
    await until(() => channel.closed !== undefined);
    expect(channel.closed).toMatchObject({ code: 'not-certified', by: 'there' });
    expect(ana.peer.replica.record.has(good.id)).toBe(true);
    expect(ana.peer.replica.record.has(bad.id)).toBe(false);
    const stored = (await ana.store.load()).flatMap((batch) => batch.events.map(toHex));
    expect(stored).toContain(toHex(good.bytes));
    expect(stored).not.toContain(toHex(bad.bytes));
    await ana.peer.act({ type: 'member.describe', payload: { name: { text: 'Anna' } } });
    await ana.peer.close();
  });

  it.each([
    ['garbage', () => randomBytes(300)],
    ['half a message', () => encodeRecordMessage({ kind: 'have', tips: ['ab'.repeat(32)] }).slice(0, 20)],
    ['nothing', () => new Uint8Array(0)],
  ])('by %s about the record ends its channel, and nothing else', async (_what, bytes) => {
    const { ana, signer } = await withBen();
    const { size } = ana.peer.replica.record;
    const channel = await connectAs(signer, ana.peer);
    await until(() => ana.peer.connections.length === 1);
    channel.send(KIND.record, bytes());
    await until(() => channel.closed !== undefined && ana.peer.connections.length === 0);
    expect(channel.closed!.code).toMatch(/malformed$/);
    expect(ana.peer.replica.record.size).toBe(size);
    // Why is told until the device is back, and behaves.
    expect(ana.peer.refusals()).toMatchObject([{ device: signer.device, reason: 'broken' }]);
    await connectAs(signer, ana.peer);
    await until(() => ana.peer.connections.length === 1);
    expect(ana.peer.refusals()).toEqual([]);
    await ana.peer.close();
  });
});

describe('a device that its member revoked', () => {
  it('is cut off at once, and not let in again', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    link(ana.peer, ben.peer);
    await until(() => ana.peer.connections.length === 1 && ben.peer.connections.length === 1);
    await ben.peer.act({ type: 'device.revoke', payload: { device: ben.signer.device } });
    await until(() => ana.peer.connections.length === 0);
    expect(ana.peer.state.devices.get(ben.signer.device)!.status).toBe('revoked');
    await expect(connectAs(ben.signer, ana.peer)).rejects.toMatchObject({ code: 'channel.not-authorised' });
    for (const { peer } of [ana, ben]) await peer.close();
  });
});
