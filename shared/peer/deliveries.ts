import type { State } from '../network/state';
import { activeMembers } from '../network/membership/queries';
import { clockOf } from '../record/ancestry';
import type { RecordSet } from '../record/record';
import { id, integer, object, optional } from '../record/shape';
import { lengthOf } from './own-chain';
import type { PeerStore } from './store';
import { TextDeliveries } from './text-deliveries';

/**
 * What a member has of my events: as any of their devices last said, and as what they signed shows, since whoever cites an event of mine
 * has all that came before it. Or what a keeper has, which is not its member's having it; or another device of my own.
 */
export interface Delivery {
  readonly member: string;
  /** The device, of a keeper. */
  readonly keeper?: string;
  /** The device, of another one of mine. */
  readonly own?: string;
  /** How many of my events they lack. */
  readonly lacks: number;
  /** How many pages, discussions and drafts that I wrote in they may not have as they are here. */
  readonly lacksTexts: number;
  /**
   * Since when it is known, by their word, that they lack no event: milliseconds since 1970. They may have had them before. Null where they
   * lack some, where there is nothing to have, and where only what they signed shows it.
   */
  readonly completeSince: number | null;
  /** Milliseconds since 1970; null: never heard. */
  readonly heard: number | null;
  readonly connected: boolean;
}

const KEY = 'deliveries';
const time = integer(0, Number.MAX_SAFE_INTEGER);
const heard = object({ has: integer(0, Number.MAX_SAFE_INTEGER), at: time, since: optional(time) });
const note = object({ own: id, devices: (value): value is Map<unknown, unknown> => value instanceof Map });
/** `at`: when it was last said; `since`: when this many were first said. */
type Heard = { readonly has: number; readonly at: number; readonly since?: number | undefined };

/** Remembers, across restarts, what each other device has said it has of what this device signed, and of what was written on it. */
export class Deliveries {
  readonly texts: TextDeliveries;
  readonly #store: PeerStore;
  /** This device: one that takes its place on this disk has delivered nothing yet. */
  readonly #own: string;
  readonly #devices: Map<string, Heard>;
  #writing = false;
  #again = false;

  private constructor(store: PeerStore, own: string, devices: Map<string, Heard>, texts: TextDeliveries) {
    this.texts = texts;
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
    return new Deliveries(store, own, devices, await TextDeliveries.recall(store, own));
  }

  note(device: string, has: number, at: number): void {
    const before = this.#devices.get(device);
    const since = before?.has === has ? before.since : at;
    this.#devices.set(device, { has, at, ...(since === undefined ? {} : { since }) });
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
    const shown = ownSeenBy(record, me.device);
    const by = (devices: readonly string[]): Omit<Delivery, 'member'> => {
      const known = devices.flatMap((device) => this.#devices.get(device) ?? []);
      const has = Math.max(0, ...known.map((one) => one.has), ...devices.map((device) => shown.get(device) ?? 0));
      const complete = known.flatMap((one) => (one.has >= mine ? (one.since ?? []) : []));
      return {
        lacks: Math.max(0, mine - has),
        // Of several devices of one member, the one that has most of them.
        lacksTexts: leastOf(devices.map((device) => this.texts.lacks(device).size)),
        completeSince: mine === 0 || complete.length === 0 ? null : Math.min(...complete),
        heard: known.length === 0 ? null : Math.max(...known.map((one) => one.at)),
        connected: devices.some((device) => connections.has(device)),
      };
    };
    const isKeeper = (device: string): boolean => state.devices.get(device)?.role === 'keeper';
    const members = activeMembers(state);
    const active = members.flatMap(({ devices }) =>
      devices.filter((device) => device !== me.device && state.devices.get(device)?.status === 'active'),
    );
    return [
      ...members
        .filter(({ id }) => id !== me.member)
        .map((member) => ({ member: member.id, ...by(member.devices.filter((device) => !isKeeper(device))) })),
      ...active
        .filter((device) => !isKeeper(device) && state.devices.get(device)?.member === me.member)
        .map((own) => ({ member: me.member, own, ...by([own]) })),
      ...active
        .filter(isKeeper)
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

/** 0 of none. */
const leastOf = (counts: readonly number[]): number => (counts.length === 0 ? 0 : Math.min(...counts));

/** By device: how many of one device's events it has seen, as what it signed shows. */
function ownSeenBy(record: RecordSet, own: string): ReadonlyMap<string, number> {
  const tips = record.tips();
  const lanes = tips.flatMap((tip) => (tip.device === own ? [tip.lane] : []));
  const seen = new Map<string, number>();
  for (const tip of tips) {
    const clock = clockOf(tip, record);
    const count = lanes.reduce((sum, lane) => sum + (clock[lane] ?? 0), 0);
    seen.set(tip.device, Math.max(seen.get(tip.device) ?? 0, count));
  }
  return seen;
}
