import type { Of } from '../../record/shape';
import { RIGHTS, type Right } from '../membership/model';
import { type DecisionClass, MAX_STAY, type Parameters, type ProtocolKind, type membershipType } from './model';

/**
 * First protocols to found a network with. Data only: the words (titles, texts in Markdown, what to think about) stand in the
 * renderer's i18n under `templates`, by the keys given here, so that a template can be read in every language of the app.
 */
export const PRESETS = ['house', 'workshop', 'boat', 'land', 'circle'] as const;
export type Preset = (typeof PRESETS)[number];

/** Kinds without which the rules would have nothing to go by: every template set has exactly one of each. */
export const NEEDED_KINDS = ['membership', 'admission', 'decisions', 'spending', 'ownership'] as const;

type TemplateOf<K extends ProtocolKind> = {
  readonly id: string;
  readonly kind: K;
  readonly params: Parameters<K>;
  readonly titleKey: string;
  readonly textKey: string;
};
export type TemplateProtocol = { [K in ProtocolKind]: TemplateOf<K> }[ProtocolKind];

type MembershipType = Of<typeof membershipType>;
type Dues = Parameters<'contributions'>['dues'];

interface PresetData {
  readonly types: readonly MembershipType[];
  readonly admission: Parameters<'admission'>;
  readonly decisions: Parameters<'decisions'>;
  readonly spending: Parameters<'spending'>;
  readonly dues: Dues;
  readonly ownership: Parameters<'ownership'>;
  /** Where members take turns with what they hold. */
  readonly use?: Parameters<'use'>;
  readonly leaving?: Parameters<'leaving'>;
  /** Practices without parameters, by the id of their template. */
  readonly practices: readonly string[];
}

const type = (id: string, label: string, rights: readonly Right[]): MembershipType => ({ id, label, rights });

/** Monotone, without closing: what must not wait. */
const everyday: DecisionClass = {
  id: 'everyday',
  label: 'Everyday matters',
  method: 'assent',
  electorate: [],
  threshold: 51,
  quorum: 0,
  block: 'nobody',
  override: 0,
  days: 7,
  grace: 3,
};
const people: DecisionClass = { ...everyday, id: 'people', label: 'Who belongs to us', threshold: 66, days: 14 };
const important: DecisionClass = {
  id: 'important',
  label: 'Important matters',
  method: 'vote',
  electorate: [],
  threshold: 66,
  quorum: 50,
  block: 'entitled',
  override: 80,
  days: 14,
  grace: 3,
};
const unanimous: DecisionClass = {
  ...everyday,
  id: 'everyone',
  label: 'What takes everyone',
  threshold: 100,
  days: 21,
};

/** As many as they want; a group that runs short of room agrees on quotas. */
const stays = (counts: 'nights' | 'days', longest: number): Parameters<'use'> => ({
  ...{ counts, shortest: 1, longest, per: 'resource', quotas: [] },
});

/** Three months, as the template's text says. */
const ALL_SETTLED: Parameters<'leaving'> = { settle: ['pledges', 'debts', 'dues'], notice: 90, pledges: 'lapse' };

/** Amounts are minor units; the founder's choice of currency replaces the unit. */
const UNIT = 'EUR';

