import { PeerholdError } from '../../errors';
import type { Clock } from '../clock';
import { Listeners } from '../listeners';
import { Handshake, type HandshakeOptions, type RemoteIdentity } from './handshake';
import { KIND, type Kind, openToJoiners } from './kinds';
import {
  type CloseReason,
  type MessageHandler,
  type Met,
  PRIORITY,
  type Priority,
  QUEUE_HIGH,
  type Route,
  type Transport,
} from './ports';

/** First byte of a control message; on kind 0. */
const CONTROL = { handshake: 0, ping: 1, pong: 2, admit: 3 } as const;

export const HANDSHAKE_TIMEOUT = 10_000;
export const PING_EVERY = 5_000;
/** Rounds of `PING_EVERY` without a word after which the other side is taken for dead. Rounds, not elapsed time: after a sleep the other side gets its chance. */
export const SILENT_ROUNDS = 3;

export interface ChannelOptions extends HandshakeOptions {
  readonly clock: Clock;
}

/**
 * An authenticated connection to one device, with sub-streams by kind. Register handlers with `on` in the same turn in which it is
 * made, then await `opened`. Everything before the handshake's end stays inside; every fault closes it with a code.
 */
export class Channel {
  /** Resolves once both sides accepted each other; rejects with the closing code. */
  readonly opened: Promise<RemoteIdentity>;
  readonly #transport: Transport;
  readonly #options: ChannelOptions;
  readonly #handshake: Handshake;
  readonly #handlers = new Map<number, MessageHandler>();
  readonly #admissions = new Listeners<RemoteIdentity>();
  readonly #closes = new Listeners<CloseReason>();
  readonly #timers = new Set<() => void>();
  #open!: (remote: RemoteIdentity) => void;
  #remote: RemoteIdentity | undefined;
  #closed: CloseReason | undefined;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #silent = 0;
  #pinged = 0;
  #roundTrip: number | undefined;

