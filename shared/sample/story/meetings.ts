/** One house meeting a month of which the notes are kept; what was decided by then is added from the record. */
export interface Meeting {
  /** A Sunday. */
  readonly on: string;
  readonly by: string;
  readonly away: string;
  readonly talk: readonly string[];
  /** Who does what. */
  readonly todo: readonly string[];
}

const meeting = (on: string, by: string, away: string, talk: readonly string[], todo: readonly string[]): Meeting => ({
  on,
  by,
  away,
  talk,
  todo,
});

export const MEETINGS: readonly Meeting[] = [
  meeting(
    '2025-09-28',
    'mira',
    'nobody',
    [
      'Everyone has a room, three have curtains.',
      'Dust in the workshop: Jonas wants extraction before the saw runs, Ines agrees.',
      'Amara explained the books. It took nine minutes.',
    ],
    ['Ines: list of tools with prices', 'Petra: second bell', 'Leila: asks the neighbours about the hedge'],
  ),
  meeting(
    '2025-10-26',
    'mira',
    'Yuki (fair)',
    [
      'The rota starts tomorrow, for four weeks.',
      'First frost is near: shutters when it gets dark.',
      'Who sees Mr Albers tells him that we mean it.',
    ],
    ['Jonas and Ines: stack the wood', 'Mira: rota on the board'],
  ),
  meeting(
    '2025-11-23',
    'jonas',
    'Amara (with her mother)',
    [
      'Fennel sleeps in the hall when Leila is in. Works.',
      'Chickens: perhaps when the house is ours.',
      'Tomás found out why the boiler knocks.',
    ],
    ['Tomás: sets the curve', 'Yuki: what an open Saturday would need'],
  ),
  meeting(
    '2025-12-21',
    'mira',
    'Leila (Tripoli)',
    [
      'A guest stayed nine nights. Nobody minded him, everyone minded not knowing.',
      'Quiet hours: long talk. Petra works at night and does not want to creep.',
      'Holidays: the stove is Jonas’s, the table is Ines’s.',
    ],
    ['Petra: headphones', 'Mira: writes the protocol on guests into the agreement’s draft, done'],
  ),
  meeting(
    '2026-01-25',
    'mira',
    'nobody',
    [
      'Welcome, Daniel and Efua!',
      'Efua asked why the agreement has no line about children. We will think about it.',
      'Fibre: not before June.',
    ],
    ['Tomás: asks three firms about solar panels', 'Amara: speaks with Elke about an investment'],
  ),
  meeting(
    '2026-02-22',
    'yuki',
    'Ines (Porto)',
    [
      'Elke is with us. She brought a damp meter and cake.',
      'Two proposals on the free sum: the smaller one first, says Amara.',
      'How pledges work, a second time, with beans on the table.',
    ],
    ['Amara: page on money', 'All: think about what you can pledge'],
  ),
  meeting(
    '2026-03-22',
    'mira',
    'Daniel (catering)',
    [
      'The purchase was blocked. Ines was sad, then relieved.',
      'What Amara needs: a survey, and pledges that reach the price.',
      'Seeds are here.',
    ],
    ['Elke: surveyor', 'Ines: tells Mr Albers that we need until June', 'Leila: beds'],
  ),
  meeting(
    '2026-04-26',
    'mira',
    'Tomás (night shift)',
    [
      'The survey is good news with a wet wall in it.',
      'Price: Elke and Ines go to the Albers on Tuesday.',
      'Petra takes a job on the coast and moves at the end of June.',
    ],
    ['Elke: drain, what would it cost?', 'Jonas: cake for Petra, not yet, in June'],
  ),
  meeting(
    '2026-05-24',
    'leila',
    'nobody',
    [
      '**We buy the house.** Nine agree, one abstains, and she sings anyway.',
      'Everyone pays in by 10 June. Elke bridges if need be.',
      'Notary: 15 June, two o’clock. All of us go.',
    ],
    ['Amara: offers for insurance', 'Daniel: lunch for the notary’s office'],
  ),
  meeting(
    '2026-06-21',
    'mira',
    'Elke (knee)',
    [
      'It is ours. We looked at the key for a while.',
      'Petra’s farewell is on Saturday. She is paid back in three parts.',
      'What now costs less, what now costs more.',
    ],
    ['Amara: what dues could be without rent', 'Tomás: gutters, a first look'],
  ),
  meeting(
    '2026-07-26',
    'mira',
    'Yuki (kiln)',
    [
      'The feast was loud until ten and then not.',
      'What we learnt from Petra leaving: write down by when we pay back.',
      'August: who is here for the drain? Seven hands up.',
    ],
    ['Jonas: spades', 'Elke: firm for the pipe'],
  ),
  meeting(
    '2026-08-30',
    'daniel',
    'Amara (Leeds)',
    [
      'The drain is in. So are our backs.',
      'Boiler: not another one that burns, not without comparing.',
      'A van: Leila has found one at the bakery.',
    ],
    ['Tomás: figures for a heat pump', 'Leila: test drive'],
  ),
  meeting(
    '2026-09-27',
    'mira',
    'nobody',
    [
      'We read our purpose aloud, as every September. Nobody wanted to change a word.',
      'Potatoes are in the cellar, 250 kg. It smells right.',
      'Machines until eight? Efua sleeps above the planer.',
    ],
    ['Ines: gutters', 'Daniel: jars'],
  ),
  meeting(
    '2026-10-25',
    'jonas',
    'Mira (school trip)',
    [
      'Sofia was here for the second weekend. Everyone but Mira has met her.',
      'A tank for rain water: now or with the roof?',
      'Amara: 25,000 € in the bank, of which 10,000 € stay there.',
    ],
    ['Mira: meet Sofia, then vote', 'Leila: a price for the tank'],
  ),
];
