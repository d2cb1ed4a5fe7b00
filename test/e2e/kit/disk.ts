import type { Page } from 'playwright-core';
import { databaseOf } from '../../../renderer/engine/idb/peer-store';
import { checkEvent } from '../../../shared/network/check';
import { stateDigest } from '../../../shared/network/digest/digest';
import { Replica } from '../../../shared/replica/replica';

/** What a window's browser has on its disk of a network, checked and folded here, past the engine. */
export async function readDisk(page: Page, network: string) {
  const stored = await page.evaluate(
    (name) =>
      new Promise<Uint8Array[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const reading = db.transaction('events', 'readonly').objectStore('events').getAll();
          reading.addEventListener('error', () => reject(reading.error));
          reading.addEventListener('success', () => {
            db.close();
            resolve((reading.result as Uint8Array[][]).flat());
          });
        });
      }),
    databaseOf(network),
  );
  const events = await Promise.all(stored.map(checkEvent));
  const replica = new Replica(network);
  const { refused } = replica.receive({ events, texts: [] });
  return {
    ids: new Set(events.map((event) => event.id)),
    refused: [...refused.values()],
    waiting: replica.record.waiting,
    digest: stateDigest(replica.state),
    /** Places in a device's chain that more than one event claims. */
    forks: events.length - new Set(events.map(({ device, sequence }) => `${device} ${sequence}`)).size,
  };
}
