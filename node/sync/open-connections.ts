import { setTimeout as sleep } from 'node:timers/promises';
import type { NewConnection, PeerConnection } from '../../shared/sync/webrtc/ports';

/** The connections of one peer that are not closed: what was sent on one goes out as long as it is not, and ends with the process. */
export class OpenConnections {
  readonly #open = new Map<PeerConnection, Promise<void>>();
  readonly #make: NewConnection;

  constructor(make: NewConnection) {
    this.#make = make;
  }

  readonly open: NewConnection = (configuration) => {
    const connection = this.#make(configuration);
    const close = connection.close.bind(connection);
    let closed = (): void => undefined;
    this.#open.set(connection, new Promise<void>((resolve) => (closed = resolve)));
    connection.close = () => {
      close();
      this.#open.delete(connection);
      closed();
    };
    return connection;
  };

  /** Resolves once all that are open now are closed, or after so many milliseconds. */
  async allClosed(within: number): Promise<void> {
    const stop = new AbortController();
    const over = sleep(within, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#open.values()), over]);
    stop.abort();
  }
}
