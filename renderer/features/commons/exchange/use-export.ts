import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CALLOUTS } from '../../../../shared/commons/text/schema';
import { COPY_WORDS, type CopyWords } from '../../../../shared/engine/copy-words';
import type { ExportedPages } from '../../../../shared/engine/page-export';
import { errorCode } from '../../../../shared/errors';
import { useNetworkStore } from '../../../app/network';
import { directionOf } from '../../../i18n/i18n';
import { getPlatform, saveBlob } from '../../../platform';

export type PageFormat = 'markdown' | 'html';

/** What became of it. `exported`: of an archive what is in it. */
export interface Saved {
  readonly name: string;
  readonly saved: boolean;
  readonly exported: ExportedPages | null;
}

/** Pages into files that the person saves, and how that goes. */
export function useExport() {
  const { t, i18n } = useTranslation(['exchange', 'ui', 'copies']);
  const { engine, id: network } = useNetworkStore();
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<Saved>();
  const [error, setError] = useState<unknown>();
  const run = async (make: () => Promise<Saved>): Promise<void> => {
    setRunning(true);
    setError(undefined);
    setResult(undefined);
    try {
      setResult(await make());
    } catch (failure) {
      // Who has ended it knows.
      if (errorCode(failure) !== 'pages-cancelled') setError(failure);
    } finally {
      setRunning(false);
    }
  };
  const callouts = Object.fromEntries(CALLOUTS.map((kind) => [kind, t(`callout.${kind}`, { ns: 'ui' })])) as Record<
    (typeof CALLOUTS)[number],
    string
  >;
  const copies = Object.fromEntries(COPY_WORDS.map((key) => [key, t(key, { ns: 'copies' })])) as CopyWords;
  const html = { language: i18n.language, direction: directionOf(i18n.language), callouts };
  return {
    running,
    result,
    error,
    cancel: () => void engine.cancelPages(network),
    /** A page alone, by the name of its title. */
    savePage: (page: string, title: string, format: PageFormat) =>
      run(async () => {
        const asHtml = format === 'html';
        const text = await engine.exportPage(network, page, asHtml ? html : null);
        const name = `${title}.${asHtml ? 'html' : 'md'}`;
        const type = asHtml ? 'text/html' : 'text/markdown';
        return { name, saved: await saveBlob(name, new Blob([text], { type })), exported: null };
      }),
    /** The screen that is open, as its style sheet for paper shows it. */
    savePdf: (title: string) =>
      run(async () => {
        const name = `${title}.pdf`;
        return { name, saved: await getPlatform().savePdf(name), exported: null };
      }),
    /** All that is public, as pages for the web. */
    savePublic: (heading: string) =>
      run(async () => {
        const words = { ...html, heading, untitled: t('untitled'), unnamed: t('unnamed') };
        const { file, ...exported } = await engine.exportPublic(network, words);
        const name = `${heading}.zip`;
        return { name, saved: await saveBlob(name, file), exported };
      }),
    /** A page and what is under it, or all pages, with their files. */
    saveArchive: (page: string | null, title: string) =>
      run(async () => {
        const words = { untitled: t('untitled'), unnamed: t('unnamed'), copies };
        const { file, ...exported } = await engine.exportPages(network, { page, words });
        const name = `${title}.zip`;
        return { name, saved: await saveBlob(name, file), exported };
      }),
  };
}
