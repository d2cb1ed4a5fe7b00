import { randomBytes } from 'node:crypto';
import multicastDns, { type DnsPacket, type MulticastDns } from 'multicast-dns';
import type { Clock } from '../../shared/sync/clock';
import { systemClock } from '../../shared/sync/system';
import { QUESTION, TTL, announcementsIn, isAsked, recordsOf } from './announcement';
import { FoundPlaces } from './found-places';
import { type LocalInterface, isLocal, localInterfaces } from './local-address';

/** Milliseconds. */
const TURN = 5_000;
/** Asked at first, once more soon, and then so seldom that announcements do not run out. */
const ASK_EVERY = 60_000;
const LOOKING = 60_000;
/** Answers are put off by chance up to this long, so that not all come at once, and one answers for however many questions. */
const ANSWER_WITHIN = 500;

export interface DiscoveryOptions {
  /** The port of this installation's own meeting place, while it is open on the LAN. */
  readonly announced?: () => number | undefined;
  readonly interfaces?: () => readonly LocalInterface[];
  readonly clock?: Clock;
  /** For tests beside other programs that speak mDNS. */
  readonly port?: number;
}

/**
 * Meeting places on the LAN, by mDNS over IPv4: announces this installation's own while it is open, and finds others' while somebody looks.
 * It speaks only while one of the two is so. What fails (no network, the port taken) is tried again; a LAN that does not carry multicast
 * finds nothing.
 */
export class LanDiscovery {
  readonly #announced: () => number | undefined;
  readonly #interfaces: () => readonly LocalInterface[];
  readonly #clock: Clock;
  readonly #port: number | undefined;
  readonly #instance = randomBytes(8).toString('hex');
  readonly #sockets = new Map<string, MulticastDns>();
  readonly #found: FoundPlaces;
  #own: readonly LocalInterface[] = [];
  #told: number | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #asked = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answering = false;
  #closed = false;
  #cancel: () => void = () => undefined;

  constructor({ announced, interfaces, clock, port }: DiscoveryOptions = {}) {
    this.#announced = announced ?? (() => undefined);
    this.#interfaces = interfaces ?? localInterfaces;
    this.#clock = clock ?? systemClock;
    this.#port = port;
    this.#found = new FoundPlaces(this.#clock);
    this.#turn();
  }

  /** Addresses of meeting places that are announced now. Whoever asks again within a minute goes on looking. */
  look(): readonly string[] {
    const before = this.#isLooking();
    this.#lookedAt = this.#clock.now();
    if (!before) {
      this.#asked = 0;
      this.#again(0);
    }
    return this.#found.addresses;
  }

  /** What is to be announced has changed. */
  announceNow(): void {
    this.#again(0);
  }

  /** Says that the own place goes, and ends. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancel();
    await this.#takeBack();
    for (const address of this.#sockets.keys()) this.#drop(address);
  }

  #again(delay: number): void {
    this.#cancel();
    if (!this.#closed) this.#cancel = this.#clock.setTimer(delay, () => this.#turn());
  }

  #turn(): void {
    const port = this.#announced();
    const looking = this.#isLooking();
    const changed = port !== this.#told;
    // Also in the turn in which there is nothing more to say: the goodbye has to go out.
    this.#follow(port !== undefined || looking || changed ? this.#interfaces() : []);
    if (changed) {
      void this.#takeBack();
      this.#told = port;
      void this.#tell();
    }
    const due = this.#asked < 2 || this.#clock.now() - this.#askedAt >= ASK_EVERY;
    if (looking && due) {
      this.#asked += 1;
      this.#askedAt = this.#clock.now();
      for (const socket of this.#sockets.values()) socket.query(QUESTION);
    }
    if (this.#sockets.size > 0 || port !== undefined || looking) this.#again(TURN);
  }

  #isLooking(): boolean {
    return this.#clock.now() - this.#lookedAt < LOOKING;
  }

  /** One socket for each interface: a question asked by all must go out by all. */
  #follow(interfaces: readonly LocalInterface[]): void {
    this.#own = interfaces;
    const wanted = new Set(interfaces.map(({ address }) => address));
    for (const address of this.#sockets.keys()) if (!wanted.has(address)) this.#drop(address);
    for (const address of wanted) {
      if (this.#sockets.has(address)) continue;
      const socket = multicastDns({
        interface: address,
        bind: '0.0.0.0',
        ...(this.#port === undefined ? {} : { port: this.#port }),
      });
      this.#sockets.set(address, socket);
      socket.on('error', () => this.#sockets.get(address) === socket && this.#drop(address));
      // Packets that are no DNS, and interfaces that are gone.
      socket.on('warning', () => undefined);
      socket.on('query', (packet) => this.#queried(packet));
      socket.on('response', (packet, sender) => this.#heard(packet, sender.address));
      // A network that this machine came to just now has heard nothing and been asked nothing.
      this.#asked = 0;
      void this.#tell();
    }
  }

  #drop(address: string): void {
    this.#sockets.get(address)?.destroy();
    this.#sockets.delete(address);
  }

  #queried(packet: DnsPacket): void {
    if (this.#answering || this.#told === undefined || !isAsked(packet)) return;
    this.#answering = true;
    this.#clock.setTimer(Math.random() * ANSWER_WITHIN, () => {
      this.#answering = false;
      void this.#tell();
    });
  }

  #heard(packet: DnsPacket, sender: string): void {
    if (!isLocal(sender, this.#own)) return;
    for (const announcement of announcementsIn(packet))
      if (announcement.instance !== this.#instance) this.#found.hear(sender, announcement);
  }

  /** Resolves once it was sent, or could not be. */
  async #tell(seconds = TTL): Promise<void> {
    const port = this.#told;
    if (port === undefined) return;
    const answers = recordsOf({ instance: this.#instance, port, seconds });
    const sent = [...this.#sockets.values()].map(
      (socket) => new Promise<void>((done) => socket.respond({ answers }, () => done())),
    );
    await Promise.all(sent);
  }

  async #takeBack(): Promise<void> {
    const told = this.#tell(0);
    this.#told = undefined;
    await told;
  }
}
