import type { Translate } from '../../../shared/words/translate';
import type { DecisionClass, Parameters, ProtocolKind } from '../../../shared/network/agreement/model';
import { CLASSED_KINDS, parametersOf } from '../../../shared/network/agreement/model';
import { formatMoney } from '../../../shared/words/money';

/** Looks up a key of the namespace `templates`. */

export interface Words {
  readonly t: Translate;
  readonly locale: string;
  /** Label of a membership type; its short name where it is unknown. */
  readonly typeLabel: (id: string) => string;
  /** Label of a way to decide. */
  readonly classLabel: (id: string) => string;
  /** Title of a protocol. */
  readonly protocolTitle: (id: string) => string;
}

/** One parameter in plain words. `key` stays the same when the value changes, so that two versions can be compared line by line. */
export interface Sentence {
  readonly key: string;
  readonly text: string;
}

export function parameterSentences(kind: ProtocolKind, params: unknown, words: Words): readonly Sentence[] {
  if (!parametersOf(kind)(params)) return [];
  const say = sentencesOf[kind] as (params: unknown, words: Words) => readonly Sentence[];
  return say(params, words);
}

const sentencesOf: { readonly [K in ProtocolKind]: (params: Parameters<K>, words: Words) => readonly Sentence[] } = {
  purpose: () => [],
  practice: () => [],
  membership: ({ types }, { t, locale }) =>
    types.map((type) => ({
      key: `type:${type.id}`,
      text:
        type.rights.length === 0
          ? t('sentences.typeNone', { label: type.label })
          : t('sentences.type', {
              label: type.label,
              rights: joined(
                type.rights.map((right) => t(`rights.${right}.label`).toLocaleLowerCase(locale)),
                locale,
              ),
            }),
    })),
  admission: ({ mode, days }, { t }) => [
    { key: 'mode', text: t(`sentences.admission.${mode}`) },
    { key: 'days', text: t('sentences.admissionDays', { count: days }) },
  ],
  distribution: ({ class: by, basis, types, reserve }, { t, typeLabel, classLabel, locale }) => [
    { key: 'class', text: t('sentences.distribution.class', { label: classLabel(by) }) },
    { key: 'basis', text: t(`sentences.distribution.basis.${basis}`) },
    {
      key: 'types',
      text:
        types.length === 0
          ? t('sentences.distribution.all')
          : t('sentences.distribution.types', { types: joined(types.map(typeLabel), locale) }),
    },
    {
      key: 'reserve',
      text:
        reserve === 0
          ? t('sentences.distribution.noReserve')
          : t('sentences.distribution.reserve', { percent: reserve }),
    },
  ],
  sealing: ({ types, quorum }, { t, typeLabel, locale }) => [
    {
      key: 'types',
      text:
        types.length === 0
          ? t('sentences.sealing.everyone')
          : t('sentences.sealing.types', {
              types: joined(types.map(typeLabel), locale),
            }),
    },
    { key: 'quorum', text: t(`sentences.sealing.${quorum}`) },
  ],
  publication: ({ class: by, publishers, withdraw }, { t, typeLabel, classLabel, locale }) => [
    { key: 'class', text: t('sentences.publication.class', { label: classLabel(by) }) },
    {
      key: 'publishers',
      text:
        publishers.length === 0
          ? t('sentences.publication.nobody')
          : t('sentences.publication.publishers', { types: joined(publishers.map(typeLabel), locale) }),
    },
    { key: 'withdraw', text: t(`sentences.publication.withdraw.${withdraw}`) },
  ],
  leaving: ({ settle, notice, pledges }, { t }) => [
    { key: 'notice', text: t('sentences.leaving.notice', { count: notice }) },
    ...(settle.length === 0
      ? [{ key: 'nothing', text: t('sentences.leaving.nothing') }]
      : [...new Set(settle)].map((one) => ({ key: `settle:${one}`, text: t(`sentences.leaving.${one}`) }))),
    { key: 'pledges', text: t(`sentences.leaving.standing.${pledges}`) },
  ],
  meeting: ({ places, stun, turn }, { t }) => [
    ...(places.length === 0 ? [{ key: 'nowhere', text: t('sentences.meeting.nowhere') }] : []),
    ...[...new Set(places)].map((address) => ({
      key: `place:${address}`,
      text: t('sentences.meeting.place', { address }),
    })),
    ...(stun.length + turn.length === 0 ? [{ key: 'no-servers', text: t('sentences.meeting.noServers') }] : []),
    ...[...new Set(stun)].map((address) => ({
      key: `stun:${address}`,
      text: t('sentences.meeting.stun', { address }),
    })),
    ...turn.map(({ address, username }, index) => ({
      key: `turn:${index}`,
      text: t('sentences.meeting.turn', { address, username }),
    })),
  ],
  decisions: ({ classes, uses, protects = [] }, words) => [
    ...classes.map((one) => ({
      key: `class:${one.id}`,
      text: words.t('sentences.class', { label: one.label, rule: ruleSentence(one, words) }),
    })),
    ...CLASSED_KINDS.map((kind) => ({
      key: `use:${kind}`,
      text: words.t('sentences.use', {
        matter: words.t(kind === 'remove' ? 'classed.remove' : `matters.${kind}`),
        label: classes.find((one) => one.id === uses[kind])?.label ?? uses[kind],
      }),
    })),
    ...protects.map(({ protocol, class: id }) => ({
      key: `protects:${protocol}`,
      text: words.t('sentences.protects', {
        title: words.protocolTitle(protocol),
        label: classes.find((one) => one.id === id)?.label ?? id,
      }),
    })),
  ],
  spending: ({ unit, free, tiers = [] }, { t, locale, classLabel }) => [
    {
      key: 'free',
      text:
        free === null
          ? t('sentences.spendingNone')
          : t('sentences.spending', { amount: formatMoney(free, unit, locale) }),
    },
    ...tiers.map((tier, index) => ({
      key: `tier:${index}`,
      text: t('sentences.tier', { amount: formatMoney(tier.to, unit, locale), label: classLabel(tier.class) }),
    })),
  ],
  contributions: ({ dues }, { t, locale, typeLabel }) =>
    dues.length === 0
      ? [{ key: 'none', text: t('sentences.duesNone') }]
      : dues.map((due, index) => ({
          key: `due:${due.type}:${dues.slice(0, index).filter((earlier) => earlier.type === due.type).length}`,
          text: t(`sentences.dues.${due.every}`, {
            type: typeLabel(due.type),
            amount: formatMoney(due.amount, due.unit, locale),
          }),
        })),
  ownership: ({ basis, shares }, { t }) => [
    { key: 'basis', text: t(`sentences.ownership.${basis}`) },
    { key: 'shares', text: t('sentences.shares', { count: shares }) },
  ],
  use: ({ counts, shortest, longest, per, quotas }, { t, typeLabel }) => [
    { key: 'stay', text: t(`sentences.using.stay.${counts}`, { shortest, longest }) },
    ...(quotas.length === 0
      ? [{ key: 'no-quotas', text: t('sentences.using.noQuotas') }]
      : [
          ...quotas.map(({ type, most }, index) => ({
            key: `quota:${type}:${quotas.slice(0, index).filter((earlier) => earlier.type === type).length}`,
            text: t(`sentences.using.quota.${counts}`, { type: typeLabel(type), count: most }),
          })),
          { key: 'per', text: t(`sentences.using.per.${per}`) },
        ]),
  ],
};

