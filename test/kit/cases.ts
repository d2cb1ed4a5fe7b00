/** A value, and how it differs from the plain one. */
interface Case {
  readonly what: string;
  readonly value: unknown;
}

/** What a shape is to take, the plain value first, and what it is to refuse: at each bound and one beyond it. */
export interface Cases {
  readonly taken: readonly Case[];
  readonly refused: readonly Case[];
  /** Whether a field of this may be missing. */
  readonly optional?: boolean;
}

const casesOf = (values: readonly unknown[]): Case[] => values.map((value) => ({ what: String(value), value }));

/** Refuses what stands in the second list. */
export const like = (taken: readonly unknown[], refused: readonly unknown[]): Cases => ({
  taken: casesOf(taken),
  refused: casesOf(refused),
});

export const words = (...choices: readonly string[]): Cases => like(choices, ['another', '']);

export const whole = (min: number, max: number): Cases => like([min, max], [min - 1, max + 1]);

function sized(min: number, max: number, of: (length: number) => unknown): Cases {
  const at = (length: number): Case => ({ what: `length ${length}`, value: of(length) });
  return { taken: [at(min), at(max)], refused: [...(min > 0 ? [at(min - 1)] : []), at(max + 1)] };
}

export const characters = (min: number, max: number): Cases => sized(min, max, (length) => 'x'.repeat(length));

export const octets = (length: number): Cases => sized(length, length, (count) => new Uint8Array(count));

export const optional = (cases: Cases): Cases => ({ ...cases, optional: true });

export const orNull = ({ taken, refused }: Cases): Cases => ({
  taken: [...taken, { what: 'null', value: null }],
  refused,
});

export const either = (...all: readonly Cases[]): Cases => ({
  taken: all.flatMap(({ taken }) => taken),
  refused: all.flatMap(({ refused }) => refused),
});

export function items(min: number, max: number, of: Cases): Cases {
  const plain = of.taken[0]!.value;
  const lengths = sized(min, max, (length) => Array.from({ length }, () => plain));
  const first = ({ what, value }: Case): Case => ({
    what: `first item: ${what}`,
    value: [value, ...Array.from({ length: Math.max(0, min - 1) }, () => plain)],
  });
  return {
    taken: [...lengths.taken, ...of.taken.map(first)],
    refused: [...lengths.refused, ...of.refused.map(first)],
  };
}

export function fields(of: Readonly<Record<string, Cases>>): Cases {
  const plain = Object.fromEntries(Object.entries(of).map(([key, { taken }]) => [key, taken[0]!.value]));
  const each = (which: 'taken' | 'refused'): Case[] =>
    Object.entries(of).flatMap(([key, cases]) =>
      cases[which].map(({ what, value }) => ({ what: `${key}: ${what}`, value: { ...plain, [key]: value } })),
    );
  const without = (isOptional: boolean): Case[] =>
    Object.keys(of)
      .filter((key) => (of[key]!.optional === true) === isOptional)
      .map((key) => {
        const { [key]: _left, ...rest } = plain;
        return { what: `no ${key}`, value: rest };
      });
  return {
    taken: [{ what: 'plain', value: plain }, ...each('taken'), ...without(true)],
    refused: [...each('refused'), ...without(false), { what: 'one field more', value: { ...plain, another: 0 } }],
  };
}
