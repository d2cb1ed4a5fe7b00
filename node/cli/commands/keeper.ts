import { hostname } from 'node:os';
import { PeerholdError, errorCode } from '../../../shared/errors';
import type { Command } from '../command';
import type { OpenProfile } from '../open-profile';
import { type Session, nameOfNetwork } from '../session';
import { errorWords } from '../words';
import { askToBeAdded } from './devices';
import { portOf, textOf } from '../given';
import { counted } from '../numbers';

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
  inNetwork: false,
  options: {
    label: { type: 'string', value: 'NAME', about: 'what members see it called; the name of the machine unless given' },
    port: { type: 'string', value: 'N', about: 'the port of its meeting place; the same as before unless given' },
  },
  words: { least: 0, most: 1 },
  meets: true,
  async run(session, { words: [link], options }) {
    const port = portOf(options);
    const label = textOf(options, 'label') ?? hostname().slice(0, MAX_LABEL);
    const open = await session.open();
    // Beside a keeper, what is left to do is to be let into one network more.
    if (session.isBeside && (link === undefined || !open.keeps)) throw new PeerholdError('profile-held');
    await session.letOthersIn();
    const { addresses } = await session.servePlace(port);
    for (const place of addresses) session.progress(`meeting place: ${place}`);
    const { host } = open.engine;
    await host.setOnline(true);
    const added = link === undefined ? [] : [await askToBeAdded(session, link, label, 'keeper')];
    if (session.isBeside) return { data: { networks: added }, lines: ['The keeper that runs already keeps it now.'] };
    open.keeps = true;
    // Listened for before anything is said: whoever reads it may end the program at once.
    const end = session.caller.interrupted();
    const networks = await keepAll(session, open);
    if (networks.size === 0)
      session.progress('It keeps no network yet: a member makes a device link, and `peerhold keeper LINK` uses it.');
    await end;
    return { data: { networks: [...networks] }, lines: [`Kept ${counted(networks.size, 'network')}.`] };
  },
};

/** Opens every network of the profile, also those that are added while it runs, and tells who comes and goes. Gives those that it keeps. */
async function keepAll(session: Session, { engine, added }: OpenProfile): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  const keep = async (network: string): Promise<void> => {
    if (kept.has(network)) return;
    kept.add(network);
    await keepOne(session, network);
  };
  added.add((network) => {
    keep(network).catch((error: unknown) => {
      kept.delete(network);
      session.progress(errorWords(errorCode(error), {}));
    });
  });
  for (const { id } of await engine.host.networks()) await keep(id);
  return kept;
}

async function keepOne(session: Session, network: string): Promise<void> {
  const peer = await session.peerOf(network);
  const tell = (): void =>
    session.progress(
      `${nameOfNetwork(peer)}: ${counted(peer.replica.record.size, 'event')}, ${peer.connections.length} connected`,
    );
  let before = '';
  let warned = false;
  // It goes on keeping; whoever runs it is to know that members can not go by it.
  const warn = (): void => {
    if (peer.replica.standsStill && !warned)
      session.progress(`${nameOfNetwork(peer)}: ${errorWords('app-too-old', {})}`);
    warned = peer.replica.standsStill;
  };
  peer.events.status.add(() => {
    const now = `${peer.replica.record.size} ${peer.connections.length}`;
    if (now !== before) tell();
    before = now;
    warn();
  });
  warn();
  session.progress(`online with ${nameOfNetwork(peer)}: ${counted(peer.replica.record.size, 'event')}`);
}
