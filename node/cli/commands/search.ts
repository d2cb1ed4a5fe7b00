import type { Marked } from '../../../shared/commons/search/excerpt';
import { MOST_HITS, SEARCH_KINDS, type SearchHit } from '../../../shared/commons/search/model';
import { PeerholdError } from '../../../shared/errors';
import { pause } from '../caller';
import type { Command } from '../command';
import { EXIT } from '../exit';
import { wholeOf } from '../given';
import { counted } from '../numbers';

/** Milliseconds. */
const LOOK_EVERY = 50;
const TELL_EVERY = 1_000;
const SHOWN = 10;

export const search: Command = {
  name: 'search',
  about:
    'find words in pages, discussions, the agreement, proposals, members and the ledger; exit code 1 if none has them',
  usage: `WORDS… [--kind ${SEARCH_KINDS.join('|')}] [--limit ${SHOWN}]`,
  examples: ['peerhold search roof repair', 'peerhold search "deposit may" --kind entry --limit 100 --json'],
  options: {
    kind: { type: 'string', value: 'KIND', about: 'only of this kind' },
    limit: { type: 'string', value: 'N', about: `how many of each kind; ${SHOWN} unless given` },
  },
  words: { least: 1, most: 20 },
  async run(session, { words, options }) {
    const wanted = options['kind'];
    const kind = SEARCH_KINDS.find((one) => one === wanted) ?? null;
    if (wanted !== undefined && kind === null) throw new PeerholdError('cli-unknown', { what: String(wanted) });
    const each = Math.min(wholeOf(options, 'limit', { otherwise: SHOWN }), MOST_HITS);
    const peer = await session.peer();
    const { host } = await session.engine();
    const query = { words: words.join(' '), kind, each };
    let told = performance.now();
    let found = await host.search(peer.id, query);
    for (; found.reading !== null; found = await host.search(peer.id, query)) {
      await pause(session.caller, LOOK_EVERY);
      if (performance.now() - told < TELL_EVERY) continue;
      session.progress(`${found.reading.done} of ${found.reading.total} texts read`);
      told = performance.now();
    }
    const { hits, counts, match, cut } = found;
    return {
      data: { network: peer.id, match, counts, hits, cut },
      lines: [
        ...(match === 'all' || hits.length === 0 ? [] : [NOT_ALL[match]]),
        ...hits.flatMap(linesOf),
        ...(cut === 0
          ? []
          : [`Searched in part only, since too long, too many or unreadable: ${counted(cut, 'text')}.`]),
        ...(hits.length === 0 ? ['Nothing found.'] : []),
      ],
      exit: hits.length === 0 ? EXIT.no : EXIT.done,
    };
  },
};

const NOT_ALL = {
  similar: 'Nothing has exactly these words. These have similar ones:',
  some: 'Nothing has all of these words. These have some of them:',
};

function linesOf({ kind, id, title, excerpt, gone }: SearchHit): readonly string[] {
  const name = title.text === '' ? '(untitled)' : withMarks(title);
  const line = `${kind}  ${id.slice(0, 8)}  ${name}${gone ? ' (deleted, left or dropped)' : ''}`;
  return excerpt === null ? [line] : [line, `    ${withMarks(excerpt)}`];
}

/** What was found stands between asterisks. */
function withMarks({ text, marks }: Marked): string {
  return marks.reduceRight((all, [from, to]) => `${all.slice(0, from)}*${all.slice(from, to)}*${all.slice(to)}`, text);
}
