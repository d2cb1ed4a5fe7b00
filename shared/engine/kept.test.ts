import { expect, it } from 'vitest';
import { around, attachTo, founder, invite, join, link, until } from '../../test/kit/peers';
import { PIECE_BYTES } from '../files/limits';
import type { Kept, KeptAmount } from '../peer/kept-files';
import { FollowedKept } from './kept';

it('tells everybody what is chosen, and who asked once how far that is', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'Ben');
  const told: KeptAmount[] = [];
  const chosen: Kept[] = [];
  let [waiting, most] = [0, 0];
  const after = (delay: number, run: () => void): void => {
    most = Math.max(most, ++waiting);
    around.clock.setTimer(delay, () => {
      waiting -= 1;
      run();
    });
  };
  const followed = new FollowedKept(ben.peer, {
    after,
    chosen: (kept) => chosen.push(kept),
    amount: (amount) => told.push(amount),
  });
  const pieces = 20;
  const { id } = await ana.peer.files.held.add(new Blob([new Uint8Array(pieces * PIECE_BYTES)]));
  await attachTo(ana.peer, 'a1', id);
  await ben.peer.files.kept.keep(null);
  await new Promise((done) => setTimeout(done, 600));
  expect(told).toEqual([]);
  expect(chosen.at(-1)).toEqual({ all: true, docs: [] });
  expect(await followed.amount()).toMatchObject({ named: { files: 0 }, stored: 0 });
  link(ana.peer, ben.peer);
  await until(() => told.at(-1)?.named.whole === 1);
  expect(told.at(-1)).toMatchObject({ named: { files: 1, fetching: 0 }, stored: pieces * PIECE_BYTES });
  // Changes come by the dozen; no second telling waits while one does.
  expect(most).toBe(1);
  await ben.peer.close();
  await ana.peer.close();
});
