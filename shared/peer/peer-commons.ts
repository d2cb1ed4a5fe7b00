import type { Docs } from '../commons/docs';
import { Presence, type PresenceOptions } from '../commons/presence';
import type { StoredUpdate } from '../commons/ports';
import { DocSync } from '../commons/sync';
import { PeerholdError } from '../errors';
import type { Clock } from '../sync/clock';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { PRIORITY } from '../sync/channel/ports';
import type { Access } from './access';
import { ApartDesk } from './changed-apart';
import type { PeerStore } from './store';
import type { TextDeliveries } from './text-deliveries';

/** What goes ahead of other documents must be small. Bytes. */
const URGENT_BYTES = 32_768;
const BULK_BYTES = 1_000_000;

interface Parts {
  readonly docs: Docs;
  readonly clock: Clock;
  readonly store: PeerStore;
  readonly texts: TextDeliveries;
  readonly access: Access;
  readonly channelOf: (device: string) => Channel | undefined;
  /** This device's member. */
  readonly me: () => string | undefined;
  readonly refused: (device: string, code: string) => void;
  /** `PeerCommons.diverged` may have become another. */
  readonly diverged: () => void;
  /** What others have of what was written here is not what it was. */
  readonly changed: () => void;
  readonly show: PresenceOptions['show'];
}

/** The documents of one peer among its neighbours: kept equal, who is in them, and who has what was written here. */
export class PeerCommons {
  readonly sync: DocSync;
  readonly presence: Presence;
  /** What was changed here and elsewhere while apart. */
  readonly apart: ApartDesk;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { docs, clock, texts, channelOf, refused, diverged, changed, show } = parts;
    this.apart = new ApartDesk(parts);
    this.sync = new DocSync({
      docs,
      clock,
      send: (device, bytes) =>
        channelOf(device)?.send(KIND.docs, bytes, bytes.length > BULK_BYTES ? PRIORITY.bulk : PRIORITY.normal),
      onRefused: refused,
      onDivergence: diverged,
      onMet: (doc, meeting) => void this.apart.met(doc, meeting).catch(() => undefined),
      onEqual(device, doc) {
        if (texts.has(device, doc)) changed();
      },
    });
    this.presence = new Presence({
      clock,
      send: (device, bytes) =>
        channelOf(device)?.send(KIND.presence, bytes, bytes.length < URGENT_BYTES ? PRIORITY.urgent : PRIORITY.normal),
      onRefused: refused,
      show,
    });
    docs.changes.add(({ doc, update, from }) => {
      const isNeighbours = typeof from === 'string' && channelOf(from) !== undefined;
      if (update.member !== null && update.member === parts.me() && !isNeighbours) this.noteWriting(doc);
    });
  }

  /** Documents that differ from those of neighbours though each has all changes, without whoever's writes are held: nothing is taken from them. */
  get diverged(): ReadonlyMap<string, readonly string[]> {
    const { access } = this.#parts;
    const found = [...this.sync.diverged].map(
      ([doc, devices]) => [doc, [...devices].filter((device) => access.mayWrite(device))] as const,
    );
    return new Map(found.filter(([, devices]) => devices.length > 0));
  }

  /** All of a document as a neighbour has it. Rejects as `DocSync.fetch` does, and with `doc-version-held` where the neighbour's writes are held. */
  async fetch(device: string, doc: string): Promise<readonly StoredUpdate[]> {
    if (!this.#parts.access.mayWrite(device)) throw new PeerholdError('doc-version-held');
    return this.sync.fetch(device, doc);
  }

  /** A document is being changed on this device: said before it is stored, so that a crash between the two does not hide that others lack it. */
  noteWriting(doc: string): void {
    if (this.#parts.texts.wrote(doc)) this.#parts.changed();
  }

  close(): void {
    this.sync.close();
  }
}
