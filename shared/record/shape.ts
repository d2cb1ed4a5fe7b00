/**
 * Checks of foreign values (payloads, frames, invites, stored bytes): small guards that compose, without evaluation of
 * generated code, fast enough to run on every event. A guard answers yes or no; the caller turns a no into an error with a code.
 * Objects are exact: an unknown key is a no, since a signer may have meant something by it that we would not apply.
 */
export type Shape<T> = (value: unknown) => value is T;
export type Of<S> = S extends Shape<infer T> ? T : never;

type Visit = (shape: Shape<unknown>, value: unknown) => void;
/** What a composed guard is made of: visits each part of a value that has passed it. */
const parts = new WeakMap<Shape<unknown>, (value: never, visit: Visit) => void>();

function composed<T>(shape: Shape<T>, visitParts: (value: T, visit: Visit) => void): Shape<T> {
  parts.set(shape, visitParts);
  return shape;
}

/** All values, anywhere in a value that has passed `shape`, which stand where `part` is asked for. */
export function valuesOf<T>(shape: Shape<unknown>, value: unknown, part: Shape<T>): T[] {
  const found: T[] = [];
  const visit: Visit = (one, inner) => {
    if (one === part) found.push(inner as T);
    else parts.get(one)?.(inner as never, visit);
  };
  visit(shape, value);
  return found;
}

type Part = readonly [key: string, shape: Shape<unknown>, value: unknown];
/** Of a composed guard: what a value of its outer form has in it, and what it lacks. None where it has not even that. */
const insides = new WeakMap<Shape<unknown>, (value: unknown) => readonly Part[]>();

function inspected<T>(shape: Shape<T>, inside: (value: unknown) => readonly Part[]): Shape<T> {
  insides.set(shape, inside);
  return shape;
}

/** A map, whatever is in it. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
const never: Shape<never> = (_value): _value is never => false;

/** The way to the first part of a value that keeps it from passing, with dots; '' where no part of it does, null where it passes. */
export function misfitOf(shape: Shape<unknown>, value: unknown): string | null {
  if (shape(value)) return null;
  for (const [key, part, inner] of insides.get(shape)?.(value) ?? []) {
    const found = misfitOf(part, inner);
    if (found !== null) return found === '' ? key : `${key}.${found}`;
  }
  return '';
}

interface Optional<T> {
  readonly optional: Shape<T>;
}
type Field = Shape<unknown> | Optional<unknown>;
type OptionalKeys<F> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
type ObjectOf<F> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Of<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: F[K] extends Optional<infer T> ? T : never;
};

export const integer =
  (min: number, max: number): Shape<number> =>
  (value): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;

/** Well-formed text of at most `max` UTF-16 units; lone surrogates are refused, since they have no UTF-8 form. */
export const text =
  (max: number, min = 0): Shape<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length >= min && value.length <= max && isWellFormed(value);

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** Without halves of surrogate pairs. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);
/** With the replacement character for each half of a surrogate pair, as every encoder of UTF-8 has it. */
export const wellFormed = (text: string): string => text.replace(new RegExp(LONE_SURROGATE, 'g'), '\ufffd');

export const matching =
  (pattern: RegExp): Shape<string> =>
  (value): value is string =>
    typeof value === 'string' && pattern.test(value);

export const bytes =
  (min: number, max = min): Shape<Uint8Array> =>
  (value): value is Uint8Array =>
    value instanceof Uint8Array && value.length >= min && value.length <= max;

export const boolean: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';

export const oneOf =
  <const T extends readonly string[]>(...choices: T): Shape<T[number]> =>
  (value): value is T[number] =>
    typeof value === 'string' && choices.includes(value);

export const nullable = <T>(shape: Shape<T>): Shape<T | null> =>
  composed(
    (value): value is T | null => value === null || shape(value),
    (value, visit) => {
      if (value !== null) visit(shape, value);
    },
  );