/** A rule of decision as a person would tell it. */
export function ruleSentence(rule: DecisionClass, { t, locale, typeLabel }: Words): string {
  const parts = [
    rule.electorate.length === 0
      ? t('sentences.rule.electorateAll')
      : t('sentences.rule.electorate', { types: joined(rule.electorate.map(typeLabel), locale) }),
    t(`sentences.rule.${rule.method}${rule.threshold === 100 ? 'All' : ''}`, { threshold: rule.threshold }),
  ];
  if (rule.method === 'vote' && rule.quorum > 0) parts.push(t('sentences.rule.quorum', { quorum: rule.quorum }));
  if (rule.block === 'entitled')
    parts.push(
      rule.override === 0 ? t('sentences.rule.block') : t('sentences.rule.blockOverride', { override: rule.override }),
    );
  else if (rule.method === 'vote') parts.push(t('sentences.rule.blockNone'));
  parts.push(rule.days === 0 ? t('sentences.rule.daysNone') : t('sentences.rule.days', { count: rule.days }));
  return parts.join(' ');
}

export interface SentenceChange {
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

/** Parameters that differ, as before and after, in the order of the new ones and then the dropped ones. */
export function sentenceChanges(before: readonly Sentence[], after: readonly Sentence[]): readonly SentenceChange[] {
  const old = new Map(before.map(({ key, text }) => [key, text]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after
      .filter(({ key, text }) => old.get(key) !== text)
      .map(({ key, text }) => {
        const previous = old.get(key);
        return { key, after: text, ...(previous === undefined ? {} : { before: previous }) };
      }),
    ...before.filter(({ key }) => !kept.has(key)).map(({ key, text }) => ({ key, before: text })),
  ];
}

function joined(items: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}
