import type { EngineCalls } from '../../shared/engine/contract';

/** What the screens ask of the engine worker. */
export interface WindowCalls extends EngineCalls {
  /** Opens a commons document: a port that speaks `DocMessage`. */
  openDoc(network: string, doc: string): Promise<MessagePort>;
}
