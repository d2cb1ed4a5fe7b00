import type { BundleOrder, MadeBundle } from '../../shared/engine/contract';
import type { EngineHost } from '../../shared/engine/host';

/** Pieces that are put together at once: the browser takes a blob out of this worker's memory. */
const TOGETHER = 64;

/** A bundle as a blob, of which this worker holds a few pieces at a time. */
export async function exportBundle(
  host: EngineHost,
  network: string,
  order: BundleOrder,
): Promise<MadeBundle & { readonly file: Blob }> {
  const blobs: Blob[] = [];
  let pieces: BlobPart[] = [];
  const bundle = await host.makeBundle(network, order, async (bytes) => {
    pieces.push(bytes as Uint8Array<ArrayBuffer>);
    if (pieces.length < TOGETHER) return;
    blobs.push(new Blob(pieces));
    pieces = [];
  });
  return { ...bundle, file: new Blob([...blobs, ...pieces], { type: 'application/octet-stream' }) };
}
