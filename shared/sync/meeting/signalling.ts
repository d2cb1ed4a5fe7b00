import { type Clock, fraction, type Random } from '../clock';
import type { SignalBox } from './signal-box';

/** Milliseconds. */
const RETRY_FIRST = 500;
const RETRY_LONGEST = 30_000;
/** A connection that lasted this long was a good one: the next failure counts as the first. */
const STEADY = 5_000;
const PING_EVERY = 20_000;
const DEAD_AFTER = 50_000;
/** Whoever is there has answered a newcomer's announcement by then. */
const LISTEN = 3_000;
const MAX_SERVERS = 16;
const MAX_TEXT = 256 * 1024;
/** Remembered publications, so that what comes over several servers, or again, is read once. */
const MAX_SEEN = 2048;
/** Publications being decrypted at once; what comes on top is dropped, as the wire itself may drop. */
const MAX_OPENING = 64;

export interface ServerState {
  readonly address: string;
  readonly connected: boolean;
  /** Whether it was listened to for some time, or found to be out of reach: before, nothing can be said of who is there. */
  readonly tried: boolean;
}

/** What is used of a WebSocket: a browser's own, or a library's in Node. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown }) => void,
  ): void;
}
export type OpenSocket = (address: string) => Socket;

export interface SignallingOptions {
  readonly box: SignalBox;
  readonly clock: Clock;
  readonly random: Random;
  /** A decrypted publication of somebody else or, from servers that echo, of ourselves; and the server that it came from first. */
  onMessage(plain: Uint8Array, address: string): void;
  /** A server was reached, for the first time or again. */
  onReachable(): void;
  onChange?(states: readonly ServerState[]): void;
  readonly openSocket: OpenSocket;
}

/**
 * Client of the publish and subscribe protocol that y-webrtc's signalling servers speak, on several servers at once. Servers are not
 * trusted: they may lie, repeat, drop, reorder and flood; nothing that comes from one throws.
 */
export class Signalling {
  readonly #options: SignallingOptions;
  readonly #servers = new Map<string, Server>();
  readonly #seen = new Set<string>();
  #opening = 0;

  constructor(options: SignallingOptions) {
    this.#options = options;
  }