  constructor(transport: Transport, options: ChannelOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#handshake = new Handshake(options, transport);
    this.opened = new Promise((resolve, reject) => {
      let isOpen = false;
      this.#open = (remote) => {
        isOpen = true;
        resolve(remote);
      };
      this.#closes.add((reason) => {
        if (!isOpen) reject(new PeerholdError(reason.code, { by: reason.by }));
      });
    });
    // Whoever does not await it hears of the failure through onClose.
    this.opened.catch(() => undefined);
    this.#after(HANDSHAKE_TIMEOUT, () => this.close('channel.handshake-timeout'));
    transport.onClose((reason) => this.#finish(reason));
    transport.onMessage((message) => this.#receive(message));
    this.#control(CONTROL.handshake, this.#handshake.hello());
  }

  /** Who is there; nothing until `opened`. */
  get remote(): RemoteIdentity | undefined {
    return this.#remote;
  }

  /** The device whose key the other side proved to have; it may have been refused all the same. */
  get proved(): string | undefined {
    return this.#handshake.proved;
  }

  get met(): Met | undefined {
    return this.#transport.met;
  }

  get route(): Route | null {
    return this.#transport.route;
  }

  onRoute(listener: (route: Route | null) => void): void {
    this.#transport.onRoute(listener);
  }

  get closed(): CloseReason | undefined {
    return this.#closed;
  }

  /** Milliseconds of the last ping there and back; nothing until one returned. */
  get roundTrip(): number | undefined {
    return this.#roundTrip;
  }

  get buffered(): number {
    return this.#transport.buffered;
  }

  /**
   * Throws `channel.not-open` before `opened`, `channel.not-admitted` for kinds that are not a joiner's, `channel.message-too-large`.
   * After the close it does nothing: `onClose` has told. The bytes are copied.
   */
  send(kind: Kind, bytes: Uint8Array, priority: Priority = PRIORITY.normal): void {
    if (this.#closed !== undefined) return;
    if (this.#remote === undefined) throw new PeerholdError('channel.not-open');
    if (!this.#permits(kind)) throw new PeerholdError('channel.not-admitted', { kind });
    const message = new Uint8Array(1 + bytes.length);
    message[0] = kind;
    message.set(bytes, 1);
    this.#transport.send(message, priority);
  }

  /** The one handler of a kind (see `MessageHandler` for what its promise means). Messages of kinds without one are ignored: a newer app may send them. */
  on(kind: Kind, handler: MessageHandler): void {
    this.#handlers.set(kind, handler);
  }

  /** Resolves when there is room to send; rejects with the closing code. For bulk senders: await it before each message. */
  async writable(): Promise<void> {
    if (this.#closed === undefined && this.#transport.buffered > QUEUE_HIGH) {
      await new Promise<void>((resolve) => {
        this.#transport.onDrain(resolve);
        this.#closes.add(() => resolve());
      });
    }
    if (this.#closed !== undefined) throw new PeerholdError(this.#closed.code, { by: this.#closed.by });
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.#closed === undefined) this.#closes.add(listener);
    else listener(this.#closed);
  }

  /** Asks `authorise` again, after a change of the roster; closes with `channel.not-authorised` when the answer is no. */
  reauthorise(): void {
    if (this.#remote !== undefined && !this.#options.authorise(this.#remote)) this.close('channel.not-authorised');
  }

  /** On the member's side, once the roster has the joiner's device: from here on it is a member's channel, on both sides. */
  admit(): void {
    if (this.#closed !== undefined || this.#remote?.purpose !== 'join') return;
    // Told first: what listeners here send at once must find the other side admitted.
    this.#control(CONTROL.admit);
    this.#become({ device: this.#remote.device, purpose: 'member', localPurpose: 'member' });
  }

  /** Told when a joiner's channel became a member's, on both sides. */
  onAdmitted(listener: (remote: RemoteIdentity) => void): void {
    this.#admissions.add(listener);
  }

  close(code: string): void {
    this.#transport.close(code);
  }

  #become(remote: RemoteIdentity): void {
    this.#remote = remote;
    this.#admissions.emit(remote);
  }

  #permits(kind: number): boolean {
    const remote = this.#remote;
    return (
      remote !== undefined && (openToJoiners(kind) || (remote.purpose === 'member' && remote.localPurpose === 'member'))
    );
  }

  #control(type: number, body: Uint8Array = new Uint8Array(0)): void {
    const message = new Uint8Array(2 + body.length);
    message[0] = KIND.control;
    message[1] = type;
    message.set(body, 2);
    this.#transport.send(message, PRIORITY.urgent);
  }

  #receive(message: Uint8Array): void | Promise<void> {
    this.#silent = 0;
    if (this.#remote !== undefined && this.#waiting === 0) return this.#dispatch(message);
    // One after the other: the next message may come while a signature is still being checked.
    this.#waiting += 1;
    let handled: void | Promise<void>;
    const turn = this.#turn.then(() => {
      this.#waiting -= 1;
      if (this.#remote !== undefined) handled = this.#dispatch(message);
      else if (message[0] === KIND.control && message[1] === CONTROL.handshake) return this.#shake(message.subarray(2));
      else throw new PeerholdError('channel.not-open');
      return undefined;
    });
    this.#turn = turn;
    return turn.then(() => handled);
  }

  #dispatch(message: Uint8Array): void | Promise<void> {
    const kind = message[0];
    if (kind === undefined) throw new PeerholdError('channel.empty-message');
    if (kind === KIND.control) return this.#receiveControl(message[1]);
    if (!this.#permits(kind)) throw new PeerholdError('channel.not-admitted', { kind });
    return this.#handlers.get(kind)?.(message.subarray(1));
  }

  #receiveControl(type: number | undefined): void {
    if (type === CONTROL.ping) this.#control(CONTROL.pong);
    else if (type === CONTROL.pong) this.#roundTrip = this.#options.clock.now() - this.#pinged;
    else if (type === CONTROL.admit) {
      if (this.#remote?.localPurpose === 'join') this.#become({ ...this.#remote, localPurpose: 'member' });
    } else if (type === CONTROL.handshake) throw new PeerholdError('channel.open-already');
  }

  async #shake(message: Uint8Array): Promise<void> {
    const step = await this.#handshake.receive(message);
    if (this.#closed !== undefined) return;
    // Trust comes before our accept leaves, since large messages may answer it.
    if (step.send !== undefined) {
      if (this.#handshake.verified) this.#transport.setTrust('peer');
      this.#control(CONTROL.handshake, step.send);
    }
    if (step.done === undefined) return;
    // The roster may have changed since the proof was checked.
    if (!this.#options.authorise(step.done)) throw new PeerholdError('channel.not-authorised');
    this.#remote = step.done;
    this.#cancelTimers();
    this.#beat();
    this.#open(step.done);
  }

  #beat(): void {
    this.#after(PING_EVERY, () => {
      this.#silent += 1;
      if (this.#silent >= SILENT_ROUNDS) return this.close('channel.dead');
      this.#pinged = this.#options.clock.now();
      this.#control(CONTROL.ping);
      this.#beat();
    });
  }

  #after(delay: number, run: () => void): void {
    const cancel = this.#options.clock.setTimer(delay, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #finish(reason: CloseReason): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#cancelTimers();
    this.#closes.emit(reason);
  }
}
