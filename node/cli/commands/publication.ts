import { contentOf } from '../../../shared/commons/beginning';
import { filesIn } from '../../../shared/commons/exchange/page-file';
import { MAX_DOC_BYTES } from '../../../shared/commons/limits';
import { COMMONS_DOC, type Page, pageDoc, pageIn } from '../../../shared/commons/pages';
import { PeerholdError } from '../../../shared/errors';
import { versionInForce } from '../../../shared/network/agreement/queries';
import { electorateNow } from '../../../shared/network/decisions/queries';
import { publicationRuleIn, publishesAlone } from '../../../shared/network/publication/entitled';
import { publicPages, publicationsOf } from '../../../shared/network/publication/queries';
import type { Peer } from '../../../shared/peer/peer';
import type { Command } from '../command';
import { MAX_DAYS, wholeOf } from '../given';
import { counted } from '../numbers';
import { theOne, wordsOf } from '../session';
import { writeArchive } from './archive';
import { pagesOf } from './files';

const DAY = 86_400_000;
const UNTITLED = 'Untitled';
/** Words of what is exported. */
const WORDS = {
  language: 'en',
  direction: 'ltr',
  callouts: { note: 'Note', tip: 'Tip', warning: 'Warning', question: 'Question' },
  heading: 'Public pages',
  untitled: UNTITLED,
  unnamed: 'File',
} as const;

export const publish: Command = {
  name: 'publish',
  about: 'make a page public as it stands now: at once where the agreement lets you, else by a proposal',
  usage: 'PAGE [--preview] [--text TEXT] [--days N]',
  examples: [
    'peerhold publish "Welcome" --preview      # what would be public, and what the agreement asks',
    'peerhold publish "Welcome" --text "For the open day"',
  ],
  options: {
    preview: { type: 'boolean', about: 'only show what would be public, and how' },
    text: { type: 'string', value: 'TEXT', about: 'where members decide: why it should be public' },
    days: { type: 'string', value: 'N', about: 'until when votes are taken; as the agreement says unless given' },
  },
  words: { least: 1, most: 1 },
  async run(session, { words: [wanted = ''], options }) {
    const peer = await session.peer();
    const { id: page, title, markdown } = await pageNow(peer, wanted);
    const version = versionInForce(peer.state);
    const me = peer.me?.member;
    if (version === undefined || me === undefined) throw new PeerholdError('no-member');
    const { rule, clause } = publicationRuleIn(version);
    const alone = publishesAlone(peer.state, me);
    const files = [...filesIn(markdown)].map(([file, name]) => ({ file, name }));
    const name = title === '' ? UNTITLED : title;
    const data = { page, title, text: markdown, files, alone, class: rule.id, clause };
    if (options['preview'] === true) {
      const voters = electorateNow(peer.state, rule).length;
      return {
        data,
        lines: [
          alone
            ? 'You can make it public alone. Public would be:'
            : `Members decide on it (${rule.label}; ${counted(voters, 'member')} would vote). Public would be:`,
          '',
          name,
          '',
          ...(markdown === '' ? [] : markdown.split('\n')),
          ...(files.length === 0 ? [] : ['', `With it: ${files.map((one) => one.name || one.file).join(', ')}`]),
        ],
      };
    }
    const published = { page, title: { text: title }, text: { text: markdown } };
    if (alone) {
      const event = await session.act({ type: 'page.publish', payload: published });
      return { data: { ...data, event }, lines: [`${name} is public from the next seal on: ${event}`] };
    }
    const days = wholeOf(options, 'days', { otherwise: rule.days, most: MAX_DAYS });
    const payload = {
      title: { text: `Make the page “${name}” public` },
      text: { text: String(options['text'] ?? '') },
      effect: { kind: 'publish' as const, ...published },
      deadline: Date.now() + days * DAY,
    };
    const event = await session.act({ type: 'proposal.open', payload });
    return { data: { ...data, event }, lines: [`Members decide on it (${rule.label}). Proposed: ${event}`] };
  },
};

export const takeBack: Command = {
  name: 'take-back',
  about: 'take a public page back: it is for members only at once',
  usage: 'PAGE',
  examples: ['peerhold take-back "Welcome"'],
  words: { least: 1, most: 1 },
  async run(session, { words: [wanted = ''] }) {
    const peer = await session.peer();
    const rows = [...peer.state.publications.values()].map(({ page, title }) => ({ id: page, title }));
    const known = [...new Map(rows.map((row) => [row.id, row])).values()];
    const named = known.filter(({ id }) => publicationsOf(peer.state, id).some(({ status }) => status !== 'withdrawn'));
    const { id: page } = theOne(wanted, named, ({ title }) => peer.replica.text(title));
    const event = await session.act({ type: 'page.withdraw', payload: { page } });
    return { data: { event, page }, lines: [`Taken back: ${event}`] };
  },
};

export const publicList: Command = {
  name: 'public',
  about: 'list what is public, and what is about to be',
  usage: '',
  examples: ['peerhold public --json'],
  async run(session) {
    const peer = await session.peer();
    const rows = [...peer.state.publications.values()]
      .filter(({ status }) => status === 'public' || status === 'waiting')
      .sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
      .map((row) => ({ ...row, title: wordsOf(peer, row.title), text: wordsOf(peer, row.text) }));
    if (rows.length === 0) session.progress('Nothing is public.');
    return {
      data: { publications: rows },
      lines: rows.map(
        ({ id, page, title, status }) =>
          `${id.slice(0, 8)}  ${title || UNTITLED}  ${status === 'public' ? 'public' : 'public once sealed'}  page ${page.slice(0, 8)}`,
      ),
    };
  },
};

export const exportPublic: Command = {
  name: 'export-public',
  about: 'put all that is public into a .zip of web pages with their files, which any web server can show',
  usage: 'FILE',
  examples: ['peerhold export-public site.zip'],
  words: { least: 1, most: 1 },
  async run(session, { words: [file = ''] }) {
    const peer = await session.peer();
    if (publicPages(peer.state).length === 0) throw new PeerholdError('nothing-public');
    return writeArchive(session, peer, {
      file,
      write: (desk, put) => desk.exportPublic(WORDS, put),
      unread: (title) => `Erased, or not here: ${title || UNTITLED}`,
    });
  },
};

/** A page as it stands here. */
async function pageNow(
  peer: Peer,
  wanted: string,
): Promise<Pick<Page, 'id' | 'title'> & { readonly markdown: string }> {
  const { id } = theOne(wanted, await pagesOf(peer), ({ title }) => title);
  const page = await peer.docs.glance(COMMONS_DOC, MAX_DOC_BYTES, (doc) => pageIn(doc, id));
  const content = await peer.docs.glance(pageDoc(id), MAX_DOC_BYTES, contentOf);
  if (page === null || page === undefined) throw new PeerholdError('page-unknown');
  return { id, title: page.title, markdown: content?.markdown ?? '' };
}
