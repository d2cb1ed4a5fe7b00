import type { EngineCalls, EngineEvent } from './contract';

/** The engine as the screens hold it: its calls, and its events for whoever listens. */
export interface EngineClient {
  readonly calls: EngineCalls;
  listen(listener: (event: EngineEvent) => void): () => void;
}
