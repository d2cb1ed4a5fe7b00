import { getPlatform } from '../platform';
import { browser, leaveWithWindow } from '../sync/browser';
import { exposeTransport } from '../sync/port-transport';
import { ByHand } from '../../shared/sync/meeting/by-hand/by-hand';
import { type Meet, type MeetStatus, meet } from '../../shared/sync/meeting/meet';
import type { FramedTransport } from '../../shared/sync/channel/framed-transport';
import type { EngineClient } from './client';
import { Inbox } from './inbox';
import { LanWatch } from './lan-watch';
import type { EngineEvent } from '../../shared/engine/contract';
import type { KeyGuard } from '../../shared/ipc/contract';
import type { WindowCalls } from './calls';
import type { IceServer } from '../../shared/sync/webrtc/ports';
import { type FromEngine, type ToEngine, caller } from './rpc';

/**
 * Starts the engine worker, and does for it what only a window can: WebRTC connections and the meeting places behind them. A connection's
 * bytes pass through here untouched.
 */
export function startEngine(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  const listeners = new Set<(event: EngineEvent) => void>();
  const meets = new Map<string, Promise<Meet>>();
  const hands = new Map<string, ByHand>();
  const servers = new Map<string, readonly IceServer[]>();
  const post = (message: ToEngine, moved: Transferable[] = []): void => worker.postMessage(message, moved);
  const { calls, settle, fail } = caller(post);
  worker.onerror = () => fail('engine-not-loaded');
  const keys = guardKeys(post);
  leaveWithWindow(window);

  const lan = new LanWatch((addresses) => post({ kind: 'found-places', addresses }));

  const report = (network: string, meeting: MeetStatus): void => {
    lan.tell(network, meeting.servers);
    post({ kind: 'meeting', network, meeting });
  };

  const handOver = (network: string, transport: FramedTransport): void => {
    const exposed = exposeTransport(transport);
    post({ kind: 'transport', network, transport: exposed }, [exposed.port]);
  };

  const byHand = (network: string): ByHand => {
    const known = hands.get(network);
    if (known !== undefined) return known;
    const made = new ByHand({
      ...browser,
      network,
      now: () => Date.now(),
      iceServers: () => servers.get(network) ?? [],
      onTransport: (transport) => handOver(network, transport),
    });
    hands.set(network, made);
    return made;
  };

  const meetAt = (network: string, places: readonly string[], iceServers: readonly IceServer[]): void => {
    servers.set(network, iceServers);
    const known = meets.get(network);
    if (known !== undefined) {
      void known.then((meeting) => {
        meeting.setIceServers(iceServers);
        meeting.setServers(places);
        report(network, meeting.status);
      });
      return;
    }
    const meeting = meet(browser, {
      network,
      servers: places,
      iceServers,
      onTransport: (transport) => handOver(network, transport),
      onStatus: (status) => report(network, status),
    });
    meets.set(network, meeting);
  };

  const part = (network: string, code: string): void => {
    const meeting = meets.get(network);
    meets.delete(network);
    void meeting?.then((one) => one.close(code));
    hands.get(network)?.cancel();
  };

  const inbox = new Inbox<FromEngine>((data) => {
    if (data.kind === 'event') for (const listener of listeners) listener(data.event);
    else if (data.kind === 'meet') meetAt(data.network, data.places, data.iceServers);
    else if (data.kind === 'part') part(data.network, data.code);
    else if (data.kind === 'forgive') void meets.get(data.network)?.then((meeting) => meeting.forgive());
    else settle(data);
  });
  worker.onmessage = inbox.take;

  const tellOwnPlaces = async (): Promise<void> => {
    const { signalling } = await getPlatform().info();
    lan.setOwn(signalling[0]);
    post({ kind: 'own-places', addresses: signalling });
  };
  void tellOwnPlaces();
  getPlatform().onShellEvent((event) => {
    if (event.kind === 'power') post({ kind: 'power', awake: event.awake });
  });
  window.addEventListener('online', () => {
    for (const meeting of meets.values()) void meeting.then((one) => one.retry());
  });
  // The only copy of a key lies here: a browser that runs out of space must not drop it without asking.
  void navigator.storage.persist();

  // The addresses in a link are those at which this app is reachable now: the LAN may just have been opened.
  const linking = {
    invite: async (...args: Parameters<WindowCalls['invite']>) => {
      await tellOwnPlaces();
      return calls.invite(...args);
    },
    inviteLink: async (...args: Parameters<WindowCalls['inviteLink']>) => {
      await tellOwnPlaces();
      return calls.inviteLink(...args);
    },
    deviceLink: async (...args: Parameters<WindowCalls['deviceLink']>) => {
      await tellOwnPlaces();
      return calls.deviceLink(...args);
    },
  };
  return {
    keys,
    calls: new Proxy(calls, {
      get: (target, name) => Reflect.get(name in linking ? linking : target, name),
    }),
    byHand,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Hands what locks the keys to the engine, which alone uses it; says what it is. A shell that does not answer gives nothing. */
async function guardKeys(post: (message: ToEngine, moved: Transferable[]) => void): Promise<KeyGuard['kind']> {
  const guard = await getPlatform()
    .keyGuard()
    .catch((): KeyGuard => ({ kind: 'locked' }));
  // Moved, so that this page keeps no copy.
  post({ kind: 'key-guard', guard }, guard.kind === 'keychain' ? [guard.secret.buffer as ArrayBuffer] : []);
  return guard.kind;
}
