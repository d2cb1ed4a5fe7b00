import { COMMONS_DOC, allPages, pageDoc } from '../../../shared/commons/pages';
import { PeerholdError } from '../../../shared/errors';
import type { Peer } from '../../../shared/peer/peer';
import { pause } from '../caller';
import type { Answer, Command } from '../command';
import { EXIT } from '../exit';
import { placeOf, wholeOf } from '../given';
import { nameOfMember, theOne } from '../session';

/** Seconds. */
const PATIENCE = 30;
const LOOK_EVERY = 200;

interface Different {
  readonly id: string;
  readonly title: string | null;
  readonly devices: readonly { readonly device: string; readonly name: string | null }[];
}

export const documents: Command = {
  name: 'documents',
  about: 'texts that are not the same here and on a connected device, though each has all changes; take its version',
  usage: '[DOCUMENT --take DEVICE] [--seconds 30] [--at ADDRESS]',
  examples: [
    'peerhold documents                        # compares with whoever can be reached',
    'peerhold documents page:4f21 --take 3fa9c1d2',
  ],
  options: {
    take: { type: 'string', value: 'DEVICE', about: 'the device whose version is to be the one here' },
    seconds: { type: 'string', value: 'N', about: 'how long to look; 30 unless given' },
    at: { type: 'string', value: 'ADDRESS', about: 'look for the others at this meeting place too' },
  },
  words: { least: 0, most: 1 },
  meets: true,
  async run(session, { words: [wanted], options }) {
    const take = options['take'];
    if ((wanted === undefined) !== (take === undefined))
      throw new PeerholdError('cli-missing', { what: wanted === undefined ? 'DOCUMENT' : '--take' });
    const at = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    const network = await session.network();
    const { host } = await session.engine();
    if (at !== undefined) await session.meetAt(at);
    await host.setOnline(true);
    const peer = await session.peerOf(network);
    const end = performance.now() + seconds * 1_000;
    while (peer.commons.diverged.size === 0 && performance.now() < end && !(await peer.isSettled()))
      await pause(session.caller, LOOK_EVERY);
    if (peer.connections.length === 0) throw new PeerholdError('nobody-reachable');
    const different = await differentIn(peer);
    if (wanted === undefined) return list(peer, different);
    const { id, devices } = theOne(wanted, different, ({ title }) => title);
    const named = devices.map(({ device, name }) => ({ id: device, name }));
    const { id: device } = theOne(String(take), named, ({ name }) => name);
    await host.adoptDoc(network, id, device);
    return {
      data: { network, document: id, device },
      lines: [`${id} is here now as it is on ${device.slice(0, 16)}.`],
    };
  },
};

async function differentIn(peer: Peer): Promise<readonly Different[]> {
  const titles = await peer.docs.glance(
    COMMONS_DOC,
    Infinity,
    (doc) => new Map([...allPages(doc).values()].map(({ id, title }) => [pageDoc(id), title])),
  );
  return [...peer.commons.diverged].map(([id, devices]) => ({
    id,
    title: titles?.get(id) ?? null,
    devices: [...devices].map((device) => {
      const member = peer.state.devices.get(device)?.member;
      return { device, name: member === undefined ? null : nameOfMember(peer, member) };
    }),
  }));
}

function list(peer: Peer, different: readonly Different[]): Answer {
  return {
    data: { network: peer.id, documents: different },
    lines:
      different.length === 0
        ? ['Every text is the same here and on all connected devices that have the same changes.']
        : different.flatMap(({ id, title, devices }) =>
            devices.map(
              ({ device, name }) => `${id}  ${title ?? ''}  differs from ${name ?? ''} ${device.slice(0, 16)}`,
            ),
          ),
    exit: different.length === 0 ? EXIT.done : EXIT.no,
  };
}
