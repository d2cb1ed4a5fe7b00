import type { Route } from '../channel/ports';
import type { Clock } from '../clock';
import type { IceTransport, PeerConnection } from './ports';
import { routeOf } from './route';

/** Milliseconds. ICE often finds a better pair in the first seconds. */
const SETTLED_AFTER = 5_000;
/** For runtimes that do not tell when the pair in use is another one, as the library in Node. */
const AGAIN_AFTER = 60_000;

/** Reads by which route a connection goes: when it opens, when the runtime says that something changed, and seldom besides. */
export class RouteWatch {
  #connection: PeerConnection | undefined;
  readonly #clock: Clock;
  readonly #ice: IceTransport | undefined;
  #told: (route: Route | null) => void;
  #cancel: () => void = () => undefined;
  #reading = false;
  #again = false;

  constructor(connection: PeerConnection, clock: Clock, told: (route: Route | null) => void) {
    this.#connection = connection;
    this.#clock = clock;
    this.#told = told;
    // Noted now: a closed connection has none.
    this.#ice = connection.sctp?.transport?.iceTransport;
    if (connection.getStats === undefined) return;
    connection.addEventListener('connectionstatechange', this.#look);
    this.#ice?.addEventListener?.('selectedcandidatepairchange', this.#look);
    this.#next(SETTLED_AFTER);
    this.#look();
  }

  end(): void {
    this.#cancel();
    // The library in Node holds transports, and readings that it never answers, for as long as the program runs, and all that they lead to.
    this.#ice?.removeEventListener?.('selectedcandidatepairchange', this.#look);
    this.#told = () => undefined;
    this.#connection = undefined;
  }

  readonly #look = (): void => void this.#read();

  #next(delay: number): void {
    this.#cancel = this.#clock.setTimer(delay, () => {
      this.#next(AGAIN_AFTER);
      void this.#read();
    });
  }

  /** One reading at a time; what is asked for meanwhile is one more. */
  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again && this.#connection !== undefined) {
      this.#again = false;
      try {
        const stats = await this.#connection.getStats!();
        this.#told(routeOf(stats));
      } catch {
        // Closed meanwhile, or a runtime that can not say: then what was known last stands until it closes.
      }
    }
    this.#reading = false;
  }
}
