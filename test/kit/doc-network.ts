import * as Y from 'yjs';
import { Docs } from '../../shared/commons/docs';
import { MemoryDocStore } from '../../shared/commons/memory-store';
import type { DocStore } from '../../shared/commons/ports';
import { DocSync } from '../../shared/commons/sync';
import { TestClock } from './test-clock';

export interface DocReplica {
  readonly name: string;
  readonly docs: Docs;
  readonly sync: DocSync;
  readonly screen: Map<string, Y.Doc>;
  readonly refused: string[];
}
interface Flight {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
}

export const settle = () => new Promise<void>((done) => setImmediate(done));
export const memberCalled = (name: string) => name.charCodeAt(0).toString(16).padStart(64, '0');

/** Replicas and the messages between them, which a test delivers as it likes. */
export class DocNetwork {
  readonly clock = new TestClock();
  readonly replicas: DocReplica[] = [];
  flights: Flight[] = [];
  sent = 0;
  readonly #time = { now: 1_000_000 };

  static async of(
    count: number,
    storeOf: (name: string) => DocStore = () => new MemoryDocStore(),
  ): Promise<DocNetwork> {
    const network = new DocNetwork();
    for (const name of 'ABCD'.slice(0, count)) {
      const docs = await Docs.open({ store: storeOf(name), clock: network.clock });
      const refused: string[] = [];
      const sync = new DocSync({
        docs,
        clock: network.clock,
        send: (to, bytes) => {
          network.sent += 1;
          network.flights.push({ from: name, to, bytes });
        },
        onRefused: (_peer, code) => refused.push(code),
      });
      network.replicas.push({ name, docs, sync, screen: new Map(), refused });
    }
    return network;
  }

  get(name: string): DocReplica {
    return this.replicas.find((replica) => replica.name === name)!;
  }

  connectAll(): void {
    for (const one of this.replicas)
      for (const other of this.replicas) if (one !== other) one.sync.connected(other.name);
  }

  /** An edit on a replica's screen, which is a mirror that has everything the replica has. */
  async edit(which: number, doc: string, change: (doc: Y.Doc) => void): Promise<void> {
    const replica = this.replicas[which % this.replicas.length]!;
    const mirror = replica.screen.get(doc) ?? new Y.Doc({ gc: false });
    replica.screen.set(doc, mirror);
    Y.applyUpdate(mirror, await replica.docs.state(doc), 'engine');
    const made: Uint8Array[] = [];
    const collect = (bytes: Uint8Array) => made.push(bytes);
    mirror.on('update', collect);
    change(mirror);
    mirror.off('update', collect);
    for (const bytes of made)
      await replica.docs.apply(
        doc,
        { bytes, member: memberCalled(replica.name), time: (this.#time.now += 1_000) },
        'screen',
      );
  }

  async deliver({ from, to, bytes }: Flight): Promise<void> {
    await this.get(to).sync.receive(from, bytes);
    await settle();
  }

  /** Everything arrives from now on; time passes until all is quiet. */
  async heal(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      this.clock.advance(30_000);
      await settle();
      while (this.flights.length > 0) await this.deliver(this.flights.shift()!);
    }
  }

  async prints(): Promise<string[]> {
    return Promise.all(
      this.replicas.map(async ({ docs }) =>
        JSON.stringify(
          await Promise.all(docs.ids().map(async (id) => [id, await docs.print(id), await docs.state(id)])),
        ),
      ),
    );
  }

  async texts(doc: string): Promise<string[]> {
    return Promise.all(
      this.replicas.map(async ({ docs }) => {
        const mirror = new Y.Doc();
        Y.applyUpdate(mirror, await docs.state(doc));
        return mirror.getText('t').toString();
      }),
    );
  }
}

/** Types at a place of the document's text. */
export const type = (at: number, text: string) => (doc: Y.Doc) => {
  const target = doc.getText('t');
  target.insert(Math.min(at, target.length), text);
};
