import { type Dues, allDues, duesOf, whyNothingDue } from '../../../shared/network/dues/dues';
import { formatMoney } from '../../../shared/words/money';
import type { Command } from '../command';
import { counted } from '../numbers';
import { nameOfMember, theOne } from '../session';

const NOTHING = {
  'not-asked': 'The agreement asks for no regular contributions.',
  'no-seal': 'Nothing is due yet: periods are counted by the time of seals, and no seal has been made.',
  'not-begun':
    'Nothing is due yet: the first period that counts is the one that begins after the membership is sealed.',
};

export const dues: Command = {
  name: 'dues',
  about: 'what members owe by the agreement, and have paid',
  usage: '[MEMBER]',
  examples: ['peerhold dues', 'peerhold dues Ben --json'],
  words: { least: 0, most: 1 },
  async run(session, { words: [wanted] }) {
    const peer = await session.peer();
    const { state, replica } = peer;
    const one =
      wanted === undefined ? undefined : theOne(wanted, state.members.values(), ({ name }) => replica.text(name));
    const found = one === undefined ? allDues(state) : [{ member: one.id, dues: duesOf(state, one.id) }];
    const rows = found.flatMap(({ member, dues: own }) =>
      own.map((row) => ({ member, name: nameOfMember(peer, member), ...row })),
    );
    const nothing = rows.length === 0 ? whyNothingDue(state, one?.id) : null;
    if (nothing !== null) session.progress(NOTHING[nothing]);
    return {
      data: { dues: rows, nothing },
      lines: rows.flatMap(({ name, ...row }) => linesOf(name, row)),
    };
  },
};

/** One line with the sums, and one for what each is made of. */
export function linesOf(
  name: string,
  { unit, due, paid, open, ahead, since, openSince, parts }: Dues,
): readonly string[] {
  const money = (amount: number): string => formatMoney(amount, unit, 'en');
  const rest =
    openSince !== undefined
      ? `${money(open)} open from ${openSince}`
      : ahead > 0
        ? `${money(ahead)} ahead`
        : 'nothing open';
  return [
    `${name}  since ${since}  ${money(due)} due  ${money(paid)} paid  ${rest}`,
    ...parts.map(
      ({ amount, every, periods, from, last, clause }) =>
        `          ${money(amount)} a ${every}, ${counted(periods, every)}: ${from}${periods > 1 ? ` to ${last}` : ''}  ${clause.protocol} (${clause.version.slice(0, 8)})`,
    ),
  ];
}
