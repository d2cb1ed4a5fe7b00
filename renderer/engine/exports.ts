import type { BackupOrder, BundleOrder, MadeBackup, MadeBundle } from '../../shared/engine/contract';
import type { EngineHost } from '../../shared/engine/host';
import type { Put } from '../../shared/engine/network-calls';
import type { ExportedPages, PageExportOrder } from '../../shared/engine/page-export';
import type { PublicExportWords } from '../../shared/engine/public-export';

/** Pieces that are put together at once: the browser takes a blob out of this worker's memory. */
const TOGETHER = 64;

export const exportBundle = (
  host: EngineHost,
  network: string,
  order: BundleOrder,
): Promise<MadeBundle & { readonly file: Blob }> =>
  intoBlob('application/octet-stream', (put) => host.makeBundle(network, order, put));

export const makeBackup = (
  host: EngineHost,
  network: string,
  order: BackupOrder,
): Promise<MadeBackup & { readonly file: Blob }> =>
  intoBlob('application/octet-stream', (put) => host.makeBackup(network, order, put));

export const exportPages = (
  host: EngineHost,
  network: string,
  order: PageExportOrder,
): Promise<ExportedPages & { readonly file: Blob }> =>
  intoBlob('application/zip', async (put) => (await host.pages(network)).export(order, put));

export const exportPublic = (
  host: EngineHost,
  network: string,
  words: PublicExportWords,
): Promise<ExportedPages & { readonly file: Blob }> =>
  intoBlob('application/zip', async (put) => (await host.pages(network)).exportPublic(words, put));

/** What `make` puts, as a blob of which this worker holds a few pieces at a time. */
async function intoBlob<T>(type: string, make: (put: Put) => Promise<T>): Promise<T & { readonly file: Blob }> {
  const blobs: Blob[] = [];
  let pieces: BlobPart[] = [];
  const made = await make(async (bytes) => {
    pieces.push(bytes as Uint8Array<ArrayBuffer>);
    if (pieces.length < TOGETHER) return;
    blobs.push(new Blob(pieces));
    pieces = [];
  });
  return { ...made, file: new Blob([...blobs, ...pieces], { type }) };
}
