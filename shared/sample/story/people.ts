/** The people of Quince House. None of them exists. */
export interface Person {
  readonly who: string;
  readonly name: string;
  readonly type: 'resident' | 'investor';
  /** Civil date of joining. */
  readonly joins: string;
  /** Who invites them; the founder has nobody. */
  readonly by?: string;
  /** Let in as an applicant whom members decide on. */
  readonly decided?: true;
  readonly about: string;
  readonly seeks: string;
  readonly offers: string;
}

export const FOUNDER = 'ines';
/** As whom the sample is opened. */
export const READER = 'mira';
export const DEVICE_LABEL = 'Laptop in the kitchen';
export const SECOND_DEVICE = { who: 'jonas', label: 'Phone', on: '2025-11-08' } as const;

export const PEOPLE: readonly Person[] = [
  {
    who: 'ines',
    name: 'Ines Carvalho',
    type: 'resident',
    joins: '2025-09-01',
    about: 'Carpenter from Porto, in the valley for eleven years. I found the house on a walk and could not let it go.',
    seeks: 'A home that nobody can sell over my head, and company at breakfast.',
    offers: 'Woodwork of every kind, patience with old windows, and the keys to my van until we have our own.',
  },
  {
    who: 'jonas',
    name: 'Jonas Lindqvist',
    type: 'resident',
    joins: '2025-09-03',
    by: 'ines',
    about: 'Nurse at the clinic in town. I grew up in a house of twelve near Umeå and missed the noise.',
    seeks: 'Neighbours I know by name, and a sauna one day.',
    offers: 'First aid, bread on Saturdays, night shifts with whoever is ill.',
  },
  {
    who: 'amara',
    name: 'Amara Okafor',
    type: 'resident',
    joins: '2025-09-03',
    by: 'ines',
    about: 'I keep the books of three small firms and now ours. Born in Enugu, raised in Leeds.',
    seeks: 'A place where money is talked about openly and without shouting.',
    offers: 'Bookkeeping, tax forms, jollof rice for twenty.',
  },
  {
    who: 'mira',
    name: 'Mira Novak',
    type: 'resident',
    joins: '2025-09-05',
    by: 'ines',
    about: 'Teacher of physics and geography, from Maribor. I like maps, lists and long evenings.',
    seeks: 'A garden for my hands after a day of talking.',
    offers: 'Meeting notes that people read, help with homework, and a bicycle repair stand.',
  },
  {
    who: 'yuki',
    name: 'Yuki Tanabe',
    type: 'resident',
    joins: '2025-09-08',
    by: 'jonas',
    about: 'Potter. My kiln has moved house four times and would like to stay.',
    seeks: 'A workshop with a door that can stay open in summer.',
    offers: 'Courses on Saturdays, bowls for everyone, quiet company.',
  },
  {
    who: 'leila',
    name: 'Leila Haddad',
    type: 'resident',
    joins: '2025-09-10',
    by: 'amara',
    about: 'Gardener and translator, from Tripoli in Lebanon. I talk to plants in three languages.',
    seeks: 'Soil that is not in pots.',
    offers: 'Vegetables from May to November, Arabic lessons, pickles.',
  },
  {
    who: 'petra',
    name: 'Petra Vogel',
    type: 'resident',
    joins: '2025-09-10',
    by: 'ines',
    about: 'Sound engineer with an old dog called Fennel.',
    seeks: 'Silence, and then a choir.',
    offers: 'Repairs of anything with a plug.',
  },
  {
    who: 'tomas',
    name: 'Tomás Herrera',
    type: 'resident',
    joins: '2025-11-16',
    by: 'leila',
    decided: true,
    about: 'Heating engineer from Valparaíso. I hear what a boiler wants to say.',
    seeks: 'A house with problems that can be solved, and children around.',
    offers: 'Pipes, pumps, boilers, and a good ear for a wrong noise.',
  },
  {
    who: 'daniel',
    name: 'Daniel Mensah',
    type: 'resident',
    joins: '2026-01-11',
    by: 'amara',
    decided: true,
    about: 'Cook and father of Efua, who is six and decides most things. From Kumasi.',
    seeks: 'A large table, and other grown-ups for Efua to ask.',
    offers: 'Dinner on Thursdays, knives sharpened, stories.',
  },
  {
    who: 'elke',
    name: 'Elke Brandt',
    type: 'investor',
    joins: '2026-02-08',
    by: 'ines',
    decided: true,
    about: 'Retired surveyor. I live in town and would rather have my savings in a roof than in a fund.',
    seeks: 'A use for my money that I can visit on a Sunday.',
    offers: 'Thirty years of looking at damp walls, and a calm voice.',
  },
  {
    who: 'sofia',
    name: 'Sofia Marino',
    type: 'resident',
    joins: '2026-10-18',
    by: 'jonas',
    decided: true,
    about: 'Physiotherapist from Lecce. I stayed for two weekends and did the dishes both times.',
    seeks: 'A room with morning sun, for good.',
    offers: 'Aching backs made better, orecchiette, a cello that is played softly.',
  },
];

/** Petra moves on; what she last wrote about herself she erases before she goes. */
export const LEAVER = {
  who: 'petra',
  name: 'Petra Vogel',
  on: '2026-06-28',
  farewell: 'New address: the blue house behind the dunes. Come by.',
} as const;

/** An invite that stands open, and one that was taken back. */
export const OPEN_INVITE = { by: 'mira', on: '2026-10-24', type: 'resident', uses: 2, days: 60 } as const;
export const REVOKED_INVITE = { by: 'yuki', on: '2026-04-11', revoked: '2026-04-19', type: 'resident' } as const;

/** Names for members of samples of other sizes. */
export const FIRST_NAMES =
  'Ada Bruno Chiara Dmitri Esra Fatou Goran Hana Ivo Jana Kofi Lucía Marek Nadia Olu Paula Quentin Rosa Samir Tove Uma Viktor Wanda Ximena Yann Zofia'.split(
    ' ',
  );
export const LAST_NAMES =
  'Almeida Bergström Castro Diallo Eriksen Fischer García Hoang Ibrahim Jensen Kowalska Laurent Moretti Nakamura Oyelaran Petrov Quispe Romero'.split(
    ' ',
  );
