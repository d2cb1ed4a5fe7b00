import type { Agreed } from './amended';
import { sameValue } from './changes';
import type { Parameters, ProtocolSpec } from './model';

type Decisions = Parameters<'decisions'>;
type Protects = NonNullable<Decisions['protects']>;

/**
 * Ids of the classes, ascending, that protect something which differs after an amendment: a protocol (its words, its parameters, whether
 * it is there and in force), what the agreement says about its protection, or the class itself. Each may be changed by its own class alone.
 * `before` holds together.
 */
export function protectingClasses(before: Agreed, after: Agreed): readonly string[] {
  const now = decisionsOf(before)!;
  const next = decisionsOf(after);
  const protects = now.protects ?? [];
  const found = new Set<string>();
  for (const entry of protects) {
    const id = entry.class;
    const isKept =
      next !== undefined &&
      (next.protects ?? []).some((other) => sameValue(other, entry)) &&
      sameValue(classOf(now, id), classOf(next, id));
    if (!isKept || !isSame(before, after, entry, protects)) found.add(id);
  }
  return [...found].sort();
}

const decisionsOf = ({ protocols }: Agreed): Decisions | undefined =>
  protocols.find((spec): spec is Extract<ProtocolSpec, { kind: 'decisions' }> => spec.kind === 'decisions')?.params;

const classOf = ({ classes }: Decisions, id: string) => classes.find((one) => one.id === id);

/** Whether one protected protocol is the same in both. */
function isSame(before: Agreed, after: Agreed, { protocol, class: by }: Protects[number], protects: Protects): boolean {
  const others = protects.filter((one) => one.class !== by);
  const shown = ({ protocols, suspended }: Agreed): unknown => [
    protocols.filter(({ id }) => id === protocol).map((spec) => withoutOthers(spec, others)),
    suspended.includes(protocol),
  ];
  return sameValue(shown(before), shown(after));
}

/** Who protects `decisions` does not decide on what another class protects in it: that class, and its protections. */
function withoutOthers(spec: ProtocolSpec, others: Protects): ProtocolSpec {
  if (spec.kind !== 'decisions') return spec;
  const { classes, protects = [] } = spec.params;
  return {
    ...spec,
    params: {
      ...spec.params,
      classes: classes.filter(({ id }) => !others.some((other) => other.class === id)),
      protects: protects.filter(({ protocol }) => !others.some((other) => other.protocol === protocol)),
    },
  };
}
