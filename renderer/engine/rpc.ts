import { type ErrorParams, PeerholdError } from '../../shared/errors';
import type { ExposedTransport } from '../sync/port-transport';
import type { IceServer } from '../../shared/sync/webrtc/ports';
import type { MeetStatus } from '../../shared/sync/meeting/meet';
import type { EngineEvent } from '../../shared/engine/contract';
import type { KeyGuard } from '../../shared/ipc/contract';
import type { WindowCalls } from './calls';

type Method = keyof WindowCalls;

/** From the window to the engine worker. */
export type ToEngine =
  | { readonly kind: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  /** The first message: what the keys on this disk are locked with. */
  | { readonly kind: 'key-guard'; readonly guard: KeyGuard }
  /** A connection to somebody in a network that the engine asked to meet. */
  | { readonly kind: 'transport'; readonly network: string; readonly transport: ExposedTransport }
  /** This app's own signalling servers, and how the search for a network's peers does. */
  | { readonly kind: 'own-places'; readonly addresses: readonly string[] }
  /** Those of others that are announced around here now. */
  | { readonly kind: 'found-places'; readonly addresses: readonly string[] }
  /** The machine goes to sleep, or has woken. */
  | { readonly kind: 'power'; readonly awake: boolean }
  | { readonly kind: 'meeting'; readonly network: string; readonly meeting: MeetStatus };

/** From the engine worker to the window. */
export type FromEngine =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly code: string; readonly params: ErrorParams }
  | { readonly kind: 'event'; readonly event: EngineEvent }
  /** Meet the network's peers at these places and with these servers' help, from now on or anew. */
  | {
      readonly kind: 'meet';
      readonly network: string;
      readonly places: readonly string[];
      readonly iceServers: readonly IceServer[];
    }
  /** The roster changed: who was refused may be tried again at once. */
  | { readonly kind: 'forgive'; readonly network: string }
  | { readonly kind: 'part'; readonly network: string; readonly code: string };

export interface Caller {
  readonly calls: WindowCalls;
  settle(message: FromEngine): void;
  /** The worker could not be loaded: every call, waiting or to come, fails with this code. */
  fail(code: string): void;
}

/** Turns method calls into messages and their answers into promises. */
export function caller(post: (message: ToEngine) => void): Caller {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: PeerholdError) => void }>();
  let next = 0;
  let failed: PeerholdError | null = null;
  const calls = new Proxy({} as WindowCalls, {
    get: (_target, method: Method) =>
      // A proxy that is awaited is asked for `then`.
      (method as string) === 'then'
        ? undefined
        : (...args: readonly unknown[]) =>
            new Promise((resolve, reject) => {
              if (failed !== null) return reject(failed);
              const id = next++;
              waiting.set(id, { resolve, reject });
              post({ kind: 'call', id, method, args });
            }),
  });
  return {
    calls,
    fail(code) {
      failed = new PeerholdError(code);
      for (const { reject } of waiting.values()) reject(failed);
      waiting.clear();
    },
    settle(message) {
      if (message.kind !== 'result' && message.kind !== 'failure') return;
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'result') call?.resolve(message.value);
      else call?.reject(new PeerholdError(message.code, message.params));
    },
  };
}
