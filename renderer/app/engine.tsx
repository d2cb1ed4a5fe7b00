import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { EngineClient } from '../engine/client';
import type { NetworkSummary } from '../../shared/engine/contract';

const EngineContext = createContext<EngineClient | null>(null);
export const EngineProvider = EngineContext.Provider;

/** The engine of this window; for what is about no open network. */
export function useEngine(): EngineClient {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Error('used outside the app');
  return engine;
}

export interface Networks {
  /** Undefined while they load. */
  readonly list: readonly NetworkSummary[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
}

/** The networks on this device, kept up to date. */
export function useNetworks(): Networks {
  const engine = useEngine();
  const [list, setList] = useState<readonly NetworkSummary[]>();
  const [error, setError] = useState<unknown>();
  const reload = useCallback(() => {
    setError(undefined);
    engine.calls.networks().then(setList, setError);
  }, [engine]);
  useEffect(() => {
    reload();
    return engine.listen((event) => {
      if (event.kind === 'networks') reload();
    });
  }, [engine, reload]);
  return { list, error, reload };
}

/** Progress of a long task of the engine, by its name; undefined before the first report. */
export function useProgress(task: string): { readonly done: number; readonly total: number } | undefined {
  const engine = useEngine();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  useEffect(
    () =>
      engine.listen((event) => {
        if (event.kind === 'progress' && event.task === task) setProgress({ done: event.done, total: event.total });
      }),
    [engine, task],
  );
  return progress;
}
