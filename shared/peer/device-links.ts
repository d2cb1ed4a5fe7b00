import { PeerholdError } from '../errors';
import { id, integer, object, oneOf, nullable } from '../record/shape';
import type { PeerStore } from './store';

const KEY = 'device-links';
/** Links that are remembered, so that one that is opened too late or twice says so. */
const MAX_LINKS = 20;

const shape = object({
  /** Milliseconds since 1970. */
  expires: integer(0, Number.MAX_SAFE_INTEGER),
  /** The device that came with it: from then on it is of use to that one only. */
  device: nullable(id),
  state: oneOf('open', 'refused', 'replaced'),
});
interface DeviceLink {
  readonly expires: number;
  readonly device: string | null;
  readonly state: 'open' | 'refused' | 'replaced';
}

/** The device links that this device made, by the public half of their secret. They are kept here and nowhere else. */
export class DeviceLinks {
  readonly #store: PeerStore;
  #links: ReadonlyMap<string, DeviceLink>;

  private constructor(store: PeerStore, links: ReadonlyMap<string, DeviceLink>) {
    this.#store = store;
    this.#links = links;
  }

  static async recall(store: PeerStore): Promise<DeviceLinks> {
    const stored = await store.recall(KEY);
    const links = new Map<string, DeviceLink>();
    if (stored instanceof Map) for (const [link, row] of stored) if (id(link) && shape(row)) links.set(link, row);
    return new DeviceLinks(store, links);
  }

  has(link: string): boolean {
    return this.#links.has(link);
  }

  /** Remembers a new link; one that nobody has used yet is good for nothing from now on. */
  async add(link: string, expires: number): Promise<void> {
    const links = new Map(
      [...this.#links].map(([key, row]) => [
        key,
        row.device === null && row.state === 'open' ? { ...row, state: 'replaced' as const } : row,
      ]),
    );
    links.set(link, { expires, device: null, state: 'open' });
    await this.#keep(links);
  }

  /** Binds a link to the device that came with it. Throws `device-link-unknown`, `-replaced`, `-refused`, `-used`, `-expired`. */
  async bind(link: string, device: string, now: number): Promise<void> {
    const row = this.#links.get(link);
    if (row === undefined) throw new PeerholdError('device-link-unknown');
    if (row.state !== 'open') throw new PeerholdError(`device-link-${row.state}`);
    if (row.device !== null && row.device !== device) throw new PeerholdError('device-link-used');
    if (row.expires < now) throw new PeerholdError('device-link-expired');
    if (row.device === null) await this.#keep(new Map(this.#links).set(link, { ...row, device }));
  }

  async refuse(link: string): Promise<void> {
    const row = this.#links.get(link);
    if (row !== undefined) await this.#keep(new Map(this.#links).set(link, { ...row, state: 'refused' }));
  }

  /** Rejects where the disk does not take it; nothing is changed then. */
  async #keep(links: ReadonlyMap<string, DeviceLink>): Promise<void> {
    const kept = new Map([...links].slice(-MAX_LINKS));
    await this.#store.remember(KEY, kept);
    this.#links = kept;
  }
}
