import { PeerholdError } from '../../../shared/errors';
import type { NetworkStatus } from '../../../shared/engine/contract';
import { obstaclesOf } from '../../../shared/engine/obstacles';
import type { Peer } from '../../../shared/peer/peer';
import { sealStatus } from '../../../shared/seal/status';
import { pause } from '../caller';
import type { Answer, Command } from '../command';
import { Equality, answerOf } from '../equality';
import type { Session } from '../session';
import { placeOf, portOf, wholeOf } from '../given';
import { counted } from '../numbers';
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
    once: { type: 'boolean', about: 'end once everybody who can be reached has the same' },
    seconds: { type: 'string', value: 'N', about: 'with --once, how long to try; 30 unless given' },
    serve: { type: 'boolean', about: 'be a meeting place for the others on the local network' },
    port: { type: 'string', value: 'N', about: 'with --serve, its port; the same as before unless given' },
    at: { type: 'string', value: 'ADDRESS', about: 'look for the others at this meeting place too' },
  },
  meets: true,
  async run(session, { options }) {
    const port = portOf(options);
    const at = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    const network = await session.network();
    if (options['serve'] === true && session.isBeside) throw new PeerholdError('profile-held');
    const { host } = await session.engine();
    const isOnce = options['once'] === true;
    if (!isOnce) await session.letOthersIn();
    if (options['serve'] === true) {
      const { addresses } = await session.servePlace(port);
      for (const place of addresses) session.progress(`meeting place: ${place}`);
    }
    if (at !== undefined) await session.meetAt(at);
    const peer = await session.peerOf(network);
    const equality = isOnce ? new Equality(session, peer, 'all') : undefined;
    await host.setOnline(true);
    return equality === undefined ? forLong(session, peer) : answerOf(peer, await equality.reached(seconds));
  },
};

export const seal: Command = {
  name: 'seal',
  about: 'stay online until all that waits for a seal has one',
  usage: '[--seconds 120] [--at ADDRESS]',
  examples: ['peerhold seal --seconds 600'],
  options: {
    seconds: { type: 'string', value: 'N', about: 'how long to wait; 120 unless given' },
    at: { type: 'string', value: 'ADDRESS', about: 'look for the others at this meeting place too' },
  },
  meets: true,
  async run(session, { options }) {
    const at = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: SEALING });
    const network = await session.network();
    const { host } = await session.engine();
    if (at !== undefined) await session.meetAt(at);
    await host.setOnline(true);
    const peer = await session.peerOf(network);
    const end = performance.now() + seconds * 1_000;
    for (let next = nextOf(peer); next !== null; next = nextOf(peer)) {
      if (performance.now() > end) throw new PeerholdError('not-sealed', { count: next.waitingFor.length });
      await pause(session.caller, LOOK_EVERY);
    }
    if (peer.replica.standsStill) throw new PeerholdError('app-too-old');
    const newest = peer.replica.seals.seals.at(-1);
    return {
      data: { network, height: newest?.height ?? null, value: newest?.value ?? null },
      lines: [`Everything is sealed, by seal ${newest?.height ?? 0}.`],
    };
  },
};

const nextOf = (peer: Peer) => sealStatus(peer.replica, 0).next;

/** Stays until it is interrupted, and tells who comes and goes, by which way, and what is in the way. */
export async function forLong(session: Session, peer: Peer): Promise<Answer> {
  const { caller } = session;
  const { host } = await session.engine();
  let before = '';
  let ways: ReadonlyMap<string, string> = new Map();
  let inTheWay = '';
  const asked = new Set<string>();
  const tell = (status: NetworkStatus): void => {
    const now = [...new Set(peer.connections.map((one) => whoOf(peer, one)))].join(', ');
    if (now !== before) caller.err(now === '' ? 'nobody connected' : `connected: ${now}`);
    before = now;
    for (const { device, name, code } of status.restoring.filter((one) => !asked.has(one.device))) {
      asked.add(device);
      caller.err(
        `Somebody says to be ${name} and to have lost all devices. Number: ${code}. See \`peerhold restore\`.`,
      );
    }
    const known = status.peers.filter(({ route }) => route !== null);
    const next = new Map(known.map((one) => [one.device, `${whoOf(peer, one)}: ${wayOf(one)}`]));
    for (const [device, line] of next) if (ways.get(device) !== line) caller.err(line);
    ways = next;
    const lines = obstaclesOf(status)
      .filter(({ kind }) => kind !== 'looking' && kind !== 'connecting')
      .flatMap((one) => obstacleLines(peer, one));
    // Nothing is in the way while somebody is here: once they have left, the same is not told again.
    if (lines.length === 0 || lines.join() === inTheWay) return;
    for (const line of lines) caller.err(line);
    inTheWay = lines.join();
  };
  // Listened for before anything is said: whoever reads it may end the program at once.
  const end = caller.interrupted();
  caller.err(`online with ${counted(peer.replica.record.size, 'event')}; Ctrl-C ends it`);
  await session.listen((event) => {
    if (event.kind === 'status' && event.network === peer.id) tell(event.status);
  });
  tell(await host.status(peer.id));
  await end;
  const { connections } = peer;
  const equal = await Promise.all(connections.map(({ device }) => peer.isEqualWith(device)));
  const same = connections.filter((_one, index) => equal[index] === true);
  return answerOf(
    peer,
    same,
    connections.filter((one) => !same.includes(one)),
  );
}
