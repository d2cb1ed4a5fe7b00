import type { Replica } from '../../../shared/replica/replica';
import type { History } from '../history-file';
import { replicaOf } from './arrival';

/** P7: a whole replica. Copies, so that the bytes count as they do in a peer that read them from its disk. */
export function heldReplica(history: History): Replica {
  return replicaOf({ ...history, events: history.events.map(({ bytes, texts }) => ({ bytes: bytes.slice(), texts })) });
}
