import { attachments } from '../../../shared/commons/attachments';
import { pageDoc } from '../../../shared/commons/pages';
import { type Amount, amountOf } from '../../../shared/files/amount';
import { PeerholdError } from '../../../shared/errors';
import type { Command } from '../command';
import { placeOf, wholeOf } from '../given';
import { counted } from '../numbers';
import { theOne } from '../session';
import { docOf, fetched, pagesOf } from './files';
import { PATIENCE } from './sync';

export const keep: Command = {
  name: 'keep',
  about: 'keep all files of a page, or of the network, on this machine, also those that come later',
  usage: '[PAGE | --all] [--stop] [--now] [--seconds 30] [--at ADDRESS]',
  examples: [
    'peerhold keep                       # what is kept, and how much disk files take',
    'peerhold keep "The roof" --now      # and get them',
    'peerhold keep --all --stop          # what is here stays',
  ],
  options: {
    all: { type: 'boolean', about: 'all files of the network' },
    stop: { type: 'boolean', about: 'keep no longer what comes later' },
    now: { type: 'boolean', about: 'get what is missing now; else it comes while `sync` runs' },
    seconds: { type: 'string', value: 'N', about: 'with --now, how long to wait while nothing comes; 30 unless given' },
    at: { type: 'string', value: 'ADDRESS', about: 'look for the others at this meeting place too' },
  },
  words: { least: 0, most: 1 },
  meets: true,
  async run(session, { words: [wanted], options }) {
    const at = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    const isAll = options['all'] === true;
    const isChoice = isAll || wanted !== undefined;
    if (isAll && wanted !== undefined) throw new PeerholdError('cli-option', { what: '--all' });
    if (!isChoice && (options['stop'] === true || options['now'] === true))
      throw new PeerholdError('cli-missing', { what: 'PAGE' });
    const peer = await session.peer();
    const { host } = await session.engine();
    const pages = await pagesOf(peer);
    const doc = wanted === undefined ? null : pageDoc(theOne(wanted, pages, ({ title }) => title).id);
    const files = doc === null ? [] : attachments(await docOf(peer, doc));
    const amount = async (): Promise<Amount> =>
      doc === null
        ? (await host.keptAmount(peer.id)).named
        : amountOf(new Map(files.map((one) => [one.file, one])), (file) => peer.files.sync.state(file));
    if (isChoice) await host.keepFiles(peer.id, doc, options['stop'] !== true);
    if (options['now'] === true && options['stop'] !== true) {
      if (at !== undefined) await session.meetAt(at);
      await host.setOnline(true);
      await fetched(session.caller, peer, amount, seconds);
    }
    const { all, docs } = await host.kept(peer.id);
    const { named, stored } = await host.keptAmount(peer.id);
    const kept = pages.filter(({ id }) => docs.includes(pageDoc(id))).map(({ id, title }) => ({ id, title }));
    return {
      data: { network: peer.id, all, pages: kept, ...named, stored },
      lines: [
        all
          ? 'All files of the network are kept.'
          : kept.length === 0
            ? 'Only files that were fetched are kept.'
            : 'Kept:',
        ...(all ? [] : kept.map(({ title }) => `  all files of ${title}`)),
        `${named.whole} of ${counted(named.files, 'file')} here, ${named.here} of ${named.bytes} bytes. On this disk: ${stored} bytes.`,
      ],
    };
  },
};
