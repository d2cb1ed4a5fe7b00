import type { Presence } from '../commons/presence';
import type { DocSync } from '../commons/sync';
import type { FileSync } from '../files/sync';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { type Met, PRIORITY, type Route } from '../sync/channel/ports';
import type { RecordSync } from '../sync/record-sync';
import type { Access } from './access';
import { Refusals } from './refusals';

export interface Connection {
  readonly device: string;
  /** Null until an introduced device's admission has arrived. */
  member: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly met: Met | null;
  /** By which route it goes now; null while that is not known. */
  route: Route | null;
}

interface Parts {
  readonly access: Access;
  readonly recordSync: RecordSync;
  readonly docSync: DocSync;
  readonly presence: Presence;
  readonly fileSync: FileSync;
  readonly now: () => number;
  /** Somebody came, went, or became known. */
  readonly changed: () => void;
  /** Somebody is connected no more, and the exchanges have not let go of them yet. */
  readonly left: (connection: Connection) => void;
  /** The other side closed, since it was sent a signature that is none. */
  readonly signaturesRefused: () => void;
}

/** What a neighbour says who was sent a signature that is none. */
const SIGNATURES_WRONG: ReadonlySet<string> = new Set(['signature-wrong', 'proof-wrong']);
/** Larger messages of the record give way to ballots and presence. */
const URGENT_BYTES = 60_000;

/** The neighbours of one peer that are proved, each joined to the exchanges of record, documents and files, and to presence. */
export class Connections {
  readonly byDevice = new Map<string, Connection>();
  /** Why others who were reached are not among them. */
  readonly refusals: Refusals;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.refusals = new Refusals(parts.now, parts.changed);
  }

  /** Gives what comes on a new channel to the exchanges; to be called before it opens. */
  listen(channel: Channel): void {
    this.refusals.watch(channel);
    const { access, recordSync, docSync, presence, fileSync } = this.#parts;
    const ifWriter =
      (receive: (device: string, bytes: Uint8Array) => void | Promise<void>) =>
      (bytes: Uint8Array): void | Promise<void> => {
        const { device } = channel.remote!;
        if (access.mayWrite(device)) return receive(device, bytes);
      };
    channel.on(KIND.record, (bytes) => recordSync.receive(channel.remote!.device, bytes));
    channel.on(
      KIND.docs,
      ifWriter((device, bytes) => docSync.receive(device, bytes)),
    );
    channel.on(
      KIND.presence,
      ifWriter((device, bytes) => presence.receive(device, bytes)),
    );
    channel.on(
      KIND.files,
      ifWriter((device, bytes) => fileSync.receive(device, bytes)),
    );
  }

  add(channel: Channel, device: string): void {
    const { access, recordSync, docSync, presence, fileSync, now, changed, left, signaturesRefused } = this.#parts;
    const member = access.memberOf(device) ?? null;
    const { met = null, route } = channel;
    const connection: Connection = { device, member, since: now(), met, route };
    this.byDevice.set(device, connection);
    this.refusals.connected(device);
    recordSync.connected(device, {
      send: (bytes, bulk) =>
        channel.send(KIND.record, bytes, bulk || bytes.length > URGENT_BYTES ? PRIORITY.bulk : PRIORITY.urgent),
      writable: () => channel.writable(),
    });
    docSync.connected(device);
    fileSync.connected(device, {
      send: (bytes, bulk) => channel.send(KIND.files, bytes, bulk ? PRIORITY.bulk : PRIORITY.normal),
      writable: () => channel.writable(),
    });
    if (member !== null) presence.connected(device, member);
    channel.onRoute((next) => {
      connection.route = next;
      changed();
    });
    channel.onClose(({ code, by }) => {
      if (by === 'there' && SIGNATURES_WRONG.has(code)) signaturesRefused();
      // A reloaded device may already be back on a newer channel.
      if (this.byDevice.get(device) !== connection) return;
      left(connection);
      this.byDevice.delete(device);
      recordSync.disconnected(device);
      docSync.disconnected(device);
      fileSync.disconnected(device);
      presence.disconnected(device);
      changed();
    });
    changed();
  }

  /** Who was introduced becomes known once their admission has arrived. */
  recognise(): void {
    const { access, presence } = this.#parts;
    for (const [device, connection] of this.byDevice) {
      const member = connection.member ?? access.memberOf(device);
      if (connection.member !== null || member === undefined) continue;
      connection.member = member;
      presence.connected(device, member);
    }
  }
}
