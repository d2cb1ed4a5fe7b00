/** Looked up by the language or a test tool on any object, so no call of Electron's API. */
const HARMLESS: ReadonlySet<PropertyKey> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  '$$typeof',
  'nodeType',
]);

/**
 * An object of Electron's API of which only `members` exist. Reading anything else throws, and so does writing, so that
 * main can not come to rely on something that nobody looked at. The members are checked against Electron's own types.
 */
export function strict<T extends object>(name: string, members: Partial<T>): T {
  return new Proxy(members, {
    get(target, key, receiver): unknown {
      if (Reflect.has(target, key)) return Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || HARMLESS.has(key)) return undefined;
      throw new Error(`Electron's ${name}.${key} is not in the stand-in`);
    },
    set(_target, key): boolean {
      throw new Error(`Electron's ${name}.${String(key)} is not to be written`);
    },
  }) as T;
}

type Listener = (...args: never[]) => unknown;

/** The events of one object: only those named exist. */
export class Events<Name extends string> {
  readonly #owner: string;
  readonly #names: ReadonlySet<string>;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(owner: string, names: readonly Name[]) {
    this.#owner = owner;
    this.#names = new Set(names);
  }

  add(name: string, listener: Listener): void {
    if (!this.#names.has(name)) throw new Error(`Electron's ${this.#owner} event ${name} is not in the stand-in`);
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  /** How many listen. */
  count(name: Name): number {
    return this.#listeners.get(name)?.length ?? 0;
  }

  emit(name: Name, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(args as never[]));
  }
}

/** An event that a listener may prevent. */
export class PreventableEvent {
  prevented = false;
  readonly preventDefault = (): void => {
    this.prevented = true;
  };
}
