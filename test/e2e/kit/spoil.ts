import type { Page } from 'playwright-core';
import { databaseOf } from '../../../renderer/engine/idb/peer-store';

/** Changes a byte of one event on a window's disk, as a failing disk would: of the one with this signature (hex), in what it says. */
export function spoilEvent(page: Page, network: string, signature: string): Promise<boolean> {
  return page.evaluate(
    ([name, wanted]) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const writing = db.transaction('events', 'readwrite');
          let found = false;
          const reading = writing.objectStore('events').openCursor();
          reading.addEventListener('success', () => {
            const cursor = reading.result;
            if (cursor === null) return;
            const events = cursor.value as Uint8Array[];
            for (const bytes of events) {
              const signed = [...bytes.subarray(0, 64)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
              if (signed !== wanted) continue;
              bytes[bytes.length - 3]! ^= 1;
              cursor.update(events);
              found = true;
            }
            cursor.continue();
          });
          writing.addEventListener('abort', () => reject(writing.error));
          writing.addEventListener('complete', () => {
            db.close();
            resolve(found);
          });
        });
      }),
    [databaseOf(network), signature] as const,
  );
}
