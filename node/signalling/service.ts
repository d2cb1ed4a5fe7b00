import { PeerholdError, errorCode } from '../../shared/errors';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import type { LanAddresses } from '../../shared/ipc/contract';
import { LanDiscovery } from '../lan/discovery';
import { lanAddresses } from './addresses';
import { SignallingHub } from './hub';
import type { SignallingLimits } from './limits';
import { closeServer, createHubServer, listen, upgradeRequired, type HubServer } from './listener';

const LOOPBACK = '127.0.0.1';

/** What the service keeps over restarts; the profile stores it. */
export interface LanMemory {
  readonly lanOpen: boolean;
  readonly lanPort: number | undefined;
}

export interface SignallingOptions {
  /** Last known state of the LAN listener. */
  readonly memory?: LanMemory;
  /** Called with what is to be kept whenever it changes. */
  readonly remember?: (memory: LanMemory) => Promise<void>;
  readonly limits?: Partial<SignallingLimits>;
}

/**
 * The app's own signalling: one hub, reached on loopback always and on the LAN while the person has it open. While it is, it is announced
 * there.
 * Loopback is either a listener of this service (`listenLoopback`) or another HTTP server of the app that passes its
 * upgrades to `hub`, which then says so with `useLoopback`.
 */
export class SignallingService {
  readonly hub: SignallingHub;
  readonly #discovery: LanDiscovery;
  readonly #remember: (memory: LanMemory) => Promise<void>;
  #memory: LanMemory;
  #loopback: HubServer | undefined;
  #loopbackPort: number | undefined;
  #lan: HubServer | undefined;
  #lanPort: number | undefined;
  // Opening and closing run one after the other, however they are called.
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: SignallingOptions = {}) {
    this.hub = new SignallingHub(options.limits);
    this.#memory = options.memory ?? { lanOpen: false, lanPort: undefined };
    this.#remember = options.remember ?? (() => Promise.resolve());
    this.#discovery = new LanDiscovery({ announced: () => this.#lanPort });
  }

  /** Listens on loopback; a taken port is replaced by a free one, which is harmless for signalling. Gives the port. */
  async listenLoopback(port = 0): Promise<number> {
    const server = createHubServer(this.hub, upgradeRequired);
    this.#loopbackPort = await listenPreferring(server, LOOPBACK, port);
    this.#loopback = server;
    return this.#loopbackPort;
  }

  /** Says on which loopback port the hub is reached through another server. */
  useLoopback(port: number): void {
    this.#loopbackPort = port;
  }

  /** Opens the LAN again if it was open when the app was last used. A failure leaves it closed. */
  async restore(): Promise<void> {
    if (this.#memory.lanOpen) await this.openLan();
  }

  get lanOpen(): boolean {
    return this.#lan !== undefined;
  }

  /** Every address of this service: loopback first, then the LAN's. */
  addresses(): string[] {
    const loopback =
      this.#loopbackPort === undefined ? [] : [`ws://${LOOPBACK}:${this.#loopbackPort}${SIGNALLING_PATH}`];
    return this.#lanPort === undefined ? loopback : [...loopback, ...lanAddresses(this.#lanPort)];
  }

  /**
   * Listens on all interfaces: at this port and no other; where none is given, at that of the last time, or a free one where that is taken.
   * @throws PeerholdError `node.listen-failed`, and for a port that is given `node.port-in-use`.
   */
  openLan(wanted?: number): Promise<LanAddresses> {
    return this.#enqueue(async () => {
      if (this.#lan === undefined) {
        const { server, port } = await (wanted === undefined
          ? listenEverywhere(this.hub, this.#memory.lanPort ?? 0, listenPreferring)
          : listenEverywhere(this.hub, wanted, listen));
        this.#lan = server;
        this.#lanPort = port;
        this.#discovery.announceNow();
        await this.#keep({ lanOpen: true, lanPort: port });
      }
      return { addresses: lanAddresses(this.#lanPort ?? 0) };
    });
  }

  /** Ends the LAN listener and the connections that came through it; keeps its port for the next time. */
  closeLan(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#stopLan();
      await this.#keep({ lanOpen: false, lanPort: this.#memory.lanPort });
    });
  }

  /** Others' on the LAN, as announced there now. Looks for them for as long as it is asked. */
  lanPlaces(): LanAddresses {
    return { addresses: this.#discovery.look() };
  }

  /** Ends everything; what is remembered stays. */
  async close(): Promise<void> {
    await this.#enqueue(async () => {
      this.hub.close();
      await this.#discovery.close();
      await this.#stopLan();
      if (this.#loopback !== undefined) await closeServer(this.#loopback);
      this.#loopback = undefined;
    });
  }

  async #stopLan(): Promise<void> {
    const server = this.#lan;
    this.#lan = undefined;
    this.#lanPort = undefined;
    if (server === undefined) return;
    this.#discovery.announceNow();
    await closeServer(server);
  }

  async #keep(memory: LanMemory): Promise<void> {
    this.#memory = memory;
    await this.#remember(memory);
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

async function listenPreferring(server: HubServer, host: string, port: number): Promise<number> {
  try {
    return await listen(server, host, port);
  } catch (error) {
    if (port === 0 || !(error instanceof PeerholdError) || error.code !== 'node.port-in-use') throw error;
    return listen(server, host, 0);
  }
}

/** Both families where the system has IPv6, else IPv4 alone. */
async function listenEverywhere(
  hub: SignallingHub,
  wanted: number,
  listenAt: typeof listen,
): Promise<{ server: HubServer; port: number }> {
  const dual = createHubServer(hub, upgradeRequired);
  try {
    return { server: dual, port: await listenAt(dual, '::', wanted) };
  } catch (error) {
    if (errorCode(error) === 'node.port-in-use') throw error;
    const v4 = createHubServer(hub, upgradeRequired);
    return { server: v4, port: await listenAt(v4, '0.0.0.0', wanted) };
  }
}
