import { PeerholdError } from '../../../shared/errors';
import { restoringCode } from '../../../shared/invite/check-number';
import { CHOICES } from '../../../shared/network/decisions/model';
import type { Action } from '../../../shared/network/events';
import type { Command } from '../command';
import { theOne, wordsOf } from '../session';
import { MAX_DAYS, neededOf, wholeOf } from '../given';

const DAY = 86_400_000;

export const proposals: Command = {
  name: 'proposals',
  about: 'list proposals',
  usage: '',
  examples: ['peerhold proposals --json'],
  async run(session) {
    const peer = await session.peer();
    const rows = [...peer.state.proposals.values()].map((one) => ({
      ...one,
      title: wordsOf(peer, one.title),
      text: wordsOf(peer, one.text),
      ...(one.effect.kind === 'restore' ? { code: restoringCode(peer.id, one.effect.device) } : {}),
    }));
    if (rows.length === 0) session.progress('No proposals yet.');
    return {
      data: { proposals: rows },
      lines: rows.map(
        ({ id, title, status, tally, sealed, code }) =>
          `${id.slice(0, 8)}  ${title}  ${status}${sealed === undefined ? ' (provisional)' : ''}  ` +
          `${tally.agree} agree, ${tally.disagree} disagree, ${tally.block} block, of ${tally.electorate}` +
          // To be compared with what the member reads out.
          (code === undefined ? '' : `\n          The new device’s number: ${code}`),
      ),
    };
  },
};

export const propose: Command = {
  name: 'propose',
  about: 'open a proposal',
  usage: '--title TEXT [--text TEXT] [--effect JSON] [--days 7]',
  examples: [
    'peerhold propose --title "Paint the stairs"',
    'peerhold propose --title "New pump" --effect \'{"kind":"spend","amount":120000,"unit":"EUR"}\'',
    'peerhold propose --title "No rota for now" --effect \'{"kind":"suspend","base":"9c41…","protocol":"rota"}\'',
  ],
  options: {
    title: { type: 'string', value: 'TEXT', about: 'what is proposed, in a line' },
    text: { type: 'string', value: 'TEXT', about: 'what there is to say about it' },
    effect: { type: 'string', value: 'JSON', about: 'what comes into force with it; nothing by itself unless given' },
    days: { type: 'string', value: 'N', about: 'until when votes are taken; 7 unless given' },
  },
  async run(session, { options }) {
    const title = neededOf(options, 'title');
    const { text = '', effect = '{"kind":"none"}' } = options;
    const payload = {
      title: { text: title },
      text: { text: String(text) },
      effect: readJson(String(effect)),
      deadline: Date.now() + wholeOf(options, 'days', { otherwise: 7, most: MAX_DAYS }) * DAY,
    };
    const id = await session.act({ type: 'proposal.open', payload } as Action);
    return { data: { event: id }, lines: [`Proposed: ${id}`] };
  },
};

export const vote: Command = {
  name: 'vote',
  about: 'cast a ballot',
  usage: 'PROPOSAL agree|abstain|disagree|block [--reason TEXT]',
  examples: ['peerhold vote 3fa9c1d2 agree'],
  options: { reason: { type: 'string', value: 'TEXT', about: 'why' } },
  words: { least: 2, most: 2 },
  async run(session, { words: [wanted = '', wish], options }) {
    const choice = CHOICES.find((one) => one === wish);
    if (choice === undefined) throw new PeerholdError('cli-unknown', { what: String(wish) });
    const peer = await session.peer();
    const proposal = theOne(wanted, peer.state.proposals.values(), ({ title }) => peer.replica.text(title));
    const reason = typeof options['reason'] === 'string' ? { reason: { text: options['reason'] } } : {};
    const id = await session.act({ type: 'ballot.cast', payload: { proposal: proposal.id, choice, ...reason } });
    return { data: { event: id, proposal: proposal.id, choice }, lines: [`Voted ${choice}: ${id}`] };
  },
};

export const act: Command = {
  name: 'act',
  about: 'sign any event, given its type and payload',
  usage: 'TYPE JSON',
  examples: ['peerhold act resource.seek \'{"name":{"text":"The mill"},"about":{"text":""},"kind":"house"}\''],
  words: { least: 2, most: 2 },
  async run(session, { words: [type = '', payload = ''] }) {
    const id = await session.act({ type, payload: readJson(payload) } as Action);
    return { data: { event: id }, lines: [`Signed: ${id}`] };
  },
};

/** Throws `cli-json`. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PeerholdError('cli-json', {}, { cause });
  }
}
