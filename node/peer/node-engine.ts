import { join } from 'node:path';
import type { EngineEvent } from '../../shared/engine/contract';
import { EngineHost } from '../../shared/engine/host';
import type { Meetings } from '../../shared/engine/ports';
import { ByHand } from '../../shared/sync/meeting/by-hand/by-hand';
import { type Meet, type MeetStatus, meet } from '../../shared/sync/meeting/meet';
import { systemClock, systemRandom } from '../../shared/sync/system';
import type { Profile } from '../profile/profile';
import { LevelInstallation } from '../store/installation';
import type { IceServer } from '../../shared/sync/webrtc/ports';
import type { LanDiscovery } from '../lan/discovery';
import { OpenConnections } from '../sync/open-connections';
import { nodeRuntime } from '../sync/runtime';
import { watchSleep } from './sleep-watch';

/** Milliseconds between two looks at what was found; what is found is kept by the discovery meanwhile. */
const LOOK_EVERY = 500;

/** Milliseconds; each connection ends after a second at most, whatever the other side does. */
const FLUSH_TIME = 2_000;

export interface NodeEngineOptions {
  /** Whether it connects to others. */
  readonly meets: boolean;
  readonly emit?: (event: EngineEvent) => void;
  /** Finds meeting places around here; none where it is left out. It is closed with the engine. */
  readonly discovery?: LanDiscovery;
  /** The clock of the day, milliseconds since 1970; this machine's where it is left out. */
  readonly now?: () => number;
}

const NOBODY: Meetings = { meet: () => undefined, forgive: () => undefined, part: () => undefined };

/** The app's engine on this machine: a profile's networks in LevelDB, its connections in this process. */
export class NodeEngine {
  readonly host: EngineHost;
  /** Whether it connects to others. */
  readonly meets: boolean;
  readonly #installation: LevelInstallation;
  readonly #discovery: LanDiscovery | undefined;
  readonly #looking: NodeJS.Timeout | undefined;
  readonly #endWatch: (() => void) | undefined;
  readonly #connections = new OpenConnections(nodeRuntime.connection);
  readonly #runtime = { ...nodeRuntime, connection: this.#connections.open };
  readonly #meets = new Map<string, Promise<Meet>>();
  readonly #searches = new Map<string, MeetStatus>();
  readonly #iceServers = new Map<string, readonly IceServer[]>();

  private constructor(
    installation: LevelInstallation,
    { meets, emit, discovery, now = () => Date.now() }: NodeEngineOptions,
  ) {
    this.#installation = installation;
    this.meets = meets;
    this.host = new EngineHost(
      {
        installation: Promise.resolve(installation),
        meetings: meets ? this.#meetings : NOBODY,
        around: { clock: systemClock, random: systemRandom, now },
      },
      emit ?? (() => undefined),
    );
    if (meets) this.#endWatch = watchSleep(systemClock, now, () => void this.#wake());
    this.#discovery = discovery;
    if (discovery !== undefined)
      this.#looking = setInterval(() => {
        if (this.#meets.size > 0) this.host.places.found = discovery.look();
      }, LOOK_EVERY);
  }

  /** Rejects with `profile-in-use` while another process has the profile open. */
  static async open(profile: Profile, options: NodeEngineOptions): Promise<NodeEngine> {
    return new NodeEngine(await LevelInstallation.open(join(profile.directory, 'peer')), options);
  }

  /** How the search for a network's peers did last, also for one that is only being joined. */
  meeting(network: string): MeetStatus | undefined {
    return this.#searches.get(network);
  }

  /** Connecting by hand in a network that is open and online. */
  byHand(network: string): ByHand {
    return new ByHand({
      ...this.#runtime,
      network,
      now: () => Date.now(),
      iceServers: () => this.#iceServers.get(network) ?? [],
      onTransport: (transport) => void this.host.connect(network, transport),
    });
  }

  /** What was connected is gone, and what waited for its next try waits no longer. */
  async #wake(): Promise<void> {
    await this.host.setAwake(false);
    await this.host.setAwake(true);
  }

  /** Lets go of every network, connection and file, once the others have been told what was to be said. */
  async close(): Promise<void> {
    this.#endWatch?.();
    await this.host.shutDown();
    for (const network of this.#meets.keys()) this.#meetings.part(network, 'channel.closed');
    await this.#connections.allClosed(FLUSH_TIME);
    clearInterval(this.#looking);
    await this.#discovery?.close();
    await this.#installation.close();
  }

  readonly #meetings: Meetings = {
    meet: (network, places, iceServers) => {
      this.#iceServers.set(network, iceServers);
      const known = this.#meets.get(network);
      if (known !== undefined)
        return void known.then((meeting) => {
          meeting.setIceServers(iceServers);
          meeting.setServers(places);
        });
      this.#meets.set(
        network,
        meet(this.#runtime, {
          network,
          servers: places,
          iceServers,
          onTransport: (transport) => void this.host.connect(network, transport),
          onStatus: (status) => {
            this.#searches.set(network, status);
            this.host.tellMeeting(network, status);
          },
        }),
      );
    },
    forgive: (network) => void this.#meets.get(network)?.then((meeting) => meeting.forgive()),
    part: (network, code) => {
      const meeting = this.#meets.get(network);
      this.#meets.delete(network);
      void meeting?.then((one) => one.close(code));
    },
  };
}
