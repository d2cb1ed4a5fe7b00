import { isForMembers, readOpening } from '../../../shared/bundle/opening';
import type { Source } from '../../../shared/bundle/source';
import { PeerholdError } from '../../../shared/errors';
import { activeMembers } from '../../../shared/network/membership/queries';
import type { ImportedBundle } from '../../../shared/engine/contract';
import type { EngineHost } from '../../../shared/engine/host';
import type { Peer } from '../../../shared/peer/peer';
import type { Command } from '../command';
import { EXIT } from '../exit';
import { counted } from '../numbers';
import { nameOfMember, theOne } from '../session';
import { untilInterrupted } from '../until-interrupted';

export const PASSPHRASE_FILE = {
  'passphrase-file': { type: 'string', value: 'F', about: 'the passphrase is the first line of this file' },
} as const;

export const exportBundle: Command = {
  name: 'export',
  about: 'put a network, or what a member lacks of it, into a file that a passphrase or chosen members open',
  usage: 'FILE [--for MEMBER] [--to MEMBER,MEMBER | --passphrase-file F] [--with-files]',
  examples: [
    'peerhold export lime-street.peerhold              # everything',
    'peerhold export for-ben.peerhold --for Ben --to Ben          # what Ben lacks, which nobody else can open',
    'peerhold export for-two.peerhold --to Ann,Ben --with-files   # with the files that pages name and that are here',
    'peerhold export for-ben.peerhold --for Ben --passphrase-file secret.txt',
  ],
  options: {
    for: { type: 'string', value: 'MEMBER', about: 'only what this member’s devices are not known to have' },
    to: { type: 'string', value: 'MEMBERS', about: 'who can open it, with commas between; no passphrase then' },
    'with-files': { type: 'boolean', about: 'with the files that pages name and that are here' },
    ...PASSPHRASE_FILE,
  },
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''], options }) {
    const peer = await session.peer();
    const { for: wanted, to } = options;
    const recipient = typeof wanted === 'string' ? memberOf(peer, wanted) : null;
    const members = typeof to === 'string' ? to.split(',').map((name) => memberOf(peer, name.trim())) : null;
    if (members !== null && passphraseFile(options) !== undefined)
      throw new PeerholdError('cli-option', { command: 'export' });
    const lock =
      members === null
        ? { passphrase: await session.caller.passphrase({ file: passphraseFile(options), twice: true }) }
        : { members };
    const { host } = await session.engine();
    const created = await session.caller.createFile(file);
    const order = { recipient, lock, files: options['with-files'] === true };
    const made = await untilInterrupted(session, calledOff(peer), () =>
      host.makeBundle(peer.id, order, (bytes) => created.append(bytes)),
    ).catch(async (error: unknown) => {
      await created.discard();
      throw error;
    });
    await created.finish();
    const { bytes, events, documents, files, filesLeft, filesAbsent } = made;
    const whom = recipient === null ? '' : ` for ${nameOfMember(peer, recipient)}`;
    const opens = members === null ? '' : `; ${members.map((id) => nameOfMember(peer, id)).join(', ')} can open it`;
    return {
      data: { network: peer.id, file, bytes, recipient, to: members, events, documents, files, filesLeft, filesAbsent },
      lines: [
        `${file}${whom}: ${counted(events, 'event')}, ${counted(documents, 'document')} and ${counted(files, 'file')}, ${counted(bytes, 'byte')}${opens}`,
        ...(filesLeft === 0
          ? []
          : [`${counted(filesLeft, 'file')} did not fit. Those that were attached last went in first.`]),
        ...(filesAbsent === 0 || !order.files
          ? []
          : [`${counted(filesAbsent, 'file that pages name is', 'files that pages name are')} not on this machine.`]),
      ],
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
  async run(session, { words: [path = ''], options }) {
    const peer = await session.peer();
    const { host } = await session.engine();
    const file = await session.caller.openFile(path);
    try {
      const source: Source = {
        size: file.size,
        slice: (start, end) => ({ arrayBuffer: async () => (await file.read(start, end)).slice().buffer }),
      };
      const { lock } = await readOpening(source);
      const secret = isForMembers(lock)
        ? null
        : await session.caller.passphrase({ file: passphraseFile(options), twice: false });
      const taken = await untilInterrupted(session, calledOff(peer), () => host.importBundle(peer.id, source, secret));
      const whole = taken.waiting === 0 && !taken.documentsRefused;
      return {
        data: { network: peer.id, ...taken },
        lines: linesOf(peer, taken),
        ...(whole ? {} : { exit: EXIT.no }),
      };
    } finally {
      await file.close();
    }
  },
};

/** Ends with `bundle-cancelled`; what was written of a file goes with it. */
export const calledOff =
  ({ id }: Peer) =>
  (host: EngineHost): Promise<void> =>
    host.cancelBundle(id);

const memberOf = (peer: Peer, wanted: string): string =>
  theOne(wanted, activeMembers(peer.state), ({ name }) => peer.replica.text(name)).id;

function linesOf(peer: Peer, taken: ImportedBundle): string[] {
  const { maker, time, events, fresh, waiting, documents, changed, documentsRefused, files } = taken;
  const made = new Date(time);
  const when = Number.isNaN(made.getTime()) ? 'some time' : made.toISOString();
  return [
    `Made by ${nameOfMember(peer, maker.member)}, who says at ${when}.`,
    `${counted(events, 'event')}, ${fresh} of them new; ${counted(documents, 'document')}, ${changed} of them changed.`,
    ...(files.files === 0 ? [] : [`${counted(files.files, 'file')}, ${files.fresh} of them new.`]),
    ...(files.unnamed === 0
      ? []
      : [
          `${counted(files.unnamed, 'file that no page here names was', 'files that no page here names were')} left out.`,
        ]),
    ...(waiting === 0
      ? []
      : [
          `${counted(waiting, 'event builds', 'events build')} on what is not here. Import a bundle that has it, or sync; then import this one again.`,
        ]),
    ...(documentsRefused ? ['The documents were left out: who made the bundle may not write in this network.'] : []),
  ];
}

export function passphraseFile(options: Readonly<Record<string, string | boolean | undefined>>): string | undefined {
  const file = options['passphrase-file'];
  return typeof file === 'string' ? file : undefined;
}
