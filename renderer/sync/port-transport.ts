import { errorCode } from '../../shared/errors';
import { classOf } from '../../shared/sync/channel/framing';
import {
  type CloseReason,
  MAX_QUEUE,
  type MessageHandler,
  type Met,
  PRIORITY,
  type Priority,
  QUEUE_LOW,
  type Role,
  type Route,
  type Transport,
  type TransportInfo,
  type Trust,
} from '../../shared/sync/channel/ports';
import { Listeners } from '../../shared/sync/listeners';
import { systemClock } from '../../shared/sync/system';

/**
 * A transport over the gap between the thread that has WebRTC and the worker that has the peer's logic. Messages are moved, not copied;
 * what the worker has not consumed stays charged to the sender's window, so neither thread queues without bound.
 */
type ToReal =
  | { readonly type: 'send'; readonly message: Uint8Array; readonly priority: Priority }
  | { readonly type: 'consumed'; readonly id: number }
  | { readonly type: 'trust'; readonly trust: Trust }
  | { readonly type: 'close'; readonly code: string };
type ToProxy =
  | { readonly type: 'message'; readonly id: number; readonly message: Uint8Array }
  | { readonly type: 'progress'; readonly accepted: number; readonly buffered: number }
  | { readonly type: 'route'; readonly route: Route | null }
  | { readonly type: 'closed'; readonly reason: CloseReason };

/** Milliseconds between two reports on what is still buffered. */
const REPORT_EVERY = 5;

/** What to post to the worker: `worker.postMessage({ …, exposed }, [exposed.port])`. */
export interface ExposedTransport extends TransportInfo {
  readonly port: MessagePort;
  /** As it was known when it was exposed. */
  readonly route: Route | null;
}

/** On the real transport's side: from now on whoever has the port is its consumer. Losing the worker closes the transport. */
export function exposeTransport(transport: Transport): ExposedTransport {
  const { port1, port2 } = new MessageChannel();
  const { role, localFingerprint, remoteFingerprint, route, met } = transport;
  const post = (message: ToProxy, moved: Transferable[] = []): void => port1.postMessage(message, moved);
  const unconsumed = new Map<number, () => void>();
  let next = 0;
  let accepted = 0;
  let reporting = false;
  const report = (): void => {
    post({ type: 'progress', accepted, buffered: transport.buffered });
    if (transport.buffered > 0) reportSoon();
  };
  const reportSoon = (): void => {
    if (reporting) return;
    reporting = true;
    systemClock.setTimer(REPORT_EVERY, () => {
      reporting = false;
      report();
    });
  };

  port1.addEventListener('message', ({ data }: MessageEvent<ToReal>) => {
    if (data.type === 'send') {
      accepted += data.message.length;
      transport.send(data.message, data.priority);
      reportSoon();
    } else if (data.type === 'consumed') {
      unconsumed.get(data.id)?.();
      unconsumed.delete(data.id);
    } else if (data.type === 'trust') transport.setTrust(data.trust);
    else transport.close(data.code);
  });
  port1.addEventListener('close', () => transport.close('channel.closed'));
  port1.start();
  transport.onMessage(
    (message) =>
      new Promise((resolve) => {
        const id = next++;
        unconsumed.set(id, resolve);
        post({ type: 'message', id, message }, [message.buffer as ArrayBuffer]);
      }),
  );
  transport.onDrain(report);
  transport.onRoute((next) => post({ type: 'route', route: next }));
  transport.onClose((reason) => {
    unconsumed.clear();
    post({ type: 'closed', reason });
  });
  return { role, localFingerprint, remoteFingerprint, route, port: port2, ...(met === undefined ? {} : { met }) };
}

/** On the worker's side: the transport behind a port. */
export class PortTransport implements Transport {
  readonly role: Role;
  readonly localFingerprint: Uint8Array;
  readonly remoteFingerprint: Uint8Array;
  readonly met?: Met;
  readonly #port: MessagePort;
  readonly #drained = new Listeners<void>();
  readonly #closes = new Listeners<CloseReason>();
  readonly #routes = new Listeners<Route | null>();
  #route: Route | null;
  #handler: MessageHandler | undefined;
  #early: (ToProxy & { type: 'message' })[] = [];
  #closed: CloseReason | undefined;
  #posted = 0;
  #accepted = 0;
  #remaining = 0;

  constructor({ port, role, localFingerprint, remoteFingerprint, route, met }: ExposedTransport) {
    this.role = role;
    this.localFingerprint = localFingerprint;
    this.remoteFingerprint = remoteFingerprint;
    if (met !== undefined) this.met = met;
    this.#route = route;
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<ToProxy>) => {
      if (this.#closed !== undefined) return;
      if (data.type === 'message') void this.#deliver(data);
      else if (data.type === 'progress') this.#progress(data.accepted, data.buffered);
      else if (data.type === 'route') this.#setRoute(data.route);
      else this.#finish(data.reason);
    });
    port.start();
  }

  /** What was posted and not accepted there, and what is queued there as last reported. */
  get buffered(): number {
    return this.#closed === undefined ? this.#posted - this.#accepted + this.#remaining : 0;
  }

  send(message: Uint8Array, priority: Priority = PRIORITY.normal): void {
    if (this.#closed !== undefined) return;
    classOf(message.length, priority);
    this.#posted += message.length;
    if (this.buffered > MAX_QUEUE) return this.close('channel.backlog');
    this.#post({ type: 'send', message, priority }, [message.buffer as ArrayBuffer]);
  }

  onMessage(handler: MessageHandler): void {
    this.#handler = handler;
    const early = this.#early;
    this.#early = [];
    for (const message of early) void this.#deliver(message);
  }

  onDrain(listener: () => void): void {
    this.#drained.add(listener);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.#closed === undefined) this.#closes.add(listener);
    else listener(this.#closed);
  }

  get route(): Route | null {
    return this.#route;
  }

  onRoute(listener: (route: Route | null) => void): void {
    this.#routes.add(listener);
  }

  setTrust(trust: Trust): void {
    if (this.#closed === undefined) this.#post({ type: 'trust', trust });
  }

  close(code: string): void {
    if (this.#closed !== undefined) return;
    this.#post({ type: 'close', code });
    this.#finish({ code, by: 'here' });
  }

  async #deliver(data: ToProxy & { type: 'message' }): Promise<void> {
    if (this.#handler === undefined) {
      this.#early.push(data);
      return;
    }
    try {
      const done = this.#handler(data.message);
      if (done !== undefined) await done;
      if (this.#closed === undefined) this.#post({ type: 'consumed', id: data.id });
    } catch (error) {
      this.close(errorCode(error));
    }
  }

  #progress(accepted: number, buffered: number): void {
    const before = this.buffered;
    this.#accepted = accepted;
    this.#remaining = buffered;
    if (before > QUEUE_LOW && this.buffered <= QUEUE_LOW) this.#drained.emit();
  }

  #setRoute(route: Route | null): void {
    this.#route = route;
    this.#routes.emit(route);
  }

  #finish(reason: CloseReason): void {
    this.#closed = reason;
    this.#early = [];
    // Not closed in the same turn: what was posted is to arrive.
    systemClock.setTimer(0, () => this.#port.close());
    this.#closes.emit(reason);
  }

  #post(message: ToReal, moved: Transferable[] = []): void {
    this.#port.postMessage(message, moved);
  }
}
