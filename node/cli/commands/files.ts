import { basename } from 'node:path';
import * as Y from 'yjs';
import { type Attachment, attach as attachTo, attachments } from '../../../shared/commons/attachments';
import { COMMONS_DOC, type Page, allPages, pageDoc } from '../../../shared/commons/pages';
import { type Amount, amountOf } from '../../../shared/files/amount';
import { PeerholdError } from '../../../shared/errors';
import type { Peer } from '../../../shared/peer/peer';
import { type Caller, pause, withContent, writeNew } from '../caller';
import type { Command } from '../command';
import { placeOf, wholeOf } from '../given';
import { counted } from '../numbers';
import { theOne } from '../session';
import { PATIENCE } from './sync';

const LOOK_EVERY = 200;

export const attach: Command = {
  name: 'attach',
  about: 'attach a file of this machine to a page of the commons',
  usage: 'PAGE FILE',
  examples: ['peerhold attach "The roof" plan.pdf'],
  words: { least: 2, most: 2 },
  async run(session, { words: [wanted = '', path = ''] }) {
    const peer = await session.peer();
    if (peer.me === null) throw new PeerholdError('not-a-member-here');
    const page = theOne(wanted, await pagesOf(peer), ({ title }) => title);
    const { host } = await session.engine();
    const { file, size } = await withContent(session.caller, path, (content) => host.addFile(peer.id, content));
    const doc = await docOf(peer, pageDoc(page.id));
    const before = Y.encodeStateVector(doc);
    const [name, time] = [basename(path), Date.now()];
    attachTo(doc, { file, name, size, type: '', time, by: peer.me.member });
    const bytes = Y.encodeStateAsUpdate(doc, before);
    peer.commons.noteWriting(pageDoc(page.id));
    await peer.docs.apply(pageDoc(page.id), { bytes, member: peer.me.member, time }, null);
    return {
      data: { network: peer.id, page: page.id, file, name, size },
      lines: [`Attached ${name}, ${counted(size, 'byte')}, to ${page.title}: ${file}`],
    };
  },
};

export const files: Command = {
  name: 'files',
  about: 'the files that pages name, and whether they are on this machine',
  usage: '',
  examples: ['peerhold files --json'],
  async run(session) {
    const peer = await session.peer();
    const named = await filesOf(peer);
    const rows = named.map(({ page, id: file, name, size }) => {
      const { state, here } = peer.files.sync.state(file);
      return { page: page.id, title: page.title, file, name, size, state, here };
    });
    if (rows.length === 0) session.progress('No page names a file yet.');
    return {
      data: { network: peer.id, files: rows },
      lines: rows.map(
        ({ title, file, name, size, state, here }) =>
          `${file.slice(0, 8)}  ${state === 'here' ? 'here' : `${here} of ${size} bytes here`}  ${title} / ${name}`,
      ),
    };
  },
};

export const fetch: Command = {
  name: 'fetch',
  about: 'get a file from whoever has it, keep it on this machine, and write it out',
  usage: 'FILE [--out F] [--seconds 30] [--at ADDRESS]',
  examples: ['peerhold fetch plan.pdf --out plan.pdf      # FILE is a name, an id or the beginning of one'],
  options: {
    out: { type: 'string', value: 'F', about: 'write it there; it is only kept on this machine unless given' },
    seconds: { type: 'string', value: 'N', about: 'how long to wait while nothing comes; 30 unless given' },
    at: { type: 'string', value: 'ADDRESS', about: 'look for the others at this meeting place too' },
  },
  words: { least: 1, most: 1 },
  meets: true,
  async run(session, { words: [wanted = ''], options }) {
    const at = placeOf(options);
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    const peer = await session.peer();
    const named = new Map((await filesOf(peer)).map((one) => [one.id, one]));
    const { id: file, name, size } = theOne(wanted, named.values(), (one) => one.name);
    const { host } = await session.engine();
    if (peer.files.sync.state(file).state !== 'here') {
      if (at !== undefined) await session.meetAt(at);
      await host.setOnline(true);
      await host.fetchFile(peer.id, file);
      const amount = () => amountOf(new Map([[file, { size }]]), (id) => peer.files.sync.state(id));
      await fetched(session.caller, peer, amount, seconds);
    }
    const bytes = await host.readFile(peer.id, file);
    const { out } = options;
    if (typeof out === 'string') await writeNew(session.caller, out, [bytes]);
    return {
      data: { network: peer.id, file, name, bytes: bytes.length, ...(typeof out === 'string' ? { out } : {}) },
      lines: [
        typeof out === 'string'
          ? `${out}: ${counted(bytes.length, 'byte')}`
          : `${name} is here: ${counted(bytes.length, 'byte')}`,
      ],
    };
  },
};

/** Waits until what is fetched is here. Rejects once nothing has come for so many seconds: with `nobody-reachable`, `file-not-fetched`, or why it can not be stored. */
export async function fetched(
  caller: Caller,
  peer: Peer,
  amount: () => Amount | Promise<Amount>,
  seconds: number,
): Promise<void> {
  let end = performance.now() + seconds * 1_000;
  for (let before = 0; ;) {
    const { files, whole, here, bytes, problem } = await amount();
    if (whole === files) return;
    if (problem !== null) throw new PeerholdError(problem);
    if (here > before) {
      caller.err(`${here} of ${bytes} bytes`);
      end = performance.now() + seconds * 1_000;
    }
    before = here;
    if (performance.now() > end)
      throw new PeerholdError(peer.connections.length === 0 ? 'nobody-reachable' : 'file-not-fetched');
    await pause(caller, LOOK_EVERY);
  }
}

export async function docOf(peer: Peer, id: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(id));
  return doc;
}

/** The pages that are not deleted. */
export async function pagesOf(peer: Peer): Promise<readonly Page[]> {
  const pages = allPages(await docOf(peer, COMMONS_DOC));
  return [...pages.values()].filter(({ deleted }) => !deleted);
}

async function filesOf(peer: Peer): Promise<readonly (Attachment & { readonly id: string; readonly page: Page })[]> {
  const found = [];
  for (const page of await pagesOf(peer))
    for (const one of attachments(await docOf(peer, pageDoc(page.id)))) found.push({ ...one, id: one.file, page });
  return found;
}
