import { type SignedEvent, ancestorsOf } from './event';

/** Bounds of the room. */
export const MAX_WAITING = 20_000;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/**
 * Events whose ancestors are not all here yet. In memory, and bounded: whoever has waited longest makes place, so that one who sends what
 * will never be complete can not keep out what soon is. What had to go is asked for again by whatever builds on it, or sent again.
 */
export class WaitingRoom {
  /** In the order in which they came. */
  readonly #events = new Map<string, SignedEvent>();
  /** Missing event → ids of those that wait for it. */
  readonly #wanted = new Map<string, Set<string>>();
  #bytes = 0;

  get size(): number {
    return this.#events.size;
  }

  /** Ids that waiting events cite and that neither wait nor are here, those of the newest last. */
  missing(): readonly string[] {
    return [...this.#wanted.keys()].filter((id) => !this.#events.has(id));
  }

  /** Whether events of this device wait for their ancestors. */
  holdsBack(device: string): boolean {
    for (const event of this.#events.values()) if (event.device === device) return true;
    return false;
  }

  hold(event: SignedEvent, missing: readonly string[]): void {
    if (this.#events.has(event.id)) return;
    for (const oldest of this.#events.values()) {
      if (this.#events.size < MAX_WAITING && this.#bytes + event.bytes.length <= MAX_WAITING_BYTES) break;
      this.#forget(oldest);
    }
    this.#bytes += event.bytes.length;
    this.#events.set(event.id, event);
    for (const id of missing) {
      const waiters = this.#wanted.get(id) ?? new Set();
      waiters.add(event.id);
      this.#wanted.set(id, waiters);
    }
  }

  /** Lets out what waited for an event that is here now, as far as `complete` says that nothing else is missing. */
  release(id: string, complete: (event: SignedEvent) => boolean): SignedEvent[] {
    const released: SignedEvent[] = [];
    for (const waiter of this.#wanted.get(id) ?? []) {
      const event = this.#events.get(waiter);
      if (event === undefined || !complete(event)) continue;
      this.#events.delete(waiter);
      this.#bytes -= event.bytes.length;
      released.push(event);
    }
    this.#wanted.delete(id);
    return released;
  }

  /** Whether an event of another device that counts waits for this one, at first hand or through others: someone built on it. */
  builtOn(event: SignedEvent, counts: (device: string) => boolean = () => true): boolean {
    return this.#waitersOn(event.id).some(({ device }) => device !== event.device && counts(device));
  }

  /** Forgets what waits for a refused event; else it would be asked for, and refused, without end. */
  dropWaitersOn(refused: string): void {
    for (const event of this.#waitersOn(refused)) this.#forget(event);
  }

  /** All that wait for an event, at first hand or through others. */
  #waitersOn(id: string): SignedEvent[] {
    const found = new Map<string, SignedEvent>();
    const frontier = [id];
    for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
      for (const waiter of this.#wanted.get(next) ?? []) {
        const event = this.#events.get(waiter);
        if (found.has(waiter) || event === undefined) continue;
        found.set(waiter, event);
        frontier.push(waiter);
      }
    }
    return [...found.values()];
  }

  #forget(event: SignedEvent): void {
    this.#events.delete(event.id);
    this.#bytes -= event.bytes.length;
    for (const ancestor of ancestorsOf(event)) {
      const waiters = this.#wanted.get(ancestor);
      if (waiters?.delete(event.id) === true && waiters.size === 0) this.#wanted.delete(ancestor);
    }
  }
}
