import { setTimeout as sleep } from 'node:timers/promises';
import { PeerholdError } from '../../../shared/errors';
import type { Peer } from '../../../shared/peer/peer';
import { sealStatus } from '../../../shared/seal/status';
import type { Command } from '../command';
import { interrupted } from '../interrupted';
import { servePlace } from '../places';
import { nameOfMember } from '../session';
import { numberOf } from '../numbers';

const LOOK_EVERY = 200;
/** Seconds. */
export const PATIENCE = 30;
const SEALING = 120;

export const sync: Command = {
  name: 'sync',
  about: 'meet the others: send what they lack, receive what is new, seal what waits',
  usage: '[--once] [--seconds 30] [--serve] [--port N] [--at ADDRESS]',
  examples: [
    'peerhold sync --once            # until all who can be reached and this machine have the same',
    'peerhold sync --serve           # goes on until Ctrl-C, and is a meeting place for the others on the LAN',
  ],
  options: {
    once: { type: 'boolean' },
    seconds: { type: 'string' },
    serve: { type: 'boolean' },
    port: { type: 'string' },
    at: { type: 'string' },
  },
  meets: true,
  async run(session, { options }) {
    const network = await session.network();
    const { host } = await session.engine();
    const port = options['port'] === undefined ? undefined : numberOf(options['port'], 0);
    const served = options['serve'] === true ? await servePlace(session.profile, port) : undefined;
    const places = [...(served?.addresses ?? []), ...(typeof options['at'] === 'string' ? [options['at']] : [])];
    for (const place of served?.addresses ?? []) session.progress(`meeting place: ${place}`);
    try {
      host.setOwnPlaces(places);
      await host.setOnline(true);
      await host.open(network);
      const peer = await host.peer(network);
      const met =
        options['once'] === true
          ? await once(peer, numberOf(options['seconds'], PATIENCE))
          : await forLong(peer, session.progress);
      return {
        data: { network, events: peer.replica.record.size, met },
        lines: [
          `Same as ${met.map((member) => nameOfMember(peer, member)).join(', ')}: ${peer.replica.record.size} events`,
        ],
      };
    } finally {
      await served?.close();
    }
  },
};

export const seal: Command = {
  name: 'seal',
  about: 'stay online until all that waits for a seal has one',
  usage: '[--seconds 120] [--at ADDRESS]',
  examples: ['peerhold seal --seconds 600'],
  options: { seconds: { type: 'string' }, at: { type: 'string' } },
  meets: true,
  async run(session, { options }) {
    const network = await session.network();
    const { host } = await session.engine();
    if (typeof options['at'] === 'string') host.setOwnPlaces([options['at']]);
    await host.setOnline(true);
    await host.open(network);
    const peer = await host.peer(network);
    const end = performance.now() + numberOf(options['seconds'], SEALING) * 1_000;
    for (let next = nextOf(peer); next !== null; next = nextOf(peer)) {
      if (performance.now() > end) throw new PeerholdError('not-sealed', { count: next.waitingFor.length });
      await sleep(LOOK_EVERY);
    }
    const newest = peer.replica.seals.seals.at(-1);
    return {
      data: { network, height: newest?.height ?? null, value: newest?.value ?? null },
      lines: [`Everything is sealed, by seal ${newest?.height ?? 0}.`],
    };
  },
};

const nextOf = (peer: Peer) => sealStatus(peer.replica, 0).next;

/** Resolves with the members met, once this peer and all whom it is connected to have the same. Rejects with `nobody-reachable`, `not-synced`. */
export async function once(peer: Peer, seconds: number): Promise<readonly string[]> {
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    if (await peer.isSettled()) return membersMet(peer);
    await sleep(LOOK_EVERY);
  }
  throw new PeerholdError(peer.connections.length === 0 ? 'nobody-reachable' : 'not-synced');
}

/** Stays until it is interrupted, and tells who comes and goes. */
export async function forLong(peer: Peer, progress: (line: string) => void): Promise<readonly string[]> {
  let before = '';
  const tell = (): void => {
    const now = membersMet(peer)
      .map((member) => nameOfMember(peer, member))
      .join(', ');
    if (now !== before) progress(now === '' ? 'nobody connected' : `connected: ${now}`);
    before = now;
  };
  // Listened for before anything is said: whoever reads it may end the program at once.
  const end = interrupted();
  progress(`online with ${peer.replica.record.size} events; Ctrl-C ends it`);
  peer.events.status.add(tell);
  await end;
  return membersMet(peer);
}

function membersMet(peer: Peer): readonly string[] {
  return [...new Set(peer.connections.flatMap(({ member }) => member ?? []))];
}
