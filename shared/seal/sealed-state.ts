import { PeerholdError } from '../errors';
import { certifies } from '../network/certificates';
import { Network } from '../network/network';
import type { State } from '../network/state';
import { type SignedEvent, decodeEvent } from '../record/event';
import { RecordSet } from '../record/record';
import type { Replica } from '../replica/replica';
import { SealChain } from './chain';

/** The state that the newest seal fixed, without all that came since; that of the founding where there is none. It costs a whole fold. */
export function sealedState({ record, seals, rulesKnown }: Replica): State {
  // A record of its own: the fold notes in the entries which seal has them.
  const copy = new RecordSet(record.network, certifies);
  const events = seals.seals.length === 0 ? record.all().slice(0, 1) : record.all();
  addAll(
    copy,
    events.map(({ bytes }) => decodeEvent(bytes)),
  );
  const network = new Network(copy, rulesKnown);
  network.add(copy.all());
  if (seals.seals.length === 0) network.settle();
  const chain = new SealChain(copy, network);
  for (const { height, value, previous, time, digest, ready } of seals.seals)
    network.seal({ height, value, previous, time, digest, ready }, chain.cutOf(ready));
  return network.state;
}

/** Branches of a fork storm are taken in once what was built on them waits for them. */
function addAll(record: RecordSet, events: readonly SignedEvent[]): void {
  for (let left = events, last = Infinity; left.length < last;) {
    last = left.length;
    left = left.filter((event) => !adds(record, event));
  }
}

function adds(record: RecordSet, event: SignedEvent): boolean {
  try {
    record.add(event);
    return true;
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return false;
  }
}
