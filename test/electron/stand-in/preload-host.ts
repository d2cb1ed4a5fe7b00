/**
 * Runs in the page, before its scripts, in the place of Electron's preload environment: gives the built preload, which is
 * a CommonJS file, a `require` that knows `electron` and nothing else, and of it what a sandboxed preload may use here.
 * Given to the browser as text, so it must not refer to anything outside itself.
 */
function hostPreload(source: string): void {
  // Electron runs a preload in the main frame only, unless told otherwise.
  if (window.top !== window) return;
  type Listener = (event: unknown, ...args: unknown[]) => void;
  type Invoke = (channel: string, args: unknown[]) => Promise<{ result?: unknown; error?: string }>;
  const globals = window as unknown as Record<string, unknown>;
  const invoke = globals['standInInvoke'] as Invoke;
  const listeners = new Map<string, Set<Listener>>();
  globals['standInDeliver'] = (channel: string, args: unknown[]): void => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };

  const only = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key, receiver): unknown {
        if (!Reflect.has(target, key)) throw new Error(`Electron's ${name}.${String(key)} is not in the stand-in`);
        return Reflect.get(target, key, receiver);
      },
    });

  const ipcRenderer = only('ipcRenderer', {
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const { result, error } = await invoke(channel, structuredClone(args));
      if (error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${error}`);
      return result;
    },
    on: (channel: string, listener: Listener): void => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Listener): void => {
      listeners.get(channel)?.delete(listener);
    },
  });

  // As the bridge does it: values cross as clones, functions as functions, nothing else crosses.
  const cross = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]): unknown => {
        const result: unknown = value(...args.map(cross));
        return result instanceof Promise ? result.then(cross) : cross(result);
      };
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cross(member)])));
  };

  const contextBridge = only('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown): void => {
      Object.defineProperty(window, key, { value: cross(api), enumerable: true });
    },
  });

  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`a sandboxed preload can not require ${name}`);
    return only('module of a preload', { contextBridge, ipcRenderer });
  };
  const module = { exports: {} };
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the preload's text is our own build
  new Function('require', 'module', 'exports', source)(require, module, module.exports);
}

/** The script that hosts a preload in every page of a context. */
export function preloadScript(source: string): string {
  return `(${hostPreload.toString()})(${JSON.stringify(source)})`;
}
