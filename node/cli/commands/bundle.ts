import { MAX_FILE, tooLarge } from '../../../shared/bundle/lock';
import { activeMembers } from '../../../shared/network/membership/queries';
import type { TakenBundle } from '../../../shared/peer/bundles';
import type { Peer } from '../../../shared/peer/peer';
import type { Command } from '../command';
import { type Caller, withContent, writeNew } from '../caller';
import { EXIT } from '../exit';
import { nameOfMember, theOne } from '../session';

const PASSPHRASE_FILE = { 'passphrase-file': { type: 'string' } } as const;

export const exportBundle: Command = {
  name: 'export',
  about: 'put a network, or what a member lacks of it, into a file that is locked by a passphrase',
  usage: 'FILE [--for MEMBER] [--passphrase-file F]',
  examples: [
    'peerhold export lime-street.peerhold              # everything',
    'peerhold export for-ben.peerhold --for Ben --passphrase-file secret.txt',
  ],
  options: { for: { type: 'string' }, ...PASSPHRASE_FILE },
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''], options }) {
    const peer = await session.peer();
    const wanted = options['for'];
    const members = activeMembers(peer.state);
    const recipient =
      typeof wanted === 'string' ? theOne(wanted, members, ({ name }) => peer.replica.text(name)).id : null;
    const secret = await session.caller.passphrase({ file: passphraseFile(options), twice: true });
    const { host } = await session.engine();
    const made = await host.exportBundle(peer.id, recipient, secret);
    await writeNew(session.caller, file, [made.file]);
    const { events, documents } = made;
    const whom = recipient === null ? '' : ` for ${nameOfMember(peer, recipient)}`;
    return {
      data: { network: peer.id, file, bytes: made.file.length, recipient, events, documents },
      lines: [`${file}${whom}: ${events} events and ${documents} documents, ${made.file.length} bytes`],
    };
  },
};

export const importBundle: Command = {
  name: 'import',
  about: 'take in what is new in such a file, with the checks that everything from others goes through',
  usage: 'FILE [--passphrase-file F]',
  examples: ['peerhold import for-ben.peerhold'],
  options: PASSPHRASE_FILE,
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''], options }) {
    const peer = await session.peer();
    const bytes = await readWhole(session.caller, file);
    const secret = await session.caller.passphrase({ file: passphraseFile(options), twice: false });
    const { host } = await session.engine();
    const taken = await host.importBundle(peer.id, bytes, secret);
    const whole = taken.waiting === 0 && !taken.documentsRefused;
    return {
      data: { network: peer.id, ...taken },
      lines: linesOf(peer, taken),
      ...(whole ? {} : { exit: EXIT.no }),
    };
  },
};

function linesOf(peer: Peer, taken: TakenBundle): string[] {
  const { maker, time, events, fresh, waiting, documents, changed, documentsRefused } = taken;
  const made = new Date(time);
  const when = Number.isNaN(made.getTime()) ? 'some time' : made.toISOString();
  return [
    `Made by ${nameOfMember(peer, maker.member)}, who says at ${when}.`,
    `${events} events, ${fresh} of them new; ${documents} documents, ${changed} of them changed.`,
    ...(waiting === 0
      ? []
      : [
          `${waiting} events build on what is not here. Import a bundle that has it, or sync; then import this one again.`,
        ]),
    ...(documentsRefused ? ['The documents were left out: who made the bundle may not write in this network.'] : []),
  ];
}

function passphraseFile(options: Readonly<Record<string, string | boolean | undefined>>): string | undefined {
  const file = options['passphrase-file'];
  return typeof file === 'string' ? file : undefined;
}

/** Looks how large it is before it is read. Rejects with `cli-file`, `bundle-too-large`. */
function readWhole(caller: Caller, file: string): Promise<Uint8Array> {
  return withContent(caller, file, async ({ size, slice }) => {
    if (size > MAX_FILE) throw tooLarge();
    return new Uint8Array(await slice(0, size).arrayBuffer());
  });
}
