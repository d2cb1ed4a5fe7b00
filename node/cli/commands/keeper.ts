import { hostname } from 'node:os';
import type { NodeEngine } from '../../peer/node-engine';
import type { Command } from '../command';
import { servePlace } from '../places';
import { nameOfNetwork } from '../session';
import { interrupted } from '../interrupted';
import { askToBeAdded } from './devices';
import { numberOf } from '../numbers';

/** Longest label of a device. */
const MAX_LABEL = 40;

export const keeper: Command = {
  name: 'keeper',
  about: 'hold copies and pass them on while members are away; decides nothing',
  usage: '[DEVICE-LINK] [--label NAME] [--port N]',
  examples: [
    'peerhold keeper peerhold://join/AbC… --label "Cellar"   # once: a member makes the link and says yes',
    'peerhold keeper --port 4444                             # from then on, until it is ended',
  ],
  options: { label: { type: 'string' }, port: { type: 'string' } },
  words: { least: 0, most: 1 },
  meets: true,
  async run(session, { words: [link], options }) {
    const engine = await session.engine();
    const port = options['port'] === undefined ? undefined : numberOf(options['port'], 0);
    const served = await servePlace(session.profile, port);
    try {
      for (const place of served.addresses) session.progress(`meeting place: ${place}`);
      engine.host.setOwnPlaces(served.addresses);
      await engine.host.setOnline(true);
      const label = typeof options['label'] === 'string' ? options['label'] : hostname().slice(0, MAX_LABEL);
      if (link !== undefined) await askToBeAdded(session, link, label, 'keeper');
      // Listened for before anything is said: whoever reads it may end the program at once.
      const end = interrupted();
      const networks = await openAll(engine, session.progress);
      await end;
      return { data: { networks }, lines: [`Kept ${networks.length} networks.`] };
    } finally {
      await served.close();
    }
  },
};

/** Opens every network of the profile, and tells who comes and goes. */
async function openAll({ host }: NodeEngine, progress: (line: string) => void): Promise<readonly string[]> {
  const held = await host.networks();
  for (const { id } of held) {
    await host.open(id);
    const peer = await host.peer(id);
    const tell = (): void =>
      progress(`${nameOfNetwork(peer)}: ${peer.replica.record.size} events, ${peer.connections.length} connected`);
    let before = '';
    peer.events.status.add(() => {
      const now = `${peer.replica.record.size} ${peer.connections.length}`;
      if (now !== before) tell();
      before = now;
    });
    progress(`online with ${nameOfNetwork(peer)}: ${peer.replica.record.size} events`);
  }
  return held.map(({ id }) => id);
}
