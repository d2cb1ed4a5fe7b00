import type { State } from '../network/state';
import { activeMembers } from '../network/membership/queries';
import type { RecordSet } from '../record/record';
import { id, integer, object } from '../record/shape';
import { lengthOf } from './own-chain';
import type { PeerStore } from './store';

/** What a member has of my events, as last heard from any of their devices; or a keeper, which is not its member's having it. */
export interface Delivery {
  readonly member: string;
  /** The device, of a keeper. */
  readonly keeper?: string;
  /** How many of my events they lack. */
  readonly lacks: number;
  /** Milliseconds since 1970; null: never heard. */
  readonly heard: number | null;
  readonly connected: boolean;
}

const KEY = 'deliveries';
const heard = object({ has: integer(0, Number.MAX_SAFE_INTEGER), at: integer(0, Number.MAX_SAFE_INTEGER) });
const note = object({ own: id, devices: (value): value is Map<unknown, unknown> => value instanceof Map });
type Heard = { readonly has: number; readonly at: number };

/** Remembers, across restarts, what each other device has said it has of this device's events. */
export class Deliveries {
  readonly #store: PeerStore;
  /** This device: one that takes its place on this disk has delivered nothing yet. */
  readonly #own: string;
  readonly #devices: Map<string, Heard>;
  #writing = false;
  #again = false;

  private constructor(store: PeerStore, own: string, devices: Map<string, Heard>) {
    this.#store = store;
    this.#own = own;
    this.#devices = devices;
  }

  static async recall(store: PeerStore, own: string): Promise<Deliveries> {
    const stored = await store.recall(KEY);
    const devices = new Map<string, Heard>();
    if (note(stored) && stored.own === own)
      for (const [device, value] of stored.devices)
        if (typeof device === 'string' && heard(value)) devices.set(device, value);
    return new Deliveries(store, own, devices);
  }

  note(device: string, has: number, at: number): void {
    this.#devices.set(device, { has, at });
    this.#again = true;
    if (!this.#writing) void this.#write();
  }

  /** How many of this device's events the one that has most of them said it has. */
  get most(): number {
    return Math.max(0, ...[...this.#devices.values()].map(({ has }) => has));
  }

  /** How many of this device's events another last said it has; 0 where it was never heard. */
  of(device: string): number {
    return this.#devices.get(device)?.has ?? 0;
  }

  /** By device: when it last said what it has, in milliseconds since 1970. */
  heard(): ReadonlyMap<string, number> {
    return new Map([...this.#devices].map(([device, { at }]) => [device, at]));
  }

  list(
    state: State,
    me: { readonly device: string; readonly member: string },
    record: RecordSet,
    connections: ReadonlyMap<string, unknown>,
  ): Delivery[] {
    const mine = lengthOf(record, me.device);
    const by = (devices: readonly string[]): Omit<Delivery, 'member'> => {
      const known = devices.flatMap((device) => this.#devices.get(device) ?? []);
      const best = known.reduce<Heard | undefined>((a, b) => (a === undefined || b.has > a.has ? b : a), undefined);
      return {
        lacks: Math.max(0, mine - (best?.has ?? 0)),
        heard: known.length === 0 ? null : Math.max(...known.map((one) => one.at)),
        connected: devices.some((device) => connections.has(device)),
      };
    };
    const isKeeper = (device: string): boolean => state.devices.get(device)?.role === 'keeper';
    const members = activeMembers(state);
    const keepers = members.flatMap(({ devices }) =>
      devices.filter((device) => isKeeper(device) && state.devices.get(device)?.status === 'active'),
    );
    return [
      ...members
        .filter(({ id }) => id !== me.member)
        .map((member) => ({ member: member.id, ...by(member.devices.filter((device) => !isKeeper(device))) })),
      ...keepers
        .filter((device) => device !== me.device)
        .map((keeper) => ({ member: state.devices.get(keeper)!.member, keeper, ...by([keeper]) })),
    ];
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#again) {
      this.#again = false;
      // A lost note only makes the indicator show less than is true until the next word.
      await this.#store.remember(KEY, { own: this.#own, devices: new Map(this.#devices) }).catch(() => undefined);
    }
    this.#writing = false;
  }
}
