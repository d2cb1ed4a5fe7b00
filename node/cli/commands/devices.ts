import { PeerholdError } from '../../../shared/errors';
import type { NewDevice } from '../../../shared/peer/device-desk';
import type { Peer } from '../../../shared/peer/peer';
import { type Caller, pause } from '../caller';
import type { Command } from '../command';
import { lookingFor } from '../looking';
import type { Session } from '../session';
import { placeOf, portOf, wholeOf } from '../given';

const LOOK_EVERY = 200;
/** Seconds. */
const PATIENCE = 600;

export const addDevice: Command = {
  name: 'add-device',
  about: 'let another device, or a keeper, in as yours',
  usage: '[--at ADDRESS] [--port N] [--seconds 600] [--yes NUMBER] [--relay]',
  examples: ['peerhold add-device   # shows a link; then compare the number that both sides show'],
  options: {
    at: { type: 'string', value: 'ADDRESS', about: 'another meeting place, where the new device looks for this one' },
    port: { type: 'string', value: 'N', about: 'the port of this machine’s meeting place' },
    seconds: { type: 'string', value: 'N', about: 'how long to wait for the new device; 600 unless given' },
    yes: { type: 'string', value: 'NUMBER', about: 'the number that the new device shows: nothing is asked then' },
    relay: {
      type: 'boolean',
      about: 'name the TURN servers of the agreement in it, with their passwords: whoever has the link can use them',
    },
  },
  meets: true,
  async run(session, { options }) {
    const port = portOf(options);
    const place = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    const network = await session.network();
    const { host } = await session.engine();
    const { caller } = session;
    const open = await session.open();
    // A newer link ends the one that nobody has used yet.
    return open.once(`add-device ${network}`, async () => {
      const peer = await session.peerOf(network);
      if (peer.isKeeper) throw new PeerholdError('keeper-lets-nobody-in');
      const { addresses } = await session.servePlace(port);
      const at = place === undefined ? [] : [place];
      for (const address of at) await session.meetAt(address);
      await host.setOnline(true);
      const { link } = await host.deviceLink(network, options['relay'] === true, [...addresses, ...at]);
      session.progress(link);
      const asking = await whoAsks(caller, peer, seconds);
      session.progress(`“${asking.label}” asks to be your ${asking.role ?? 'device'}. Number: ${asking.checkNumber}`);
      const add = await agrees(caller, asking, options['yes']);
      await host.answerDevice(network, asking.device, add);
      if (!add) throw new PeerholdError('device-link-refused');
      await received(caller, peer, asking.device);
      return { data: { device: asking.device, role: asking.role ?? null }, lines: [`Added ${asking.label}.`] };
    });
  },
};

/** Opens a device link and waits for the person at the device that made it; resolves with the network's id. */
export async function askToBeAdded(session: Session, link: string, label: string, role?: 'keeper'): Promise<string> {
  return session.join(async (host) => {
    const { checkNumber } = await lookingFor(session, link, () => host.askToBeAdded(link, label, role));
    session.progress(`Number to compare: ${checkNumber}. Waiting for a yes on the other device.`);
    return host.beAdded(link);
  });
}

async function whoAsks(caller: Caller, { devices }: Peer, seconds: number): Promise<NewDevice> {
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    if (devices.asking !== null) return devices.asking;
    await pause(caller, LOOK_EVERY);
  }
  throw new PeerholdError('device-link-unanswered');
}

/** `yes`: the number that was read at the other device, given beforehand; else the person is asked. */
async function agrees(caller: Caller, { checkNumber }: NewDevice, yes: string | boolean | undefined): Promise<boolean> {
  const digits = (text: string): string => text.replace(/\D/g, '');
  if (typeof yes === 'string') return digits(yes) === digits(checkNumber);
  caller.err('Does it show the same number? [yes/no]');
  return /^y(es)?$/i.test((await caller.read())?.trim() ?? '');
}

/** Until the new device has the record: it could not go on without it. */
async function received(caller: Caller, peer: Peer, device: string): Promise<void> {
  while (peer.connections.some((one) => one.device === device) && !(await peer.isSettled()))
    await pause(caller, LOOK_EVERY);
}
