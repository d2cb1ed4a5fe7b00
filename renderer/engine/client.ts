import type { EngineEvent } from '../../shared/engine/contract';
import type { WindowCalls } from './calls';

/** The engine as the screens hold it: its calls, and its events for whoever listens. */
export interface EngineClient {
  readonly calls: WindowCalls;
  listen(listener: (event: EngineEvent) => void): () => void;
}
