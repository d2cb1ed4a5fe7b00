import type { DecisionClass, ProtocolKind, Parameters } from './model';
import { NEEDED_KINDS } from './templates';

/**
 * What is wrong with a set of protocols taken together: each may be well-formed and the set still could not work, such as a class
 * that is used and not defined. For forms, before anything is signed; the fold has its own rules.
 */
export interface AgreementProblem {
  readonly code:
    | 'missing-kind'
    | 'kind-twice'
    | 'id-twice'
    | 'class-twice'
    | 'class-unknown'
    | 'assent-blocked'
    | 'protected-twice'
    | 'protected-unknown'
    | 'membership-unprotected'
    | 'tiers-unordered'
    | 'type-twice'
    | 'type-unknown'
    | 'nobody-votes'
    | 'nobody-proposes'
    | 'nobody-invites'
    | 'nobody-seals'
    | 'stay-unordered'
    | 'quota-twice';
  /** Protocol to mend, by kind. */
  readonly kind: ProtocolKind;
  /** What is missing, doubled or unknown. */
  readonly name: string;
}

interface Protocol {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly params: unknown;
}

export function agreementProblems(protocols: readonly Protocol[]): readonly AgreementProblem[] {
  const of = <K extends ProtocolKind>(kind: K): Parameters<K> | undefined =>
    protocols.find((protocol) => protocol.kind === kind)?.params as Parameters<K> | undefined;
  const problems: AgreementProblem[] = [];
  const report = (code: AgreementProblem['code'], kind: ProtocolKind, names: Iterable<string>) => {
    for (const name of new Set(names)) problems.push({ code, kind, name });
  };

  const kinds = protocols.map((protocol) => protocol.kind).filter((kind) => kind !== 'practice' && kind !== 'purpose');
  for (const kind of NEEDED_KINDS) if (!kinds.includes(kind)) report('missing-kind', kind, [kind]);
  for (const kind of doubled(kinds)) report('kind-twice', kind, [kind]);
  const ids = protocols.map((protocol) => protocol.id);
  for (const id of doubled(ids)) report('id-twice', protocols.find((protocol) => protocol.id === id)!.kind, [id]);

  const types = of('membership')?.types ?? [];
  const typeIds = types.map((type) => type.id);
  const unknownTypes = (ids: readonly string[]) => ids.filter((id) => !typeIds.includes(id));
  report('type-twice', 'membership', doubled(typeIds));
  for (const [right, code] of [
    ['vote', 'nobody-votes'],
    ['propose', 'nobody-proposes'],
    ['invite', 'nobody-invites'],
  ] as const)
    if (types.length > 0 && !types.some((type) => type.rights.includes(right))) report(code, 'membership', [right]);

  const sealing = of('sealing')?.types ?? [];
  report('type-unknown', 'sealing', unknownTypes(sealing));
  if (!sealing.some((id) => typeIds.includes(id))) report('nobody-seals', 'sealing', sealing);

  const decisions = of('decisions');
  const classIds = decisions?.classes.map((one) => one.id) ?? [];
  report('class-twice', 'decisions', doubled(classIds));
  // Adopted as soon as enough agree, for good: a block that comes later could stop nothing.
  report('assent-blocked', 'decisions', decisions?.classes.filter(takesBlocks).map(({ label }) => label) ?? []);
  const unknownClasses = (classes: readonly string[]) => classes.filter((id) => !classIds.includes(id));
  const protects = decisions?.protects ?? [];
  const guarded = protects.map((one) => one.protocol);
  const guards = protects.map((one) => one.class);
  report('class-unknown', 'decisions', unknownClasses([...Object.values(decisions?.uses ?? {}), ...guards]));
  report('type-unknown', 'decisions', unknownTypes(decisions?.classes.flatMap((one) => one.electorate) ?? []));
  report('protected-twice', 'decisions', doubled(guarded));
  report(
    'protected-unknown',
    'decisions',
    guarded.filter((id) => !ids.includes(id)),
  );
  // It says who votes: whoever may change it could pick those who decide on what is protected.
  const membership = protocols.find((protocol) => protocol.kind === 'membership')?.id;
  if (protects.length > 0 && membership !== undefined && !guarded.includes(membership))
    report('membership-unprotected', 'decisions', [membership]);
  const spending = of('spending');
  const tiers = spending?.tiers ?? [];
  report('class-unknown', 'spending', unknownClasses(tiers.map((tier) => tier.class)));
  if (tiers.some(({ to }, index) => to <= (tiers[index - 1]?.to ?? spending?.free ?? 0)))
    report('tiers-unordered', 'spending', ['tiers']);
  const publication = of('publication');
  report('class-unknown', 'publication', unknownClasses(publication === undefined ? [] : [publication.class]));
  report('type-unknown', 'publication', unknownTypes(publication?.publishers ?? []));
  const distribution = of('distribution');
  report('class-unknown', 'distribution', unknownClasses(distribution === undefined ? [] : [distribution.class]));
  report('type-unknown', 'distribution', unknownTypes(distribution?.types ?? []));
  report('type-unknown', 'contributions', unknownTypes(of('contributions')?.dues.map((due) => due.type) ?? []));

  const use = of('use');
  const quotas = use?.quotas.map((quota) => quota.type) ?? [];
  if (use !== undefined && use.longest < use.shortest) report('stay-unordered', 'use', ['longest']);
  report('type-unknown', 'use', unknownTypes(quotas));
  report('quota-twice', 'use', doubled(quotas));
  return problems;
}

function takesBlocks({ method, block }: DecisionClass): boolean {
  return method === 'assent' && block !== 'nobody';
}

function doubled<T>(values: readonly T[]): readonly T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** Kinds of which an agreement may still take another protocol. */
export function kindsToAdd(kinds: readonly ProtocolKind[], all: readonly ProtocolKind[]): readonly ProtocolKind[] {
  return all.filter((kind) => kind === 'practice' || !kinds.includes(kind));
}

/** A short name from words in any script, different from those taken: `Co-owner` gives `co-owner`. */
export function slugFrom(words: string, taken: readonly string[], fallback: string): string {
  const plain = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 34);
  const stem = plain.replace(/-+$/, '') || fallback;
  if (!taken.includes(stem)) return stem;
  for (let number = 2; ; number++) if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
}
