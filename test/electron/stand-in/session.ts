import type { Protocol, Session, WebRequest } from 'electron';
import { Events, strict } from './strict';
import { world } from './world';

type SchemeHandler = Parameters<Protocol['handle']>[1];

/** The handlers that main has set on the session. */
export const guards: {
  request?: Parameters<Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Session['setPermissionCheckHandler']>[0];
  device?: Parameters<Session['setDevicePermissionHandler']>[0];
  beforeRequest?: (details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void;
} = {};

export const schemeHandlers = new Map<string, SchemeHandler>();
export const privilegedSchemes: Parameters<Protocol['registerSchemesAsPrivileged']>[0] = [];
export const sessionEvents = new Events('session', ['will-download']);

/** The module `protocol`: only what comes before the app is ready. */
export const protocol = strict<Protocol>('protocol', {
  registerSchemesAsPrivileged: (schemes) => {
    world.callBeforeReady('protocol.registerSchemesAsPrivileged');
    privilegedSchemes.push(...schemes);
  },
});

const sessionProtocol = strict<Protocol>('session.protocol', {
  handle: (scheme, handler) => {
    world.callWhenReady(`session.protocol.handle ${scheme}`);
    if (schemeHandlers.has(scheme)) throw new Error(`scheme ${scheme} is handled already`);
    schemeHandlers.set(scheme, handler);
  },
});

const webRequest = strict<WebRequest>('session.webRequest', {
  onBeforeRequest: (...args: unknown[]) => {
    // With a filter before it, the listener would not see every request.
    if (args.length !== 1 || typeof args[0] !== 'function') throw new Error('onBeforeRequest has a filter');
    guards.beforeRequest = args[0] as NonNullable<typeof guards.beforeRequest>;
  },
});

const defaultSession: Session = strict<Session>('session', {
  protocol: sessionProtocol,
  webRequest,
  setPermissionRequestHandler: (handler) => {
    guards.request = handler;
  },
  setPermissionCheckHandler: (handler) => {
    guards.check = handler;
  },
  setDevicePermissionHandler: (handler) => {
    guards.device = handler;
  },
  on: (name: string, listener: (...args: never[]) => unknown) => {
    sessionEvents.add(name, listener);
    return defaultSession;
  },
});

/** A session in memory beside the page's, which may go to the web. */
const webSession: Session = strict<Session>('session of a partition', {
  fetch: async (input, options) => {
    const url = String(input);
    world.asked.push({ url, options: options ?? {} });
    const found = world.web.get(url);
    return found === undefined ? new Response(null, { status: 404 }) : new Response(new Uint8Array(found));
  },
});

/** The module `session`. */
export const session = {
  fromPartition: (partition: string): Session => {
    world.callWhenReady(`session.fromPartition ${partition}`);
    // What begins so is kept on the disk, and no name is the page's own.
    if (partition.startsWith('persist:') || partition === '') throw new Error('not a session in memory');
    return webSession;
  },
  get defaultSession(): Session {
    world.callWhenReady('session.defaultSession');
    return defaultSession;
  },
};
