import { errorCode } from '../../errors';
import { Listeners } from '../listeners';
import { closeFrame, FrameReader, FrameWriter } from './framing';
import {
  type CloseReason,
  type Link,
  LINK_HIGH,
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
} from './ports';

/** A transport over a link of frames: framing, back-pressure in both directions, and one close with one reason. */
export class FramedTransport implements Transport {
  readonly role: Role;
  readonly localFingerprint: Uint8Array;
  readonly remoteFingerprint: Uint8Array;
  readonly met?: Met;
  readonly #link: Link;
  readonly #writer = new FrameWriter();
  readonly #reader = new FrameReader();
  readonly #drained = new Listeners<void>();
  readonly #closes = new Listeners<CloseReason>();
  readonly #trusts = new Listeners<Trust>();
  readonly #routes = new Listeners<Route | null>();
  #route: Route | null = null;
  #handler: MessageHandler | undefined;
  #early: { message: Uint8Array; cost: number }[] = [];
  #closed: CloseReason | undefined;
  #full = false;

  constructor(link: Link, info: TransportInfo) {
    this.role = info.role;
    this.localFingerprint = info.localFingerprint;
    this.remoteFingerprint = info.remoteFingerprint;
    if (info.met !== undefined) this.met = info.met;
    this.#link = link;
    link.attach({
      frame: (frame) => this.#receive(frame),
      writable: () => this.#pump(),
      closed: () => this.#finish({ code: 'channel.lost', by: 'link' }),
    });
  }

  get buffered(): number {
    return this.#closed === undefined ? this.#writer.queued + this.#link.bufferedAmount : 0;
  }

  send(message: Uint8Array, priority: Priority = PRIORITY.normal): void {
    if (this.#closed !== undefined) return;
    this.#writer.push(message, priority);
    if (this.#writer.queued > MAX_QUEUE) this.close('channel.backlog');
    else this.#pump();
  }

  onMessage(handler: MessageHandler): void {
    this.#handler = handler;
    const early = this.#early;
    this.#early = [];
    for (const { message, cost } of early) this.#deliver(message, cost);
  }

  onDrain(listener: () => void): void {
    this.#drained.add(listener);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.#closed === undefined) this.#closes.add(listener);
    else listener(this.#closed);
  }

  /** Told when the channel above has proved, or stopped trusting, who is there. */
  onTrust(listener: (trust: Trust) => void): void {
    this.#trusts.add(listener);
  }

  get route(): Route | null {
    return this.#route;
  }

  /** What the runtime below says of it now. */
  setRoute(route: Route | null): void {
    if (this.#closed !== undefined || route === this.#route) return;
    this.#route = route;
    this.#routes.emit(route);
  }

  onRoute(listener: (route: Route | null) => void): void {
    this.#routes.add(listener);
  }

  setTrust(trust: Trust): void {
    this.#reader.setTrust(trust);
    this.#trusts.emit(trust);
  }

  close(code: string): void {
    if (this.#closed !== undefined) return;
    try {
      this.#link.send(closeFrame(code));
    } catch {
      // The link is gone already; our own reason still stands.
    }
    this.#finish({ code, by: 'here' });
  }

  #finish(reason: CloseReason): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#early = [];
    this.#link.close();
    this.#closes.emit(reason);
  }

  #receive(frame: Uint8Array): void {
    if (this.#closed !== undefined) return;
    try {
      const inbound = this.#reader.push(frame);
      if (inbound.type === 'message') this.#deliver(inbound.message, inbound.cost);
      else if (inbound.type === 'close') this.#finish({ code: inbound.code, by: 'there' });
      else if (inbound.type === 'credit') {
        this.#writer.credit(inbound.cost);
        this.#pump();
      }
    } catch (error) {
      this.close(errorCode(error));
    }
  }

  #deliver(message: Uint8Array, cost: number): void {
    if (this.#handler === undefined) {
      this.#early.push({ message, cost });
      return;
    }
    try {
      const done = this.#handler(message);
      if (done === undefined) this.#consumed(cost);
      else
        done.then(
          () => this.#consumed(cost),
          (error: unknown) => this.close(errorCode(error)),
        );
    } catch (error) {
      this.close(errorCode(error));
    }
  }

  #consumed(cost: number): void {
    if (this.#closed !== undefined) return;
    const credit = this.#reader.consumed(cost);
    if (credit !== undefined) this.#transmit(credit);
  }

  #pump(): void {
    while (this.#closed === undefined && this.#link.bufferedAmount < LINK_HIGH) {
      const frame = this.#writer.next();
      if (frame === undefined) break;
      this.#transmit(frame);
    }
    const buffered = this.buffered;
    if (buffered > QUEUE_LOW) this.#full = true;
    else if (this.#full) {
      this.#full = false;
      this.#drained.emit();
    }
  }

  #transmit(frame: Uint8Array): void {
    if (this.#closed !== undefined) return;
    try {
      this.#link.send(frame);
    } catch {
      this.#finish({ code: 'channel.lost', by: 'link' });
    }
  }
}
