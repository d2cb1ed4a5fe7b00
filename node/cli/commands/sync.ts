import { PeerholdError } from '../../../shared/errors';
import type { NetworkStatus } from '../../../shared/engine/contract';
import { obstaclesOf } from '../../../shared/engine/obstacles';
import type { Peer } from '../../../shared/peer/peer';
import { sealStatus } from '../../../shared/seal/status';
import { pause } from '../caller';
import type { Command } from '../command';
import { type Session, nameOfMember } from '../session';
import { numberOf } from '../numbers';
import { obstacleLines, wayOf, whoOf } from '../standing';

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
    if (options['serve'] === true && session.isBeside) throw new PeerholdError('profile-held');
    const { host } = await session.engine();
    const isOnce = options['once'] === true;
    if (!isOnce) await session.letOthersIn();
    if (options['serve'] === true) {
      const port = options['port'] === undefined ? undefined : numberOf(options['port'], 0);
      const { addresses } = await session.servePlace(port);
      for (const place of addresses) session.progress(`meeting place: ${place}`);
    }
    if (typeof options['at'] === 'string') await session.meetAt(options['at']);
    await host.setOnline(true);
    const peer = await session.peerOf(network);
    const met = isOnce
      ? await once(session, peer, numberOf(options['seconds'], PATIENCE))
      : await forLong(session, peer);
    return {
      data: { network, events: peer.replica.record.size, met },
      lines: [
        `Same as ${met.map((member) => nameOfMember(peer, member)).join(', ')}: ${peer.replica.record.size} events`,
      ],
    };
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
    if (typeof options['at'] === 'string') await session.meetAt(options['at']);
    await host.setOnline(true);
    const peer = await session.peerOf(network);
    const end = performance.now() + numberOf(options['seconds'], SEALING) * 1_000;
    for (let next = nextOf(peer); next !== null; next = nextOf(peer)) {
      if (performance.now() > end) throw new PeerholdError('not-sealed', { count: next.waitingFor.length });
      await pause(session.caller, LOOK_EVERY);
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
export async function once(session: Session, peer: Peer, seconds: number): Promise<readonly string[]> {
  const { host } = await session.engine();
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    // Once it has met others it may have a key to publish, which they are to have as well.
    if (await peer.isSettled()) await host.published(peer.id);
    if (await peer.isSettled()) return membersMet(peer);
    await pause(session.caller, LOOK_EVERY);
  }
  // What is in the way is told before the answer, and named in it.
  const obstacles = obstaclesOf(await host.status(peer.id));
  for (const line of obstacles.flatMap((one) => obstacleLines(peer, one))) session.progress(line);
  const params = obstacles[0] === undefined ? {} : { obstacle: obstacles[0].kind };
  throw new PeerholdError(peer.connections.length === 0 ? 'nobody-reachable' : 'not-synced', params);
}

/** Stays until it is interrupted, and tells who comes and goes, by which way, and what is in the way. */
export async function forLong(session: Session, peer: Peer): Promise<readonly string[]> {
  const { caller } = session;
  const { host } = await session.engine();
  let before = '';
  let ways: ReadonlyMap<string, string> = new Map();
  let inTheWay = '';
  const tell = (status: NetworkStatus): void => {
    const now = membersMet(peer)
      .map((member) => nameOfMember(peer, member))
      .join(', ');
    if (now !== before) caller.err(now === '' ? 'nobody connected' : `connected: ${now}`);
    before = now;
    const known = status.peers.filter(({ route }) => route !== null);
    const next = new Map(known.map((one) => [one.device, `${whoOf(peer, one)}: ${wayOf(one)}`]));
    for (const [device, line] of next) if (ways.get(device) !== line) caller.err(line);
    ways = next;
    const lines = obstaclesOf(status)
      .filter(({ kind }) => kind !== 'looking' && kind !== 'connecting')
      .flatMap((one) => obstacleLines(peer, one));
    if (lines.join() !== inTheWay) for (const line of lines) caller.err(line);
    inTheWay = lines.join();
  };
  // Listened for before anything is said: whoever reads it may end the program at once.
  const end = caller.interrupted();
  caller.err(`online with ${peer.replica.record.size} events; Ctrl-C ends it`);
  await session.listen((event) => {
    if (event.kind === 'status' && event.network === peer.id) tell(event.status);
  });
  tell(await host.status(peer.id));
  await end;
  return membersMet(peer);
}

function membersMet(peer: Peer): readonly string[] {
  return [...new Set(peer.connections.flatMap(({ member }) => member ?? []))];
}
