import { webcrypto } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChannelPages, eventsOf, startPeer, waitFor } from '../channel/pages';
import { HostilePlace } from '../channel/hostile-place';
import { MortalPlace } from '../channel/mortal-place';
import type { PeerOrder } from '../channel/page/messages';

let pages: ChannelPages;
beforeAll(async () => {
  pages = await ChannelPages.start();
});
afterEach(async () => {
  await pages.closePages();
  if (pages.faults.length > 0) throw new Error(pages.faults.splice(0).join('\n'));
});
afterAll(() => pages.close());

const networkId = (): string => Buffer.from(webcrypto.getRandomValues(new Uint8Array(32))).toString('hex');
const both = async (): Promise<[Page, Page]> => [await pages.open(), await pages.open()];
const startBoth = (two: readonly Page[], order: PeerOrder): Promise<unknown> =>
  Promise.all(two.map((page) => startPeer(page, order)));

describe('channel over real WebRTC', () => {
  it('connects 20 of 20 pairs that dial at once', async () => {
    const two = await both();
    const networks = Array.from({ length: 20 }, networkId);
    await Promise.all(networks.map((network) => startBoth(two, { network, servers: pages.servers })));
    for (const page of two) {
      // Chromium itself holds back some of 20 WebSockets to one host for up to five seconds.
      const opened = await waitFor(page, 'open', 20, 30_000);
      expect(new Set(opened.map(({ network }) => network))).toEqual(new Set(networks));
      expect((await eventsOf(page)).length).toBe(20);
    }
  });

  it('moves 20 MB in one message, intact, while small ones overtake it', async () => {
    const two = await both();
    const network = networkId();
    await startBoth(two, { network, servers: pages.servers });
    for (const page of two) await waitFor(page, 'open');
    await two[0].evaluate((name) => window.harness.bulk(name, 20_000_000, 20), network);
    const [sent] = await waitFor(two[0], 'sent');
    await waitFor(two[1], 'got-bulk');
    await waitFor(two[1], 'got-small', 20);
    const events = (await eventsOf(two[1])).filter(({ type }) => type.startsWith('got'));
    const bulk = events.find((event) => event.type === 'got-bulk');
    expect(bulk).toMatchObject({ bytes: 20_000_000, digest: sent!.digest });
    const small = events.flatMap((event) => (event.type === 'got-small' ? [event.value] : []));
    expect(small).toEqual(Array.from({ length: 20 }, (_, i) => i));
    // The bulk message was handed over first, and the first small ones arrived before it.
    expect(events.findIndex(({ type }) => type === 'got-bulk')).toBeGreaterThan(0);
  });

  it('connects again after each of 10 reloads and a restart of the signalling server', async () => {
    const two = await both();
    const keys = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const device = Buffer.from(await webcrypto.subtle.exportKey('raw', keys.publicKey)).toString('hex');
    const secret = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    const order: PeerOrder = { network: networkId(), servers: pages.servers };
    await startPeer(two[0], order);
    await startPeer(two[1], { ...order, key: { secret, device } });
    for (let reload = 1; reload <= 10; reload++) {
      await waitFor(two[1], 'open', 1, 40_000);
      if (reload === 5) await pages.restartSignalling();
      await two[1].reload();
      await startPeer(two[1], { ...order, key: { secret, device } });
      // Whoever tries while the other is away waits before the next try.
      const opened = await waitFor(two[0], 'open', reload + 1, 40_000);
      expect(opened.every((event) => event.device === device)).toBe(true);
    }
    await waitFor(two[1], 'open');
    const closed = await waitFor(two[0], 'closed', 10, 20_000);
    expect(closed.length).toBe(10);
  });

  it.each([
    ['the offer', 1],
    ['the answer', 2],
  ] as const)('connects though the signalling server was killed with %s in its hands', async (_what, killedAt) => {
    const two = await both();
    const place = await MortalPlace.start(killedAt);
    await startBoth(two, { network: networkId(), servers: [place.address] });
    for (const page of two) await waitFor(page, 'open', 1, 40_000);
    expect(place.killed).toBe(true);
    await place.close();
  });

  it('connects, to whom it wants and once, at a meeting place that repeats, reorders, alters and floods', async () => {
    const two = await both();
    const place = await HostilePlace.start();
    await startBoth(two, { network: networkId(), servers: [place.address] });
    for (const page of two) await waitFor(page, 'open', 1, 40_000);
    // Old words that come again, and altered ones, neither end the connection nor make another.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(place.made).toBeGreaterThan(40);
    const seen = await Promise.all(two.map(async (page) => (await eventsOf(page)).map(({ type }) => type)));
    for (const [index, page] of two.entries()) {
      expect(seen[index]).toEqual(['open']);
      expect((await page.evaluate(() => window.harness.statuses()))[0]).toMatchObject({ known: 1, connected: 1 });
    }
    await place.close();
  });

  it.each([
    ['a fingerprint that is not the certificate’s', 'remote-fingerprint', 'channel.bad-proof'],
    ['a hello of another network', 'network', 'channel.wrong-network'],
  ] as const)('refuses %s, on both sides', async (_name, tamper, code) => {
    const two = await both();
    const order: PeerOrder = { network: networkId(), servers: pages.servers };
    await Promise.all([startPeer(two[0], order), startPeer(two[1], { ...order, tamper })]);
    for (const page of two) {
      const [refused] = await waitFor(page, 'refused');
      expect(refused?.code).toBe(code);
      expect((await eventsOf(page)).some(({ type }) => type === 'open')).toBe(false);
    }
  });

  it('never connects to a description whose fingerprint was swapped on the way', async () => {
    const two = await both();
    const order: PeerOrder = { network: networkId(), servers: pages.servers };
    await Promise.all([startPeer(two[0], order), startPeer(two[1], { ...order, tamper: 'description' })]);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    for (const page of two) {
      const [status] = await page.evaluate(() => window.harness.statuses());
      expect(status).toMatchObject({ known: 1, connected: 0 });
      expect(await eventsOf(page)).toEqual([]);
    }
  });
});
