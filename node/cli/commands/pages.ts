import type { ChosenFile } from '../../../shared/commons/exchange/import-sources';
import type { Peer } from '../../../shared/peer/peer';
import copies from '../../../shared/words/en/copies.json';
import type { Command } from '../command';
import { EXIT } from '../exit';
import type { OpenFile } from '../local-file';
import { counted } from '../numbers';
import { theOne } from '../session';
import { untilInterrupted } from '../until-interrupted';
import { errorWords } from '../words';
import { writeArchive } from './archive';
import { pagesOf } from './files';

/** Words for what has none in the network. */
const WORDS = { untitled: 'Untitled', unnamed: 'File', copies } as const;

export const exportPages: Command = {
  name: 'export-pages',
  about:
    'put pages and their files into a .zip of Markdown files in folders, which any program reads; with all pages, the agreement, decisions and discussions too',
  usage: 'FILE [--page PAGE]',
  examples: ['peerhold export-pages commons.zip', 'peerhold export-pages roof.zip --page "The roof"'],
  options: { page: { type: 'string', value: 'PAGE', about: 'only this page and all that is under it' } },
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''], options }) {
    const peer = await session.peer();
    const page = await pageOf(peer, options['page']);
    return writeArchive(session, peer, {
      file,
      write: (desk, put) => desk.export({ page, words: WORDS }, put),
      unread: (title) => `Could not be read: ${title}`,
    });
  },
};

export const importPages: Command = {
  name: 'import-pages',
  about: 'make pages of Markdown and HTML files, or of a .zip of them',
  usage: 'FILE… [--under PAGE] [--preview]',
  examples: [
    'peerhold import-pages notes.zip --preview             # shows what would be made',
    'peerhold import-pages notes.zip --under "Archive"',
    'peerhold import-pages minutes.md plan.png',
  ],
  options: {
    under: { type: 'string', value: 'PAGE', about: 'put them under this page; else on the first level' },
    preview: { type: 'boolean', about: 'only show what would be made' },
  },
  words: { least: 1, most: 100 },
  async run(session, { words, options }) {
    const peer = await session.peer();
    const parent = await pageOf(peer, options['under']);
    const { host } = await session.engine();
    const opened: OpenFile[] = [];
    try {
      const files: ChosenFile[] = [];
      for (const path of words) {
        const file = await session.caller.openFile(path);
        opened.push(file);
        const read = async (start: number, end: number): Promise<ArrayBuffer> =>
          (await file.read(start, end)).slice().buffer;
        files.push({
          path: path.replace(/^.*[/\\]/, ''),
          content: { size: file.size, slice: (start, end) => ({ arrayBuffer: () => read(start, end) }) },
        });
      }
      return await untilInterrupted(
        session,
        (engine) => engine.cancelPages(peer.id),
        async () => {
          if (options['preview'] !== true) {
            const { pages, files: taken, left, first } = await host.importPages(peer.id, { files, parent });
            return {
              data: { network: peer.id, pages, files: taken, left, first },
              lines: [`Made ${counted(pages, 'page')} with ${counted(taken, 'file')}.`, ...left.map(leftOut)],
              ...(left.every(isOnPurpose) ? {} : { exit: EXIT.no }),
            };
          }
          const preview = await host.previewImport(peer.id, files);
          const { pages, left } = preview;
          return {
            data: { network: peer.id, ...preview },
            lines: [
              ...pages.map(
                ({ title, level, files: count }) =>
                  `${'  '.repeat(level - 1)}${title === '' ? WORDS.untitled : title}${count === 0 ? '' : ` (${counted(count, 'file')})`}`,
              ),
              ...left.map(leftOut),
            ],
            ...(left.every(isOnPurpose) && pages.length > 0 ? {} : { exit: EXIT.no }),
          };
        },
      );
    } finally {
      for (const file of opened) await file.close();
    }
  },
};

/** Copies of the record go with every whole export, and are no pages. */
const isOnPurpose = ({ code }: { readonly code: string }): boolean => code === 'import-copies';

const leftOut = ({ path, code }: { readonly path: string; readonly code: string }): string =>
  `Left out: ${path}: ${errorWords(code, {})}`;

const pageOf = async (peer: Peer, wanted: unknown): Promise<string | null> =>
  typeof wanted === 'string' ? theOne(wanted, await pagesOf(peer), ({ title }) => title).id : null;
