import { parseSync } from '@swc/core';

/** A node of the syntax tree; `start` and `end` are offsets in the bytes of the source. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Types have no effect at run time, and imports and exports hold nothing to change. */
const WITHOUT_EFFECT = /^(Ts(?!As|NonNull|Satisfies|ConstAssertion|ParameterProperty)|Import|ExportNamed|ExportAll)/;
const TYPE_KEYS = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeParams',
  'typeArguments',
  'typeArgs',
  'returnType',
]);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isSpan = (value: unknown): value is { readonly start: number; readonly end: number } =>
  isObject(value) && typeof value['start'] === 'number' && typeof value['end'] === 'number';

/** A parsed source file whose nodes can be walked. */
export class Tree {
  readonly #bytes: Buffer;
  readonly #body: unknown;
  readonly #offset: number;

  constructor(source: string) {
    this.#bytes = Buffer.from(source);
    // Offsets count on over all that one process parses, and a module starts at its first token: a first token of
    // our own shows where the source begins.
    const { span, body } = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' });
    this.#offset = span.start + 1;
    this.#body = body;
  }

  text({ start, end }: Pick<Node, 'start' | 'end'>): string {
    return this.#bytes.subarray(start, end).toString();
  }

  /** Counted from 1. */
  lineOf({ start }: Pick<Node, 'start'>): number {
    return this.#bytes.subarray(0, start).toString().split('\n').length;
  }

  /** Every node that has an effect at run time. */
  *nodes(): Generator<Node> {
    yield* this.#walk(this.#body);
  }

  /** The node at a key, past what only types see; undefined where there is none. */
  child(node: Node, key: string): Node | undefined {
    return this.#nodeOf(node.raw[key]);
  }

  /** The expressions of a call's arguments. */
  args(call: Node): Node[] {
    const args = call.raw['arguments'];
    if (!Array.isArray(args)) return [];
    return args.flatMap((arg: unknown) => (isObject(arg) ? (this.#nodeOf(arg['expression']) ?? []) : []));
  }

  #nodeOf(value: unknown): Node | undefined {
    if (!isObject(value) || typeof value['type'] !== 'string' || !isSpan(value['span'])) return undefined;
    const { start, end } = value['span'];
    return { type: value['type'], start: start - this.#offset, end: end - this.#offset, raw: value };
  }

  *#walk(value: unknown): Generator<Node> {
    if (Array.isArray(value)) for (const one of value) yield* this.#walk(one);
    if (!isObject(value) || Array.isArray(value)) return;
    const node = this.#nodeOf(value);
    if (node !== undefined) {
      if (WITHOUT_EFFECT.test(node.type)) return;
      yield node;
    }
    for (const [key, inner] of Object.entries(value)) if (!TYPE_KEYS.has(key)) yield* this.#walk(inner);
  }
}
