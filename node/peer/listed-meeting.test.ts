import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StunServer } from '../../test/kit/stun';
import { foundingPayload, newDraft, withPreset } from '../../shared/engine/founding-draft';
import { errorCode } from '../../shared/errors';
import { decodeInvite } from '../../shared/invite/link';
import { versionInForce } from '../../shared/network/agreement/queries';
import type { Parameters } from '../../shared/network/agreement/model';
import { decodeHandCode } from '../../shared/sync/meeting/by-hand/code';
import { findProfile } from '../profile/profile';
import { NodeEngine } from './node-engine';

const PLACE = 'wss://meet.example.org/signal';
const SEEN = { kind: 'srflx', address: '203.0.113.9', port: 4321 };

/** One member, whose own agreement is enough, and a real STUN server that the agreement names. */
describe('what the agreement lists for meeting', () => {
  let home = '';
  const before = process.env.PEERHOLD_HOME;
  let engine: NodeEngine;
  let network = '';
  let stun: StunServer;
  const places: string[][] = [];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'peerhold-meeting-'));
    process.env.PEERHOLD_HOME = home;
    stun = await StunServer.start(SEEN.address, SEEN.port);
    engine = await NodeEngine.open(findProfile('default'), {
      meets: true,
      emit: (event) => {
        if (event.kind === 'status') places.push((event.status.meeting?.places ?? []).map(({ address }) => address));
      },
    });
    const words = (key: string): string => key;
    const draft = withPreset({ ...newDraft(words, 'EUR', 'desk'), name: 'N', purpose: 'P', you: 'Ann' }, 'circle');
    network = await engine.host.found(foundingPayload(draft, words));
    await engine.host.setOnline(true);
    await engine.host.open(network);
  });
  afterAll(async () => {
    await engine?.close();
    await stun?.close();
    if (before === undefined) delete process.env.PEERHOLD_HOME;
    else process.env.PEERHOLD_HOME = before;
    await rm(home, { recursive: true, force: true });
  });

  /** The addresses at which this peer says that it can be reached. */
  const addresses = () => askedBy(engine);
  const askedBy = async (one: NodeEngine) => {
    const hand = one.byHand(network);
    await hand.offer();
    if (hand.state.at !== 'waiting') throw new Error(hand.state.at);
    const { endpoint } = decodeHandCode(network, hand.state.code);
    hand.cancel();
    return endpoint.candidates;
  };

  const adopt = async (params: Parameters<'meeting'>): Promise<void> => {
    const peer = await engine.host.peer(network);
    const version = versionInForce(peer.state)!;
    const others = version.protocols.filter(({ kind }) => kind !== 'meeting');
    const meeting = {
      kind: 'meeting',
      id: 'meeting',
      title: 'Where we meet',
      text: { text: 'Here.' },
      params,
    } as const;
    const proposal = await engine.host.act(network, {
      type: 'proposal.open',
      payload: {
        title: { text: 'Where we meet' },
        text: { text: 'So that we find each other.' },
        effect: { kind: 'adopt', base: version.id, protocols: [...others, meeting] },
        deadline: Date.now() + 7 * 86_400_000,
      },
    });
    await engine.host.act(network, { type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
    expect(versionInForce(peer.state)?.id).toBe(proposal);
  };

  it('is nobody, before members have agreed on something', async () => {
    expect((await addresses()).filter(({ kind }) => kind !== 'host')).toEqual([]);
    expect(stun.asked).toBe(0);
  });

  it('is used from the decision on: places are looked at, and servers asked', async () => {
    await adopt({ places: [PLACE], stun: [stun.address], turn: [] });
    await expect.poll(() => places.at(-1)).toEqual([PLACE]);
    await expect.poll(addresses).toContainEqual(SEEN);
    expect(stun.asked).toBeGreaterThan(0);
    const { link } = await engine.host.invite(network, { type: 'member', uses: 1, days: 7 });
    expect(decodeInvite(link)).toMatchObject({
      meetingPlaces: [PLACE],
      helpers: { stun: [stun.address], turn: [] },
    });
  });

  it('is asked by a newcomer as well, whose link names it, before anybody is met', async () => {
    const { link } = await engine.host.invite(network, { type: 'member', uses: 1, days: 7 });
    const { stun: named } = decodeInvite(link).helpers!;
    const joiner = await NodeEngine.open(findProfile('newcomer'), { meets: true });
    const before = stun.asked;
    const looking = joiner.host.previewInvite(link).catch(errorCode);
    // The way that the codes of a connection by hand go shows what the engine asks for this network.
    await expect.poll(() => askedBy(joiner)).toContainEqual(SEEN);
    expect(named).toEqual([stun.address]);
    expect(stun.asked).toBeGreaterThan(before);
    await joiner.host.cancelJoin();
    expect(await looking).toBe('join-cancelled');
    await joiner.close();
  });

  it('names a relay, with its password, only in a link whose maker wants that', async () => {
    const turn = { address: 'turn:turn.example.org', username: 'mill', credential: 'sesame' };
    const order = { type: 'member', uses: 1, days: 7 };
    await expect(engine.host.invite(network, { ...order, relay: true })).rejects.toMatchObject({
      code: 'no-relay-listed',
    });
    await expect(engine.host.deviceLink(network, true)).rejects.toMatchObject({ code: 'no-relay-listed' });
    await adopt({ places: [], stun: [], turn: [turn] });
    const plain = await engine.host.invite(network, order);
    expect(decodeInvite(plain.link)).not.toHaveProperty('helpers');
    const made = await engine.host.invite(network, { ...order, relay: true });
    expect(decodeInvite(made.link).helpers).toEqual({ stun: [], turn: [turn] });
    // Shown again, each is as it was made.
    expect(await engine.host.inviteLink(network, plain.invite)).toBe(plain.link);
    expect(await engine.host.inviteLink(network, made.invite)).toBe(made.link);
    expect(decodeInvite((await engine.host.deviceLink(network)).link)).not.toHaveProperty('helpers');
    const device = decodeInvite((await engine.host.deviceLink(network, true)).link);
    expect(device).toMatchObject({ device: expect.any(String), helpers: { turn: [turn] } });
  });

  it('hinders nobody where a server can not be read, and ends with the next decision', async () => {
    await adopt({ places: [], stun: ['stun:a..b'], turn: [{ address: 'turn:a..b', username: 'u', credential: 'c' }] });
    await expect.poll(() => places.at(-1)).toEqual([]);
    const found = await addresses();
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContainEqual(SEEN);
  });
});
