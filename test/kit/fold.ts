import { Network } from '../../shared/network/network';
import type { Seal } from '../../shared/network/seals/model';
import type { SignedEvent } from '../../shared/record/event';
import { Replica } from '../../shared/replica/replica';

/** A fold over a record of its own, which knows of no seal but those that it is told of; `come` takes in what is new of some events. */
export function foldOf(
  network: string,
  events: readonly SignedEvent[],
): { readonly fold: Network; come(events: readonly SignedEvent[]): void } {
  const { record } = new Replica(network);
  const fold = new Network(record);
  const come = (some: readonly SignedEvent[]): void => {
    const news = some.filter(({ id }) => !record.has(id));
    for (const event of news) record.add(event);
    fold.add(news.map(({ id }) => record.get(id)!));
    fold.settle();
  };
  come(events);
  return { fold, come };
}

export const sealOf = (height: number, time = 0): Seal => ({
  height,
  value: String(height).repeat(64),
  previous: '',
  time,
  digest: '',
  ready: [],
});
