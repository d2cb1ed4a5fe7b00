import { PeerholdError } from '../../shared/errors';
import { Files } from '../../shared/files/files';
import { PIECE_BYTES } from '../../shared/files/limits';
import { MemoryFileStore } from '../../shared/files/memory-store';
import { FileSync } from '../../shared/files/sync';
import { equalBytes } from '../../shared/record/bytes';
import { TestClock } from './test-clock';

interface Flight {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
}
export interface Side {
  readonly store: MemoryFileStore;
  files: Files;
  sync: FileSync;
  wanted: readonly string[];
}

/** Lets everything that has begun come to its end. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((done) => setImmediate(done));
};

/** Peers and the messages between them, which a test delivers as it likes. */
export class Network {
  readonly clock = new TestClock();
  readonly sides = new Map<string, Side>();
  flights: Flight[] = [];
  /** Pieces on the way so far, by sender. */
  readonly sent = new Map<string, number>();
  readonly #links = new Set<string>();

  async add(name: string, store = new MemoryFileStore(), wanted: readonly string[] = []): Promise<Side> {
    const files = await Files.open(store);
    const side = { store, files, wanted } as unknown as Side;
    side.sync = new FileSync({ files, clock: this.clock, wanted, remember: (ids) => (side.wanted = ids) });
    this.sides.set(name, side);
    return side;
  }

  /** The app ends and starts again, with what was stored. */
  async restart(name: string): Promise<Side> {
    const { store, sync, wanted } = this.sides.get(name)!;
    sync.close();
    for (const other of this.sides.keys()) if (other !== name) this.cut(name, other);
    return this.add(name, store, wanted);
  }

  connect(a: string, b: string): void {
    this.#links.add(`${a} ${b}`).add(`${b} ${a}`);
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      this.sides.get(from)?.sync.connected(to, {
        send: (bytes) => {
          if (bytes[0] === 3) this.sent.set(from, (this.sent.get(from) ?? 0) + 1);
          this.flights.push({ from, to, bytes });
        },
        writable: async () => {
          if (!this.#links.has(`${from} ${to}`)) throw new PeerholdError('channel.closed');
        },
      });
    }
  }

  cut(a: string, b: string): void {
    if (!this.#links.delete(`${a} ${b}`)) return;
    this.#links.delete(`${b} ${a}`);
    this.flights = this.flights.filter(({ from, to }) => ![a, b].includes(from) || ![a, b].includes(to));
    this.sides.get(a)?.sync.disconnected(b);
    this.sides.get(b)?.sync.disconnected(a);
  }

  async deliver(at = 0): Promise<void> {
    const [flight] = this.flights.splice(at, 1);
    if (flight !== undefined) await this.sides.get(flight.to)?.sync.receive(flight.from, flight.bytes);
  }

  /** Delivers until nothing is on its way, or `enough`. */
  async run(enough: () => boolean = () => false): Promise<void> {
    for (let rounds = 0; rounds < 2_000 && !enough(); rounds++) {
      await settle();
      if (this.flights.length === 0) return;
      await this.deliver();
    }
  }
}

export function content(pieces: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((pieces - 1) * PIECE_BYTES + 1_000);
  for (let at = 0; at < bytes.length; at += 97) bytes[at] = (at / 97) * seed;
  return bytes;
}
export const attached = async (side: Side, bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  (await side.files.add(new Blob([bytes]))).id;
export const holds = async ({ files }: Side, id: string, bytes: Uint8Array): Promise<boolean> =>
  equalBytes(await files.read(id), bytes);