  get states(): readonly ServerState[] {
    return [...this.#servers].map(([address, { connected, tried }]) => ({ address, connected, tried }));
  }

  /** The servers to be connected to from now on; connections to others end. Those beyond the first sixteen are left out. */
  setServers(addresses: readonly string[]): void {
    const wanted = new Set(addresses.filter(isAddress).slice(0, MAX_SERVERS));
    for (const [address, server] of this.#servers) {
      if (wanted.has(address)) continue;
      server.close();
      this.#servers.delete(address);
    }
    for (const address of wanted)
      if (!this.#servers.has(address)) this.#servers.set(address, new Server(address, this.#options, this.#events));
    this.#changed();
  }

  /** Sends to every server that is connected now. Nothing is kept for later: who comes later is announced to anew. */
  async publish(plain: Uint8Array): Promise<void> {
    const { box } = this.#options;
    const data = await box.seal(plain);
    this.#remember(data);
    const text = JSON.stringify({ type: 'publish', topic: box.topic, data });
    for (const server of this.#servers.values()) server.send(text);
  }

  /** Tries again at once what could not be reached: the machine has a network again. */
  retry(): void {
    for (const server of this.#servers.values()) server.retry();
  }

  close(): void {
    this.setServers([]);
  }

  readonly #events: ServerEvents = {
    state: (connected) => {
      this.#changed();
      if (connected) this.#options.onReachable();
    },
    listened: () => this.#changed(),
    text: (text, address) => void this.#receive(text, address),
  };

  async #receive(text: string, address: string): Promise<void> {
    const { box } = this.#options;
    const data = publicationOf(text, box.topic);
    if (data === undefined || this.#seen.has(data) || this.#opening >= MAX_OPENING) return;
    this.#remember(data);
    this.#opening += 1;
    const plain = await box.open(data);
    this.#opening -= 1;
    if (plain !== undefined && this.#servers.size > 0) this.#options.onMessage(plain, address);
  }

  #remember(data: string): void {
    this.#seen.add(data);
    const [oldest] = this.#seen;
    if (this.#seen.size > MAX_SEEN && oldest !== undefined) this.#seen.delete(oldest);
  }

  #changed(): void {
    this.#options.onChange?.(this.states);
  }
}

const isAddress = (address: string): boolean => /^wss?:\/\/[^\s/]/i.test(address);

function publicationOf(text: string, topic: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const message = value as Record<string, unknown>;
    const matches = message['type'] === 'publish' && message['topic'] === topic;
    return matches && typeof message['data'] === 'string' ? message['data'] : undefined;
  } catch {
    return undefined;
  }
}

interface ServerEvents {
  state(connected: boolean): void;
  listened(): void;
  text(text: string, address: string): void;
}

/** One server, reconnected for as long as it is wanted. */
class Server {
  readonly #address: string;
  readonly #options: SignallingOptions;
  readonly #events: ServerEvents;
  #socket: Socket | undefined;
  #cancel: () => void = () => undefined;
  #failures = 0;
  #heard = 0;
  #closed = false;
  connected = false;
  tried = false;

  constructor(address: string, options: SignallingOptions, events: ServerEvents) {
    this.#address = address;
    this.#options = options;
    this.#events = events;
    this.#connect();
  }

  send(text: string): void {
    if (this.connected && this.#socket?.readyState === 1) this.#socket.send(text);
  }

  retry(): void {
    if (this.#closed || this.#socket !== undefined) return;
    this.#cancel();
    this.#failures = 0;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#lost(this.#socket);
  }

  #connect(): void {
    const { clock, box, openSocket } = this.#options;
    let socket: Socket;
    try {
      socket = openSocket(this.#address);
    } catch {
      return this.#lost(undefined);
    }
    this.#socket = socket;
    const started = clock.now();
    this.#heard = started;
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return socket.close();
      this.connected = true;
      this.tried = false;
      this.#listen(socket);
      this.send(JSON.stringify({ type: 'subscribe', topics: [box.topic] }));
      this.#events.state(true);
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket !== socket) return;
      this.#heard = clock.now();
      if (this.#heard - started > STEADY) this.#failures = 0;
      if (typeof data === 'string') this.#events.text(data, this.#address);
    });
    // An error is followed by a close; a library's unheard one would end the process.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => this.#lost(socket));
    this.#watch(socket);
  }

  #listen(socket: Socket): void {
    this.#options.clock.setTimer(LISTEN, () => {
      if (this.#socket !== socket) return;
      this.tried = true;
      this.#events.listened();
    });
  }

  /** Pings, so that a server that vanished without a word is noticed. */
  #watch(socket: Socket): void {
    const { clock } = this.#options;
    this.#cancel = clock.setTimer(PING_EVERY, () => {
      if (clock.now() - this.#heard > DEAD_AFTER || !this.connected) return this.#lost(socket);
      this.send('{"type":"ping"}');
      this.#watch(socket);
    });
  }

  #lost(socket: Socket | undefined): void {
    if (this.#socket !== socket) return;
    this.#cancel();
    this.#socket = undefined;
    socket?.close();
    const isNews = this.connected || !this.tried;
    this.connected = false;
    this.tried = true;
    if (!this.#closed) {
      const { clock, random } = this.#options;
      const delay = Math.min(RETRY_LONGEST, RETRY_FIRST * 2 ** Math.min(this.#failures, 10));
      this.#failures += 1;
      this.#cancel = clock.setTimer(delay * (0.5 + fraction(random)), () => this.#connect());
    }
    if (isNews) this.#events.state(false);
  }
}
