import { type Parameters, PROTOCOL_KINDS, type ProtocolKind, parametersOf } from './model';
import { kindsToAdd } from './problems';
import { PRESETS, type Preset, defaultParameters, templateKeys, templateProtocols } from './templates';

/** A protocol of the library. Its words stand where the keys say, as those of a template do. */
export interface LibraryEntry {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly titleKey: string;
  readonly textKey: string;
  /** As they fit the agreement that it was asked for. */
  readonly params: Parameters;
}

interface Protocol {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly params: unknown;
}

/**
 * What the library has for an agreement that lacks it: first what networks of this sort begin with, then the other kinds of protocols. The
 * parameters name only ways to decide and kinds of members that the agreement has; sums of money are in `unit`, a currency.
 */
export function libraryFor(preset: Preset, agreement: readonly Protocol[], unit: string): readonly LibraryEntry[] {
  const template = templateProtocols(preset);
  const others = PROTOCOL_KINDS.filter((kind) => kind !== 'practice' && !template.some((one) => one.kind === kind));
  const all: readonly Omit<LibraryEntry, 'params'>[] = [
    ...template,
    ...others.map((kind) => ({ ...templateKeys(kind), kind })),
  ];
  const kinds = kindsToAdd(
    agreement.map(({ kind }) => kind),
    PROTOCOL_KINDS,
  );
  return all
    .filter(({ id, kind }) =>
      kind === 'practice' ? agreement.every((protocol) => protocol.id !== id) : kinds.includes(kind),
    )
    .map(({ id, kind, titleKey, textKey }) => {
      const own = template.find((one) => one.id === id)?.params ?? defaultParameters(kind);
      return { id, kind, titleKey, textKey, params: fitted(kind, own, agreement, unit) };
    });
}

/** Usual parameters of a kind, as they fit an agreement that may have other ways to decide and kinds of members; sums in `unit`. */
export const usualParameters = (kind: ProtocolKind, agreement: readonly Protocol[], unit: string): Parameters =>
  fitted(kind, defaultParameters(kind), agreement, unit);

/** Takes out, or replaces, what the agreement does not have. */
function fitted(kind: ProtocolKind, params: Parameters, agreement: readonly Protocol[], unit: string): Parameters {
  const of = <K extends ProtocolKind>(one: K): Parameters<K> | undefined => {
    const found = agreement.find((protocol) => protocol.kind === one)?.params;
    return parametersOf(one)(found) ? (found as Parameters<K>) : undefined;
  };
  const types = new Set(of('membership')?.types.map(({ id }) => id));
  const decisions = of('decisions');
  const wayOf = (id: string, matter: 'adopt' | 'spend'): string =>
    decisions === undefined || decisions.classes.some((one) => one.id === id) ? id : decisions.uses[matter];
  const known = (ids: readonly string[]): readonly string[] => ids.filter((id) => types.has(id));
  switch (kind) {
    case 'contributions': {
      const { dues } = params as Parameters<'contributions'>;
      const theirs = dues.filter(({ type }) => types.has(type));
      return { dues: theirs.map((due) => (due.unit === 'hour' ? due : { ...due, unit })) };
    }
    case 'spending':
      return { ...(params as Parameters<'spending'>), unit };
    case 'use': {
      const use = params as Parameters<'use'>;
      return { ...use, quotas: use.quotas.filter(({ type }) => types.has(type)) };
    }
    case 'sealing': {
      const sealing = params as Parameters<'sealing'>;
      return { ...sealing, types: known(sealing.types) };
    }
    case 'publication': {
      const own = params as Parameters<'publication'>;
      return { ...own, class: wayOf(own.class, 'adopt'), publishers: known(own.publishers) };
    }
    case 'distribution': {
      const own = params as Parameters<'distribution'>;
      return { ...own, class: wayOf(own.class, 'spend'), types: known(own.types) };
    }
    default:
      return params;
  }
}

/** The sort of network whose kinds of members an agreement shares most of: where to begin to look in the library. */
export function presetLike(agreement: readonly Protocol[]): Preset {
  const membership = agreement.find(({ kind }) => kind === 'membership')?.params;
  const types = parametersOf('membership')(membership) ? (membership as Parameters<'membership'>).types : [];
  const shared = (preset: Preset): number => {
    const own = templateProtocols(preset).find(({ kind }) => kind === 'membership')!.params as Parameters<'membership'>;
    return own.types.filter(({ id }) => types.some((type) => type.id === id)).length;
  };
  return PRESETS.reduce((best, preset) => (shared(preset) > shared(best) ? preset : best));
}

const PRACTICES: ReadonlySet<string> = new Set(
  PRESETS.flatMap((preset) => templateProtocols(preset).map(({ id }) => id)),
);

/** Under which id the library has words about a protocol like this one; undefined for a practice that is a group's own. */
export function entryLike({ id, kind }: Pick<Protocol, 'id' | 'kind'>): string | undefined {
  if (kind !== 'practice') return kind;
  return PRACTICES.has(id) ? id : undefined;
}
