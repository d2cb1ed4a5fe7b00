import type { EngineEvent } from '../../shared/engine/contract';
import { PeerholdError } from '../../shared/errors';
import { Listeners } from '../../shared/sync/listeners';
import { LanDiscovery } from '../lan/discovery';
import { NodeEngine } from '../peer/node-engine';
import type { Profile } from '../profile/profile';
import { type ServedPlace, servePlace } from './places';
import { SharedUse } from './shared-use';

/** A profile that this process has open, for one command or for several at once. */
export class OpenProfile {
  readonly profile: Profile;
  readonly engine: NodeEngine;
  readonly events: Listeners<EngineEvent>;
  /** A network that has come to the profile since it was opened. */
  readonly added = new Listeners<string>();
  /** Whether a keeper has it: it opens what is added. */
  keeps = false;
  /** This profile's meeting place; given is the port that it is to have. */
  readonly place: SharedUse<ServedPlace, number | undefined>;
  readonly #networks = new Map<string, SharedUse<void>>();
  readonly #verifications = new Map<string, SharedUse<void>>();
  readonly #underWay = new Set<string>();

  private constructor(profile: Profile, engine: NodeEngine, events: Listeners<EngineEvent>) {
    this.profile = profile;
    this.engine = engine;
    this.events = events;
    const { host } = engine;
    this.place = new SharedUse(
      async (port) => {
        const served = await servePlace(profile, port);
        host.places.own = served.addresses;
        return served;
      },
      async (served) => {
        host.places.own = [];
        await served.close();
      },
    );
  }

  /** Rejects with `profile-in-use` while another process has it open. */
  static async open(profile: Profile, { meets }: { readonly meets: boolean }): Promise<OpenProfile> {
    const events = new Listeners<EngineEvent>();
    const engine = await NodeEngine.open(profile, {
      meets,
      ...(meets ? { discovery: new LanDiscovery() } : {}),
      emit: (event) => events.emit(event),
    });
    return new OpenProfile(profile, engine, events);
  }

  /** A network that somebody has open: closed after the last. */
  network(id: string): SharedUse<void> {
    return shared(this.#networks, id, () => this.engine.host.close(id));
  }

  /** A network that somebody verifies: given up after the last. */
  verification(id: string): SharedUse<void> {
    return shared(this.#verifications, id, () => this.engine.host.cancelVerify(id));
  }

  /** Does what can be under way only once. Rejects with `profile-busy` while it is. */
  async once<T>(what: string, run: () => Promise<T>): Promise<T> {
    if (this.#underWay.has(what)) throw new PeerholdError('profile-busy');
    this.#underWay.add(what);
    try {
      return await run();
    } finally {
      this.#underWay.delete(what);
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

function shared(all: Map<string, SharedUse<void>>, id: string, end: () => Promise<void>): SharedUse<void> {
  const one = all.get(id) ?? new SharedUse<void>(async () => undefined, end);
  all.set(id, one);
  return one;
}
