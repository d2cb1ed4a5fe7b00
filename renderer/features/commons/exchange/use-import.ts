import { useState } from 'react';
import type { ChosenFile } from '../../../../shared/commons/exchange/import-sources';
import type { ImportPreview, ImportedPages } from '../../../../shared/engine/page-import';
import { errorCode } from '../../../../shared/errors';
import { useNetworkStore } from '../../../app/network';

/** What was chosen to be imported, what it would make, and what it made. */
export function useImport() {
  const { engine, id: network } = useNetworkStore();
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const [preview, setPreview] = useState<ImportPreview>();
  const [done, setDone] = useState<ImportedPages>();
  const [running, setRunning] = useState<'reading' | 'making' | null>(null);
  const [error, setError] = useState<unknown>();
  const run = async (what: 'reading' | 'making', work: () => Promise<void>): Promise<void> => {
    setRunning(what);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      // Who has ended it knows.
      if (errorCode(failure) !== 'pages-cancelled') setError(failure);
    } finally {
      setRunning(null);
    }
  };
  return {
    preview,
    done,
    running,
    error,
    cancel: () => void engine.cancelPages(network),
    choose: (files: readonly File[]) =>
      run('reading', async () => {
        // Of a folder each file says where in it it is.
        const all = files.map((file): ChosenFile => ({ path: file.webkitRelativePath || file.name, content: file }));
        setChosen(all);
        setPreview(undefined);
        setDone(undefined);
        setPreview(await engine.previewImport(network, all));
      }),
    make: (parent: string | null) =>
      run('making', async () => {
        setDone(await engine.importPages(network, { files: chosen, parent }));
        setPreview(undefined);
      }),
  };
}
