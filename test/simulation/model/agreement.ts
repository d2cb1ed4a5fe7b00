import type { DecisionClass, ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Effect } from '../../../shared/network/decisions/model';
import { type Facts, type VersionFact, paramsOf } from './facts';

/** "Agreement" and "What is protected" of docs/protocol.md: what a proposal makes of a version, and who has to be asked. */
export type Change = Extract<Effect, { base: string }>;

/** Without these five no version can be. */
const NEEDED = ['membership', 'admission', 'decisions', 'spending', 'ownership'];

/** Whether the change can be made to its base at all. */
export function isPossible(base: VersionFact, change: Change): boolean {
  return canBeMade(base, change) && !decisionsOf(changed(base, change)).classes.some(hasDeadBlocks);
}

/** What is adopted once enough assent, nobody blocks. */
const hasDeadBlocks = ({ method, block }: DecisionClass): boolean => method === 'assent' && block === 'entitled';

function canBeMade({ protocols, suspended }: VersionFact, change: Change): boolean {
  if (change.kind === 'adopt')
    return !change.protocols.some(({ id, kind }) => suspended.includes(id) && NEEDED.includes(kind));
  const spec = protocols.find(({ id }) => id === change.protocol);
  if (spec === undefined) return false;
  switch (change.kind) {
    case 'parameters':
      return fit(spec, change.params);
    case 'resume':
      return suspended.includes(spec.id);
    case 'suspend':
      return !NEEDED.includes(spec.kind) && !suspended.includes(spec.id);
    case 'retire':
      return !NEEDED.includes(spec.kind);
  }
}

/** What the change leaves. */
export function changed({ protocols, suspended }: VersionFact, change: Change): Omit<VersionFact, 'base'> {
  const left = remaining(protocols, change);
  const out = new Set(suspended);
  if (change.kind === 'suspend') out.add(change.protocol);
  if (change.kind === 'resume') out.delete(change.protocol);
  return { protocols: left, suspended: [...out].filter((id) => left.some((one) => one.id === id)).sort() };
}

function remaining(protocols: readonly ProtocolSpec[], change: Change): readonly ProtocolSpec[] {
  if (change.kind === 'adopt') return change.protocols;
  if (change.kind === 'parameters')
    return protocols.map((one) =>
      one.id === change.protocol ? ({ ...one, params: change.params } as ProtocolSpec) : one,
    );
  if (change.kind !== 'retire') return protocols;
  return protocols.flatMap((one): ProtocolSpec[] => {
    if (one.id === change.protocol) return [];
    if (one.kind !== 'decisions') return [one];
    const { protects, ...rest } = one.params;
    const guards = protects?.filter((guard) => guard.protocol !== change.protocol) ?? [];
    return [{ ...one, params: guards.length > 0 ? { ...rest, protects: guards } : rest }];
  });
}

/** Of changes of the agreement, under which use stands the class. */
const KEPT_BY = {
  adopt: 'adopt',
  parameters: 'parameters',
  suspend: 'suspend',
  resume: 'suspend',
  retire: 'adopt',
} as const;

/** The class that decides, as the version at the ground says it; none where what is protected can not be changed by such a proposal. */
export function wayOf(facts: Facts, effect: Effect, version: string): string | undefined {
  const { uses } = paramsOf(facts, 'decisions', version);
  switch (effect.kind) {
    case 'adopt':
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire': {
      const base = facts.versions.get(effect.base)!;
      const asked = askedFor(base, changed(base, effect));
      if (asked.length > 1 || (asked.length === 1 && effect.base !== version)) return undefined;
      return asked[0] ?? uses[KEPT_BY[effect.kind]];
    }
    case 'restore':
      return uses.remove;
    case 'rules': {
      const of = facts.versions.get(version)!;
      const membership = of.protocols.find(({ kind }) => kind === 'membership')!.id;
      return guardsOf(of).find(({ protocol }) => protocol === membership)?.class ?? uses.adopt;
    }
    case 'publish': {
      const { protocols, suspended } = facts.versions.get(version)!;
      const spec = protocols.find(({ kind, id }) => kind === 'publication' && !suspended.includes(id));
      return spec?.kind === 'publication' ? spec.params.class : uses.adopt;
    }
    case 'distribute': {
      const { protocols, suspended } = facts.versions.get(version)!;
      const spec = protocols.find(({ kind, id }) => kind === 'distribution' && !suspended.includes(id));
      return spec?.kind === 'distribution' ? spec.params.class : undefined;
    }
    case 'spend': {
      const { unit, tiers = [] } = paramsOf(facts, 'spending', version);
      const within = unit === effect.unit ? tiers.filter(({ to }) => effect.amount <= to) : [];
      return within.sort((a, b) => a.to - b.to)[0]?.class ?? uses.spend;
    }
    default:
      return uses[effect.kind];
  }
}

/** The classes that have to be asked before what is different afterwards may be so. */
function askedFor(before: VersionFact, after: Omit<VersionFact, 'base'>): readonly string[] {
  const guards = guardsOf(before);
  const asked = new Set<string>();
  for (const { protocol, class: by } of guards) {
    const others = guards.filter((guard) => guard.class !== by);
    const picture = (version: Omit<VersionFact, 'base'>): string =>
      written({
        words: version.protocols.filter(({ id }) => id === protocol).map((spec) => without(spec, others)),
        out: version.suspended.filter((id) => id === protocol),
        guard: guardsOf(version).filter((guard) => guard.protocol === protocol),
        class: decisionsOf(version).classes.filter(({ id }) => id === by),
      });
    if (picture(before) !== picture(after)) asked.add(by);
  }
  return [...asked];
}

type Guard = { readonly protocol: string; readonly class: string };

function decisionsOf({ protocols }: Pick<VersionFact, 'protocols'>) {
  for (const spec of protocols) if (spec.kind === 'decisions') return spec.params;
  throw new Error('no decisions');
}

function guardsOf(version: Pick<VersionFact, 'protocols'>): readonly Guard[] {
  return decisionsOf(version).protects ?? [];
}

function without(spec: ProtocolSpec, others: readonly Guard[]): unknown {
  if (spec.kind !== 'decisions') return spec;
  const { classes, protects = [], uses } = spec.params;
  const theirs = new Set(others.map((guard) => guard.class));
  const guarded = new Set(others.map((guard) => guard.protocol));
  const params = [
    uses,
    classes.filter(({ id }) => !theirs.has(id)),
    protects.filter((one) => !guarded.has(one.protocol)),
  ];
  return { ...spec, params };
}

/** One string for one value, whatever the order of its keys. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Of the parameters that the simulation proposes, which are right for their protocol. */
function fit({ kind }: ProtocolSpec, params: Record<string, unknown>): boolean {
  if (kind === 'spending')
    return typeof params.unit === 'string' && (params.free === null || typeof params.free === 'number');
  if (kind === 'decisions') return Array.isArray(params.classes);
  if (kind === 'publication') return Array.isArray(params.publishers);
  return kind === 'admission' && typeof params.days === 'number';
}
