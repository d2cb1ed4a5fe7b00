import type { Parameters } from '../../network/agreement/model';
import { templateProtocols } from '../../network/agreement/templates';

export const NAME = 'Quince House';
export const PURPOSE =
  'We want to own and live in Quince House together, for good: a home that nobody can sell over our heads, a workshop that earns its keep, and a garden that feeds us and whoever comes by.';
export const UNIT = 'EUR';

/** What a resident pays in a month, cents. */
export const DUES = 38_000;

interface Words {
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  purpose: {
    title: 'Our common purpose',
    text: `${PURPOSE}\n\nWe read this aloud every September, at the long table. If one of us no longer means it, we talk until we know what has changed.`,
  },
  membership: {
    title: 'Kinds of members',
    text: '**Residents** live here and carry the house day by day. **Investors** put money into it and live elsewhere. **Supporters** help and are told what goes on.\n\nWhat each kind may do stands in the parameters.',
  },
  admission: {
    title: 'How someone joins',
    text: 'Whoever wants to live here has stayed with us for at least two weekends, has cooked once, and has read this agreement. The member who invites them stays at their side for the first three months.',
  },
  decisions: {
    title: 'How we decide',
    text: 'We talk before we vote. A proposal is opened when it has been on the table at one house meeting.\n\n- Whoever disagrees says why and what would help.\n- A block is for harm to our purpose, not for taste.\n- Whoever is away is asked by message, and waited for.',
  },
  spending: {
    title: 'How we spend',
    text: 'Small things need no question: buy them, keep the receipt, write them down within two weeks. Everything above the free sum is decided first. Rent and running costs have one decision a year.',
  },
  contributions: {
    title: 'What we put in',
    text: 'Residents pay their dues by the fifth of the month. Whoever can not, says so to Amara; we find a way, and nobody has to explain more than they want to. Hours are written down, not counted against each other.',
  },
  ownership: {
    title: 'Who holds what',
    text: 'What we buy belongs to us together. Shares are fixed at the purchase and say what someone would get back. They give no extra vote.',
  },
  use: {
    title: 'Who has the guest rooms when',
    text: 'The two guest rooms are for our visitors and for family. Whoever wants them books the house here, and says at the house meeting who comes. Beds are made again on the day of leaving.\n\nChristmas and Whitsun go round: whoever had them last year asks the others first.',
  },
  meetings: {
    title: 'House meeting',
    text: 'Every second Sunday at ten, with coffee. Children may interrupt.\n\n1. How is everyone?\n2. What needs a decision, what needs a talk?\n3. Who does what until next time?\n\nThe notes go into the commons on the same day.',
  },
  care: {
    title: 'Care and repairs',
    text: 'Whoever sees damage writes it into the maintenance log. What gets worse by waiting is mended at once. Four times a year we walk through the house from cellar to roof.',
  },
  conflict: {
    title: 'When we disagree',
    text: 'First we talk to each other, not about each other. If that does not help, each side names a member they trust, and these two listen to both within two weeks.',
  },
  leaving: {
    title: 'When someone leaves',
    text: 'Whoever leaves says so three months ahead. We pay back what they have put in, in parts that the others can carry.',
  },
};

type Founding = readonly {
  readonly kind: ReturnType<typeof templateProtocols>[number]['kind'];
  readonly id: string;
  readonly title: string;
  readonly text: { readonly text: string };
  readonly params: unknown;
}[];

const DECISIONS: Parameters<'decisions'> = {
  classes: [
    {
      id: 'everyday',
      label: 'Everyday matters',
      method: 'vote',
      electorate: ['resident', 'investor'],
      threshold: 60,
      quorum: 50,
      block: 'nobody',
      override: 0,
      days: 7,
      grace: 3,
    },
    {
      id: 'people',
      label: 'Who belongs to us',
      method: 'assent',
      electorate: ['resident', 'investor'],
      threshold: 66,
      quorum: 0,
      block: 'nobody',
      override: 0,
      days: 14,
      grace: 3,
    },
    {
      id: 'important',
      label: 'Important matters',
      method: 'vote',
      electorate: ['resident', 'investor'],
      threshold: 66,
      quorum: 60,
      block: 'entitled',
      override: 0,
      days: 14,
      grace: 3,
    },
  ],
  uses: {
    none: 'everyday',
    adopt: 'important',
    parameters: 'important',
    suspend: 'important',
    admit: 'people',
    remove: 'people',
    spend: 'everyday',
    buy: 'important',
    erase: 'people',
  },
};

const USE: Parameters<'use'> = {
  counts: 'nights',
  shortest: 1,
  longest: 10,
  per: 'resource',
  quotas: [{ type: 'resident', most: 24 }],
};

/** The agreement that the network is founded with: the app's template for a house, in the words of these people. */
export function foundingProtocols(): Founding {
  // They say nothing about sealing, and of leaving in words only, as networks that were founded before either was a kind of protocol.
  const chosen = templateProtocols('house')
    .filter(({ kind }) => kind !== 'sealing' && kind !== 'use')
    .map((one) => (one.kind === 'leaving' ? { ...one, kind: 'practice' as const, params: {} } : one));
  return [...chosen, { id: 'use', kind: 'use' as const, params: USE }].map(({ id, kind, params }) => ({
    kind,
    id,
    title: WORDS[id]!.title,
    text: { text: WORDS[id]!.text },
    params: OWN[kind] ?? params,
  }));
}

const OWN: Readonly<Record<string, unknown>> = {
  admission: { mode: 'invite', days: 60 },
  decisions: DECISIONS,
  contributions: {
    dues: [
      { type: 'resident', unit: UNIT, amount: DUES, every: 'month' },
      { type: 'investor', unit: UNIT, amount: 5_000, every: 'year' },
    ],
  },
};

/** What someone has begun to write into the draft of the next version. */
export const DRAFT_EDIT = {
  by: 'amara',
  on: '2026-10-28',
  protocol: 'contributions',
  text: 'What is left at the end of a month beyond running costs is put aside for the roof, until there are 10,000 €.',
} as const;