const presets: Readonly<Record<Preset, PresetData>> = {
  house: {
    types: [
      type('resident', 'Resident', RIGHTS),
      type('investor', 'Investor', ['vote', 'propose', 'invite', 'post']),
      type('supporter', 'Supporter', ['propose']),
    ],
    admission: { mode: 'invite', days: 14 },
    decisions: {
      classes: [everyday, people, { ...important, electorate: ['resident', 'investor'] }],
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
    },
    spending: { unit: UNIT, free: 10_000 },
    dues: [
      { type: 'resident', unit: UNIT, amount: 2_000, every: 'month' },
      { type: 'investor', unit: UNIT, amount: 5_000, every: 'year' },
    ],
    ownership: { basis: 'capital', shares: 1_000 },
    use: stays('nights', 14),
    leaving: ALL_SETTLED,
    practices: ['meetings', 'care', 'conflict'],
  },
  workshop: {
    types: [type('maker', 'Maker', RIGHTS), type('friend', 'Friend of the workshop', ['propose', 'book'])],
    admission: { mode: 'invite', days: 30 },
    decisions: {
      classes: [everyday, people, important],
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
    },
    spending: { unit: UNIT, free: 5_000 },
    dues: [{ type: 'maker', unit: UNIT, amount: 3_000, every: 'month' }],
    ownership: { basis: 'equal', shares: 100 },
    use: stays('days', 3),
    leaving: ALL_SETTLED,
    practices: ['meetings', 'tools', 'conflict'],
  },
  boat: {
    types: [type('owner', 'Co-owner', RIGHTS), type('guest', 'Guest', ['book'])],
    admission: { mode: 'decision', days: 14 },
    decisions: {
      classes: [everyday, people, unanimous],
      uses: {
        none: 'everyday',
        adopt: 'everyone',
        parameters: 'everyone',
        suspend: 'everyone',
        admit: 'everyone',
        remove: 'people',
        spend: 'everyday',
        buy: 'everyone',
        erase: 'people',
      },
    },
    spending: { unit: UNIT, free: 15_000 },
    dues: [{ type: 'owner', unit: UNIT, amount: 60_000, every: 'year' }],
    ownership: { basis: 'pledges', shares: 100 },
    use: {
      counts: 'nights',
      shortest: 1,
      longest: 14,
      per: 'resource',
      quotas: [
        { type: 'owner', most: 60 },
        { type: 'guest', most: 7 },
      ],
    },
    leaving: ALL_SETTLED,
    practices: ['turns', 'care'],
  },
  land: {
    types: [
      type('user', 'Land user', RIGHTS),
      type('neighbour', 'Neighbour', ['vote', 'propose', 'block', 'post']),
      type('supporter', 'Supporter', ['propose']),
    ],
    admission: { mode: 'decision', days: 30 },
    decisions: {
      classes: [everyday, people, important, unanimous],
      uses: {
        none: 'everyday',
        adopt: 'important',
        parameters: 'important',
        suspend: 'everyone',
        admit: 'people',
        remove: 'people',
        spend: 'important',
        buy: 'important',
        erase: 'people',
      },
      // What the land is for outlasts whoever uses it now.
      protects: [
        { protocol: 'membership', class: 'everyone' },
        { protocol: 'land', class: 'everyone' },
      ],
    },
    spending: { unit: UNIT, free: 20_000, tiers: [{ to: 200_000, class: 'everyday' }] },
    dues: [
      { type: 'user', unit: UNIT, amount: 4_000, every: 'month' },
      { type: 'neighbour', unit: UNIT, amount: 2_000, every: 'year' },
    ],
    ownership: { basis: 'equal', shares: 100 },
    // Whoever works a part of it has it for a year.
    use: stays('days', MAX_STAY),
    leaving: ALL_SETTLED,
    practices: ['land', 'meetings', 'care', 'conflict'],
  },
  circle: {
    types: [type('member', 'Member', RIGHTS)],
    admission: { mode: 'invite', days: 14 },
    decisions: {
      classes: [everyday, important],
      uses: {
        none: 'everyday',
        adopt: 'important',
        parameters: 'important',
        suspend: 'important',
        admit: 'everyday',
        remove: 'important',
        spend: 'everyday',
        buy: 'important',
        erase: 'important',
      },
    },
    spending: { unit: UNIT, free: null },
    dues: [],
    ownership: { basis: 'equal', shares: 100 },
    practices: ['meetings'],
  },
};

/** Where the words of a template stand. */
export const templateKeys = (id: string) => ({
  id,
  titleKey: `protocols.${id}.title`,
  textKey: `protocols.${id}.text`,
});

/** The first protocols of a preset, in the order in which a newcomer reads them. */
export function templateProtocols(preset: Preset): readonly TemplateProtocol[] {
  const data = presets[preset];
  return [
    { ...templateKeys('purpose'), kind: 'purpose', params: {} },
    { ...templateKeys('membership'), kind: 'membership', params: { types: data.types } },
    { ...templateKeys('admission'), kind: 'admission', params: data.admission },
    { ...templateKeys('decisions'), kind: 'decisions', params: data.decisions },
    { ...templateKeys('spending'), kind: 'spending', params: data.spending },
    { ...templateKeys('contributions'), kind: 'contributions', params: { dues: data.dues } },
    { ...templateKeys('ownership'), kind: 'ownership', params: data.ownership },
    ...(data.use === undefined ? [] : [{ ...templateKeys('use'), kind: 'use' as const, params: data.use }]),
    // The same for all: what a group gives up with a majority is its own to weigh, and its text says it.
    { ...templateKeys('sealing'), kind: 'sealing', params: { types: [], quorum: 'two-thirds' } },
    ...data.practices.map((id) => ({ ...templateKeys(id), kind: 'practice' as const, params: {} })),
    ...(data.leaving === undefined
      ? []
      : [{ ...templateKeys('leaving'), kind: 'leaving' as const, params: data.leaving }]),
  ];
}

/** Nobody is asked for anything unless the members name somebody. */
const NOWHERE: Parameters<'meeting'> = { places: [], stun: [], turn: [] };

/** Nobody alone, and every member takes back: it is what holds where there is no such protocol, but for the class. */
const BY_DECISION: Parameters<'publication'> = { class: 'important', publishers: [], withdraw: 'members' };

const BY_PARTS: Parameters<'distribution'> = { class: 'important', basis: 'equal', types: [], reserve: 10 };

/** Parameters for a protocol that is added without a template, such as one that a preset does not have. */
export function defaultParameters<K extends ProtocolKind>(kind: K): Parameters<K> {
  if (kind === 'meeting') return NOWHERE as Parameters<K>;
  if (kind === 'distribution') return BY_PARTS as Parameters<K>;
  if (kind === 'leaving') return ALL_SETTLED as Parameters<K>;
  if (kind === 'publication') return BY_DECISION as Parameters<K>;
  if (kind === 'use') return stays('nights', 14) as Parameters<K>;
  const found = templateProtocols('circle').find((template) => template.kind === kind);
  return (found?.params ?? {}) as Parameters<K>;
}

/** Whether a protocol of this kind may be left out of an agreement. */
export function isNeeded(kind: ProtocolKind): boolean {
  return (NEEDED_KINDS as readonly ProtocolKind[]).includes(kind);
}
