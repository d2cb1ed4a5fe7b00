import { expect, it } from 'vitest';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import type { TextRef } from '../record/text';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

/** A disk that deletes only when it is told to. */
class SlowToErase extends MemoryStore {
  readonly #waiting: (() => void)[] = [];

  override async erase(refs: readonly TextRef[]): Promise<void> {
    await new Promise<void>((done) => this.#waiting.push(done));
    await super.erase(refs);
  }

  get isErasing(): boolean {
    return this.#waiting.length > 0;
  }

  goOn(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

it('tells a screen the rows as they are, also where an older change is told after a newer one', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const { member } = ben.peer.me!;
  const store = new SlowToErase();
  for (const batch of await ana.store.load()) await store.append(batch);
  await ana.peer.close();
  const anas = await Peer.open(ana.peer.id, ana.signer, store, around);
  const seen = new Map(anas.state.members);
  anas.events.changed.add((changes) => {
    for (const change of changes) if (change.table === 'members') seen.set(change.key, change.row!);
  });

  const rename = (name: string) => ben.peer.act({ type: 'member.describe', payload: { name: { text: name } } });
  const event = await rename('Benjamin');
  const text = ben.peer.state.members.get(member)!.name;
  const wire = link(anas, ben.peer);
  await until(() => anas.replica.text(text) === 'Benjamin');
  wire.cut();
  await until(() => ben.peer.connections.length === 0 && anas.connections.length === 0);
  // Both come together; what the first changed is told once the disk has done what the second asks for.
  await rename('Ben the second');
  await ben.peer.act({ type: 'text.erase', payload: { event, text } });
  link(anas, ben.peer);
  await until(() => store.isErasing);
  await rename('Ben the third');
  await until(() => anas.replica.text(anas.state.members.get(member)!.name) === 'Ben the third');
  await new Promise((done) => setTimeout(done, 50));
  store.goOn();
  await until(() => anas.replica.text(text) === null);
  await new Promise((done) => setTimeout(done, 50));
  expect(seen.get(member)).toEqual(anas.state.members.get(member));
  for (const peer of [anas, ben.peer]) await peer.close();
});
