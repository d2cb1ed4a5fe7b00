import { cryptoAtWork } from './identity';
import { FramedTransport } from '../../shared/sync/channel/framed-transport';
import type { Link, LinkEvents } from '../../shared/sync/channel/ports';

/** One end of a link in memory. Frames wait in `outbox` until the pair is flushed, so a test sees and alters what is on the wire. */
export class MemoryLink implements Link {
  outbox: Uint8Array[] = [];
  readonly sent: Uint8Array[] = [];
  events: LinkEvents | undefined;
  closed = false;

  get bufferedAmount(): number {
    return this.outbox.reduce((sum, frame) => sum + frame.length, 0);
  }

  send(frame: Uint8Array): void {
    if (this.closed) throw new Error('closed');
    this.outbox.push(frame);
    this.sent.push(frame);
  }

  close(): void {
    this.closed = true;
  }

  attach(events: LinkEvents): void {
    this.events = events;
  }
}

export interface Pair {
  readonly links: readonly [MemoryLink, MemoryLink];
  readonly transports: readonly [FramedTransport, FramedTransport];
  /** Moves at most `frames` from one side to the other; returns how many. `alter` may change or drop (undefined) one. */
  carry(from: 0 | 1, frames?: number, alter?: (frame: Uint8Array) => Uint8Array | undefined): number;
  /** Carries until nothing moves, also what promises lead to. */
  settle(): Promise<void>;
}

export const PRINTS = [new Uint8Array(32).fill(0xa1), new Uint8Array(32).fill(0xb2)] as const;

/** A dialler (0) and an answerer (1) joined in memory. */
export function memoryPair(prints: readonly [Uint8Array, Uint8Array] = [...PRINTS]): Pair {
  const links = [new MemoryLink(), new MemoryLink()] as const;
  const transports = [
    new FramedTransport(links[0], { role: 'dialler', localFingerprint: prints[0], remoteFingerprint: prints[1] }),
    new FramedTransport(links[1], { role: 'answerer', localFingerprint: prints[1], remoteFingerprint: prints[0] }),
  ] as const;
  const carry: Pair['carry'] = (from, frames = Infinity, alter = (frame) => frame) => {
    const source = links[from];
    const target = links[1 - from];
    let moved = 0;
    while (moved < frames && source.outbox.length > 0) {
      const frame = alter(source.outbox.shift()!);
      moved += 1;
      if (frame !== undefined) target!.events?.frame(frame);
      source.events?.writable();
    }
    if (source.closed && source.outbox.length === 0 && !target!.closed) target!.events?.closed();
    return moved;
  };
  const settle = async (): Promise<void> => {
    for (let idle = 0; idle < 20; idle++) {
      if (carry(0) + carry(1) + cryptoAtWork() > 0) idle = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { links, transports, carry, settle };
}
