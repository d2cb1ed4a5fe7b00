import { useEffect, useState } from 'react';
import type { FileView } from '../../shared/engine/files';
import { useEngine } from './engine';
import { useNetworkStore } from './network';

/** Where these files stand, by id, and on as it changes; a file that is not in it is not known yet. Pass a memoised array. */
export function useFiles(ids: readonly string[]): ReadonlyMap<string, FileView> {
  const client = useEngine();
  const { id: network, engine } = useNetworkStore();
  const [files, setFiles] = useState<ReadonlyMap<string, FileView>>(new Map());
  useEffect(() => {
    if (ids.length === 0) return undefined;
    let shown = true;
    const take = (views: readonly FileView[]): void => {
      if (shown) setFiles((before) => new Map([...before, ...views.map((view) => [view.file, view] as const)]));
    };
    const stop = client.listen((event) => {
      if (event.kind === 'files' && event.network === network) take(event.files);
    });
    // Fails only when the network was closed meanwhile.
    engine.files(network, ids).then(take, () => undefined);
    return () => {
      shown = false;
      stop();
    };
  }, [client, engine, network, ids]);
  return files;
}
