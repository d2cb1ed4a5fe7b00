import { MAX_LABEL } from '../../../shared/invite/exchange';
import { withContent } from '../caller';
import type { Command } from '../command';
import { day } from '../day';
import { textOf } from '../given';
import { counted } from '../numbers';
import { nameOfMember, nameOfNetwork } from '../session';
import { untilInterrupted } from '../until-interrupted';
import { PASSPHRASE_FILE, calledOff, passphraseFile } from './bundle';

export const backup: Command = {
  name: 'backup',
  about: 'put yourself and a network into a file that a passphrase opens, to come back with when this machine is gone',
  usage: 'FILE [--label NAME] [--without-files] [--passphrase-file F]',
  examples: ['peerhold backup /media/stick/lime-street.backup'],
  options: {
    label: { type: 'string', value: 'NAME', about: 'what it is called in your list of devices; its date unless given' },
    'without-files': { type: 'boolean', about: 'leave out the files that pages name' },
    ...PASSPHRASE_FILE,
  },
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''], options }) {
    const peer = await session.peer();
    const passphrase = await session.caller.passphrase({ file: passphraseFile(options), twice: true });
    const { host } = await session.engine();
    const created = await session.caller.createFile(file);
    const label = (textOf(options, 'label') ?? `Backup of ${day(Date.now()).slice(0, 10)}`).slice(0, MAX_LABEL);
    const order = { label, passphrase, files: options['without-files'] !== true };
    const made = await untilInterrupted(session, calledOff(peer), () =>
      host.makeBackup(peer.id, order, (bytes) => created.append(bytes)),
    ).catch(async (error: unknown) => {
      await created.discard();
      throw error;
    });
    await created.finish();
    const { device, bytes, events, documents, files, filesLeft, filesAbsent } = made;
    return {
      data: { network: peer.id, file, device, label, bytes, events, documents, files, filesLeft, filesAbsent },
      lines: [
        `${file}: ${counted(events, 'event')}, ${counted(documents, 'document')} and ${counted(files, 'file')}, ${counted(bytes, 'byte')}`,
        `“${label}” is a device of yours now. It is good for one restoring. Whoever has the file and its passphrase can act as you: revoke the device if you lose the file.`,
      ],
    };
  },
};

export const restoreBackup: Command = {
  name: 'restore-backup',
  about: 'come back as a member, on a machine that does not have the network, by a file that `backup` made',
  usage: 'FILE [--passphrase-file F]',
  examples: ['peerhold restore-backup /media/stick/lime-street.backup'],
  inNetwork: false,
  options: PASSPHRASE_FILE,
  words: { least: 1, most: 1 },
  async run(session, { words: [path = ''], options }) {
    await session.engine();
    const secret = await session.caller.passphrase({ file: passphraseFile(options), twice: false });
    const network = await withContent(session.caller, path, (file) =>
      session.join((host) => host.restoreBackup(file, secret)),
    );
    const peer = await session.peerOf(network);
    const name = nameOfMember(peer, peer.me?.member ?? null);
    return {
      data: { network, member: peer.me?.member, device: peer.me?.device },
      lines: [
        `You are back in ${nameOfNetwork(peer)} as ${name}. Meet the others now: \`peerhold sync\`.`,
        'Then revoke the device that you lost. The backup is used up: make a new one.',
      ],
    };
  },
};
