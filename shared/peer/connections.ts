import type { Presence } from '../commons/presence';
import type { DocSync } from '../commons/sync';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { PRIORITY } from '../sync/channel/ports';
import type { RecordSync } from '../sync/record-sync';
import type { Access } from './access';

export interface Connection {
  readonly device: string;
  /** Null until an introduced device's admission has arrived. */
  member: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
}

interface Parts {
  readonly access: Access;
  readonly recordSync: RecordSync;
  readonly docSync: DocSync;
  readonly presence: Presence;
  readonly now: () => number;
  /** Somebody came, went, or became known. */
  readonly changed: () => void;
  /** The other side closed, and said why. */
  readonly refused: (code: string) => void;
}

/** Larger messages of the record give way to ballots and presence. */
const URGENT_BYTES = 60_000;

/** The neighbours of one peer that are proved, each joined to both exchanges and to presence. */
export class Connections {
  readonly byDevice = new Map<string, Connection>();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(channel: Channel, device: string): void {
    const { access, recordSync, docSync, presence, now, changed, refused } = this.#parts;
    const member = access.memberOf(device) ?? null;
    const connection: Connection = { device, member, since: now() };
    this.byDevice.set(device, connection);
    recordSync.connected(device, {
      send: (bytes, bulk) =>
        channel.send(KIND.record, bytes, bulk || bytes.length > URGENT_BYTES ? PRIORITY.bulk : PRIORITY.urgent),
      writable: () => channel.writable(),
    });
    docSync.connected(device);
    if (member !== null) presence.connected(device, member);
    channel.onClose(({ code, by }) => {
      if (by === 'there') refused(code);
      // A reloaded device may already be back on a newer channel.
      if (this.byDevice.get(device) !== connection) return;
      this.byDevice.delete(device);
      recordSync.disconnected(device);
      docSync.disconnected(device);
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
