import { sameValue } from '../network/agreement/changes';
import { deviceKeyFromSeed, randomBytes, signerOf, verify } from '../record/signature';
import { toHex } from '../record/bytes';
import type { HeldNetwork, Installation } from './ports';

/** One thing that every installation has to do. It throws where that is not so; it runs where keys can be used that can not be read out. */
export interface InstallationCheck {
  readonly name: string;
  /** `reopen`: the installation as after a restart of the app. */
  run(reopen: () => Promise<Installation>): Promise<void>;
}

const MESSAGE = Uint8Array.of(1, 2, 3);
const someId = (): string => toHex(randomBytes(32));

function same(what: string, given: unknown, wanted: unknown): void {
  if (!sameValue(given, wanted))
    throw new Error(`${what}: ${JSON.stringify(given)} in place of ${JSON.stringify(wanted)}`);
}

async function held(installation: Installation): Promise<HeldNetwork> {
  const key = await installation.newKey();
  return { id: someId(), key, name: 'Mill', sample: false, members: 1, changed: 5, meetingPlaces: ['ws://a'] };
}

/** A row without its keys, which can not be compared. */
const plain = ({ key, next, receiving, ...rest }: HeldNetwork): unknown => ({
  ...rest,
  devices: [key.device, next?.device, receiving?.receives],
});

export const INSTALLATION_CHECKS: readonly InstallationCheck[] = [
  {
    name: 'has after a restart the keys that it made, which sign as before',
    async run(reopen) {
      const first = await reopen();
      const network = { ...(await held(first)), next: await first.newKey(), receiving: await first.newReceivingKey() };
      await first.keep(network);
      await first.keepJoin({ invite: network.id, key: network.next, asked: ['d'] });
      const again = await reopen();
      const kept = await again.network(network.id);
      if (kept === undefined) throw new Error('the network is gone');
      same('the row', plain(kept), plain(network));
      const join = await again.pendingJoin(network.id);
      same('what was asked', join?.asked, ['d']);
      for (const [key, device] of [
        [kept.key, network.key.device],
        [kept.next, network.next.device],
        [join?.key, network.next.device],
      ] as const) {
        if (key === undefined) throw new Error('a key is gone');
        same('the signature', await verify(device, MESSAGE, await signerOf(key).sign(MESSAGE)), true);
      }
      await again.endJoin(network.id);
      same('the join', await (await reopen()).pendingJoin(network.id), undefined);
    },
  },
  {
    name: 'has after a restart the key of a seed that it was given, which need not be kept',
    async run(reopen) {
      const first = await reopen();
      const seed = randomBytes(32);
      const { device } = await deviceKeyFromSeed(seed);
      const network = { ...(await held(first)), key: await first.keyFromSeed(seed) };
      seed.fill(0);
      same('the device', network.key.device, device);
      await first.keep(network);
      const kept = await (await reopen()).network(network.id);
      if (kept === undefined) throw new Error('the network is gone');
      same('the signature', await verify(device, MESSAGE, await signerOf(kept.key).sign(MESSAGE)), true);
    },
  },
  {
    name: 'changes a row by several at once, each on what the one before left, and none that is not held',
    async run(reopen) {
      const installation = await reopen();
      const network = await held(installation);
      await installation.keep(network);
      const grow = (one: HeldNetwork): HeldNetwork => ({ ...one, members: one.members + 1 });
      await Promise.all(Array.from({ length: 20 }, () => installation.change(network.id, grow)));
      same('members', (await installation.network(network.id))?.members, 21);
      const unknown = someId();
      let asked = false;
      await installation.change(unknown, (one) => {
        asked = true;
        return one;
      });
      same('asked', asked, false);
      same('the unknown', await installation.network(unknown), undefined);
    },
  },
  {
    name: 'forgets a network with all that was stored of it, and no other',
    async run(reopen) {
      const installation = await reopen();
      const [gone, stays] = [await held(installation), await held(installation)];
      for (const { id } of [gone, stays]) {
        const store = await installation.openStore(id);
        await store.append({ events: [Uint8Array.of(1)], texts: [] });
        await store.close();
      }
      for (const network of [gone, stays]) await installation.keep(network);
      await installation.forget(gone.id);
      const ids = (await (await reopen()).networks()).map(({ id }) => id);
      same('the networks', [ids.includes(gone.id), ids.includes(stays.id)], [false, true]);
      for (const [id, events] of [
        [gone.id, 0],
        [stays.id, 1],
      ] as const) {
        const store = await installation.openStore(id);
        same('events', (await store.load()).flatMap((batch) => [...batch.events]).length, events);
        await store.close();
      }
    },
  },
  {
    name: 'keeps invites, and whether the person wants to be reached',
    async run(reopen) {
      const installation = await reopen();
      const invite = { invite: someId(), network: someId(), secret: Uint8Array.of(7), expires: 9, relay: true };
      await installation.keepInvite(invite);
      same('online at first', await installation.online(), true);
      await installation.setOnline(false);
      const again = await reopen();
      same('the invite', await again.invite(invite.invite), invite);
      same('an unknown invite', await again.invite(someId()), undefined);
      same('online', await again.online(), false);
      await again.setOnline(true);
    },
  },
];
