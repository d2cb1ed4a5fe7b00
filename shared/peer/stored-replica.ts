import { PeerholdError } from '../errors';
import { Replica } from '../replica/replica';
import { withMended } from './history-check';
import type { PeerStore } from './store';
import { storageProblem } from './store-queue';
import { readRecord } from './stored-record';
import type { Surroundings } from './surroundings';

export interface StoredReplica {
  readonly replica: Replica;
  /** Whether something stored could not be read and was set aside. */
  readonly damaged: boolean;
  /** Why texts that were erased are on the disk still; null where none is. */
  readonly kept: string | null;
}

/** Folds what is stored of a network. Rejects with `store-empty` where there is nothing, or the code of a broken record. */
export async function storedReplica(network: string, store: PeerStore, around: Surroundings): Promise<StoredReplica> {
  const replica = new Replica(network, undefined, around.rulesKnown);
  let unreadable = 0;
  const batches = await store.load(() => (unreadable += 1));
  if (batches.length === 0) throw new PeerholdError('store-empty');
  const read = await readRecord(
    batches.flatMap((batch) => batch.events),
    store,
  );
  const events = await withMended(read.events, store);
  const { erased } = replica.receive({ events, texts: batches.flatMap((batch) => batch.texts) });
  // The app may have ended between an erasure and the deletion that follows; a disk that fails now is asked again at the next start.
  const kept = erased.length === 0 ? null : await store.erase(erased).then(() => null, storageProblem);
  return { replica, damaged: unreadable > 0 || read.damaged, kept };
}
