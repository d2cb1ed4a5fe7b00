import { join } from 'node:path';
import type { EngineEvent } from '../../shared/engine/contract';
import { EngineHost } from '../../shared/engine/host';
import type { Meetings } from '../../shared/engine/ports';
import { type Meet, meet } from '../../shared/sync/meeting/meet';
import { systemClock, systemRandom } from '../../shared/sync/system';
import type { Profile } from '../profile/profile';
import { LevelInstallation } from '../store/installation';
import { nodeRuntime } from '../sync/runtime';

export interface NodeEngineOptions {
  /** Whether it connects to others. */
  readonly meets: boolean;
  readonly emit?: (event: EngineEvent) => void;
}

const NOBODY: Meetings = { meet: () => undefined, forgive: () => undefined, part: () => undefined };

/** The app's engine on this machine: a profile's networks in LevelDB, its connections in this process. */
export class NodeEngine {
  readonly host: EngineHost;
  readonly #installation: LevelInstallation;
  readonly #meets = new Map<string, Promise<Meet>>();

  private constructor(installation: LevelInstallation, { meets, emit }: NodeEngineOptions) {
    this.#installation = installation;
    this.host = new EngineHost(
      {
        installation: Promise.resolve(installation),
        meetings: meets ? this.#meetings : NOBODY,
        around: { clock: systemClock, random: systemRandom, now: () => Date.now() },
      },
      emit ?? (() => undefined),
    );
  }

  /** Rejects with `profile-in-use` while another process has the profile open. */
  static async open(profile: Profile, options: NodeEngineOptions): Promise<NodeEngine> {
    return new NodeEngine(await LevelInstallation.open(join(profile.directory, 'peer')), options);
  }

  /** Lets go of every network, connection and file. */
  async close(): Promise<void> {
    await this.host.shutDown();
    for (const network of this.#meets.keys()) this.#meetings.part(network, 'channel.closed');
    await this.#installation.close();
  }

  readonly #meetings: Meetings = {
    meet: (network, places) => {
      const known = this.#meets.get(network);
      if (known !== undefined) return void known.then((meeting) => meeting.setServers(places));
      this.#meets.set(
        network,
        meet(nodeRuntime, {
          network,
          servers: places,
          onTransport: (transport) => void this.host.connect(network, transport),
          onStatus: ({ servers }) => this.host.tellPlaces(network, servers),
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
