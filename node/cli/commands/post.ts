import { PeerholdError } from '../../../shared/errors';
import { MONEY_ACCOUNTS, type Transaction, draftEntry } from '../../../shared/network/ledger/drafts';
import { NETWORK_KEY } from '../../../shared/network/state';
import type { Peer } from '../../../shared/peer/peer';
import { formatMoney, parseMoney } from '../../../shared/words/money';
import type { Command, Given } from '../command';
import { neededOf } from '../given';
import { theOne } from '../session';

const KINDS = ['money', 'hours', 'in-kind', 'expense', 'income', 'transfer'] as const;

export const post: Command = {
  name: 'post',
  about: 'write an entry into the ledger',
  usage:
    'money|hours|in-kind|expense|income|transfer AMOUNT [--memo TEXT] [--date YYYY-MM-DD] [--unit EUR] [--member NAME] ' +
    '[--in bank|cash] [--category NAME] [--from ACCOUNT] [--to ACCOUNT] [--allowance PROPOSAL]',
  examples: [
    'peerhold post money 250 --member Ann --memo "Deposit for May"',
    'peerhold post expense 79.90 --category repairs --memo "New lock"',
    'peerhold post hours 2.5 --memo "Painted the stairs"',
  ],
  options: {
    memo: { type: 'string', value: 'TEXT', about: 'what it was for' },
    date: { type: 'string', value: 'YYYY-MM-DD', about: 'the day of it; today unless given' },
    unit: { type: 'string', value: 'EUR', about: 'the three letters of its currency; the network’s unless given' },
    member: { type: 'string', value: 'NAME', about: 'whose it is, or who paid; you unless given' },
    in: { type: 'string', value: 'ACCOUNT', about: 'bank (unless given) or cash' },
    category: { type: 'string', value: 'NAME', about: 'of an expense or income' },
    from: { type: 'string', value: 'ACCOUNT', about: 'of a transfer' },
    to: { type: 'string', value: 'ACCOUNT', about: 'of a transfer' },
    allowance: { type: 'string', value: 'PROPOSAL', about: 'the adopted proposal that allows it' },
  },
  words: { least: 2, most: 2 },
  async run(session, given) {
    const peer = await session.peer();
    const { memo = '', date = new Date().toISOString().slice(0, 10) } = given.options;
    const transaction = transactionOf(peer, given);
    const entry = draftEntry(transaction);
    const id = await session.act({
      type: 'entry.post',
      payload: { ...entry, date: String(date), memo: { text: String(memo) } },
    });
    const { unit, amount } = entry.postings[0]!;
    return {
      data: { event: id, postings: entry.postings },
      lines: [`Posted ${formatMoney(amount, unit, 'en')}: ${id}`],
    };
  },
};

function transactionOf(peer: Peer, { words: [wish, text = ''], options }: Given): Transaction {
  const what = KINDS.find((one) => one === wish);
  if (what === undefined) throw new PeerholdError('cli-unknown', { what: String(wish) });
  const unit = what === 'hours' ? 'hour' : String(options['unit'] ?? peer.state.network.get(NETWORK_KEY)?.unit ?? '');
  const amount = parseMoney(text, unit, 'en');
  if (amount === null) throw new PeerholdError('cli-number', { what: text });
  const into = MONEY_ACCOUNTS.find((one) => one === (options['in'] ?? 'bank'));
  if (into === undefined) throw new PeerholdError('cli-unknown', { what: String(options['in']) });
  const allowance =
    typeof options['allowance'] === 'string'
      ? {
          allowance: theOne(options['allowance'], peer.state.proposals.values(), ({ title }) =>
            peer.replica.text(title),
          ).id,
        }
      : {};
  const needed = (name: string): string => neededOf(options, name);
  switch (what) {
    case 'money':
      return { what, unit, amount, into, member: memberOf(peer, options['member']) };
    case 'hours':
      return { what, amount, member: memberOf(peer, options['member']) };
    case 'in-kind':
      return { what, unit, amount, member: memberOf(peer, options['member']) };
    case 'expense': {
      const from = options['member'] === undefined ? into : { member: memberOf(peer, options['member']) };
      return { what, unit, amount, category: needed('category'), from, ...allowance };
    }
    case 'income':
      return { what, unit, amount, category: needed('category'), into };
    case 'transfer':
      return { what, unit, amount, from: needed('from'), to: needed('to'), ...allowance };
  }
}

/** The member that is named, else the one who asks. */
function memberOf(peer: Peer, wanted: string | boolean | undefined): string {
  if (typeof wanted === 'string')
    return theOne(wanted, peer.state.members.values(), ({ name }) => peer.replica.text(name)).id;
  if (peer.me === null) throw new PeerholdError('not-a-member-here');
  return peer.me.member;
}
