import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeerholdError } from '../../../shared/errors';
import type { NewDevice } from '../../../shared/peer/device-desk';
import type { Peer } from '../../../shared/peer/peer';
import type { Command } from '../command';
import { servePlace } from '../places';
import type { Session } from '../session';
import { numberOf } from '../numbers';

const LOOK_EVERY = 200;
/** Seconds. */
const PATIENCE = 600;

export const addDevice: Command = {
  name: 'add-device',
  about: 'let another device, or a keeper, in as yours',
  usage: '[--at ADDRESS] [--port N] [--seconds 600] [--yes NUMBER]',
  examples: ['peerhold add-device   # shows a link; then compare the number that both sides show'],
  options: { at: { type: 'string' }, port: { type: 'string' }, seconds: { type: 'string' }, yes: { type: 'string' } },
  meets: true,
  async run(session, { options }) {
    const network = await session.network();
    const { host } = await session.engine();
    const port = options['port'] === undefined ? undefined : numberOf(options['port'], 0);
    const served = await servePlace(session.profile, port);
    try {
      host.setOwnPlaces([...served.addresses, ...(typeof options['at'] === 'string' ? [options['at']] : [])]);
      await host.setOnline(true);
      await host.open(network);
      const peer = await host.peer(network);
      const { link } = await host.deviceLink(network);
      session.progress(link);
      const asking = await whoAsks(peer, numberOf(options['seconds'], PATIENCE));
      session.progress(`“${asking.label}” asks to be your ${asking.role ?? 'device'}. Number: ${asking.checkNumber}`);
      const add = await agrees(asking, options['yes']);
      await host.answerDevice(network, asking.device, add);
      if (!add) throw new PeerholdError('device-link-refused');
      await received(peer, asking.device);
      return { data: { device: asking.device, role: asking.role ?? null }, lines: [`Added ${asking.label}.`] };
    } finally {
      await served.close();
    }
  },
};

/** Opens a device link and waits for the person at the device that made it; resolves with the network's id. */
export async function askToBeAdded(session: Session, link: string, label: string, role?: 'keeper'): Promise<string> {
  const { host } = await session.engine();
  const { checkNumber } = await host.askToBeAdded(link, label, role);
  session.progress(`Number to compare: ${checkNumber}. Waiting for a yes on the other device.`);
  return host.beAdded(link);
}

async function whoAsks({ devices }: Peer, seconds: number): Promise<NewDevice> {
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    if (devices.asking !== null) return devices.asking;
    await sleep(LOOK_EVERY);
  }
  throw new PeerholdError('nobody-reachable');
}

/** `yes`: the number that was read at the other device, given beforehand; else the person is asked. */
async function agrees({ checkNumber }: NewDevice, yes: string | boolean | undefined): Promise<boolean> {
  const digits = (text: string): string => text.replace(/\D/g, '');
  if (typeof yes === 'string') return digits(yes) === digits(checkNumber);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Does it show the same number? [yes/no] ')).trim());
  } finally {
    terminal.close();
  }
}

/** Until the new device has the record: it could not go on without it. */
async function received(peer: Peer, device: string): Promise<void> {
  while (peer.connections.some((one) => one.device === device) && !(await peer.isSettled())) await sleep(LOOK_EVERY);
}