export const list = <T>(shape: Shape<T>, max: number, min = 0): Shape<readonly T[]> =>
  inspected(
    composed(
      (value): value is readonly T[] =>
        Array.isArray(value) && value.length >= min && value.length <= max && value.every((item) => shape(item)),
      (items, visit) => {
        for (const item of items) visit(shape, item);
      },
    ),
    (value) => (Array.isArray(value) ? value.map((item, index) => [String(index), shape, item]) : []),
  );

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

export function object<const F extends Record<string, Field>>(fields: F): Shape<ObjectOf<F>> {
  const shapes = new Map(
    Object.entries(fields).map(([key, field]) => [
      key,
      typeof field === 'function' ? { shape: field, needed: true } : { shape: field.optional, needed: false },
    ]),
  );
  const needed = [...shapes.values()].filter((field) => field.needed).length;
  const isObject = (value: unknown): value is ObjectOf<F> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
      return false;
    let found = 0;
    // The few keys that it has, not each that it could have.
    for (const key of Object.keys(value)) {
      const part = (value as Record<string, unknown>)[key];
      const field = shapes.get(key);
      if (field === undefined || part === undefined || !field.shape(part)) return false;
      if (field.needed) found += 1;
    }
    return found === needed;
  };
  const visited = composed(isObject, (value, visit) => {
    for (const [key, { shape }] of shapes) {
      const part = (value as Record<string, unknown>)[key];
      if (part !== undefined) visit(shape, part);
    }
  });
  return inspected(visited, (value) => {
    if (!isRecord(value)) return [];
    const known = [...shapes].filter(([key, { needed: isNeeded }]) => isNeeded || key in value);
    const others = Object.keys(value).filter((key) => !shapes.has(key));
    return [
      ...known.map(([key, { shape }]): Part => [key, shape, value[key]]),
      ...others.map((key): Part => [key, never, value[key]]),
    ];
  });
}

/** A union told apart by the text in its field `tag`. */
export function tagged<const V extends Record<string, Shape<unknown>>, const K extends string>(
  tag: K,
  variants: V,
): Shape<{ [N in keyof V]: { readonly [T in K]: N } & Of<V[N]> }[keyof V]> {
  type Union = { [N in keyof V]: { readonly [T in K]: N } & Of<V[N]> }[keyof V];
  const isUnion = (value: unknown): value is Union => {
    if (typeof value !== 'object' || value === null) return false;
    const { [tag]: name, ...rest } = value as Record<string, unknown>;
    return typeof name === 'string' && Object.hasOwn(variants, name) && variants[name]!(rest);
  };
  const visited = composed(isUnion, (value, visit) => {
    const { [tag]: name, ...rest } = value as Record<string, unknown>;
    visit(variants[name as string]!, rest);
  });
  return inspected(visited, (value) => {
    if (!isRecord(value)) return [];
    const { [tag]: name, ...rest } = value;
    const variant = typeof name === 'string' && Object.hasOwn(variants, name) ? variants[name] : undefined;
    return variant === undefined ? [[tag, never, name]] : (insides.get(variant)?.(rest) ?? []);
  });
}

/** A fixed-length tuple. */
export const tuple = <const S extends readonly Shape<unknown>[]>(
  ...shapes: S
): Shape<{ readonly [I in keyof S]: Of<S[I]> }> =>
  composed(
    (value): value is { readonly [I in keyof S]: Of<S[I]> } =>
      Array.isArray(value) && value.length === shapes.length && shapes.every((shape, index) => shape(value[index])),
    (value, visit) => {
      for (const [index, shape] of shapes.entries()) visit(shape, value[index]);
    },
  );

/** A 32-byte id as it lives in memory: 64 lower-case hexadecimal digits. */
export const id: Shape<string> = (value): value is string => typeof value === 'string' && isId(value);

const ID = /^[0-9a-f]{64}$/;
export function isId(value: string): boolean {
  return value.length === 64 && ID.test(value);
}
