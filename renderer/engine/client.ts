import type { EngineEvent } from '../../shared/engine/contract';
import type { ByHand } from '../../shared/sync/meeting/by-hand/by-hand';
import type { KeyGuard } from '../../shared/ipc/contract';
import type { WindowCalls } from './calls';

/** The engine as the screens hold it: its calls, and its events for whoever listens. */
export interface EngineClient {
  readonly calls: WindowCalls;
  /** What keeps the keys on this device. */
  readonly keys: Promise<KeyGuard['kind']>;
  /** Connecting by hand in a network that is open; the same one each time. */
  byHand(network: string): ByHand;
  listen(listener: (event: EngineEvent) => void): () => void;
}
