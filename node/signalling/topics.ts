export interface TopicBounds {
  readonly topicsPerConnection: number;
  readonly subscribersPerTopic: number;
}

/** Who listens to what, in both directions, so that a closing connection is forgotten without a search. */
export class Topics<Connection> {
  readonly #subscribers = new Map<string, Set<Connection>>();
  readonly #topics = new Map<Connection, Set<string>>();
  readonly #bounds: TopicBounds;

  constructor(bounds: TopicBounds) {
    this.#bounds = bounds;
  }

  /** False, and nothing changed, where a bound is reached. */
  subscribe(connection: Connection, topic: string): boolean {
    const topics = this.#topics.get(connection) ?? new Set();
    const subscribers = this.#subscribers.get(topic) ?? new Set();
    if (topics.has(topic)) return true;
    if (topics.size >= this.#bounds.topicsPerConnection) return false;
    if (subscribers.size >= this.#bounds.subscribersPerTopic) return false;
    this.#topics.set(connection, topics.add(topic));
    this.#subscribers.set(topic, subscribers.add(connection));
    return true;
  }

  unsubscribe(connection: Connection, topic: string): void {
    const topics = this.#topics.get(connection);
    topics?.delete(topic);
    if (topics?.size === 0) this.#topics.delete(connection);
    const subscribers = this.#subscribers.get(topic);
    subscribers?.delete(connection);
    if (subscribers?.size === 0) this.#subscribers.delete(topic);
  }

  /** Forgets a connection. */
  drop(connection: Connection): void {
    for (const topic of [...(this.#topics.get(connection) ?? [])]) this.unsubscribe(connection, topic);
  }

  subscribers(topic: string): ReadonlySet<Connection> {
    return this.#subscribers.get(topic) ?? new Set();
  }

  /** How many topics have a subscriber. */
  get size(): number {
    return this.#subscribers.size;
  }
}
