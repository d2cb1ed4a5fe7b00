import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { Lan, whyNoLan } from './kit/lan';
import { balance, foundNetwork, joinNetwork, makeInvite, record, seeConnected } from './kit/steps';

const NETWORK = 'Moving Addresses';
const obstacle = whyNoLan();
/** Milliseconds; a lost connection is noticed after half a minute. */
const LONG = { timeout: 90_000 };

/** What an invite says of addresses is of the day when it was made; what is announced is of now. */
describe.skipIf(obstacle !== undefined)(`two machines on one LAN whose addresses change${obstacle ?? ''}`, () => {
  let lan: Lan;
  let ana: App;
  let ben: App;
  let total = 0;

  beforeAll(async () => {
    lan = await Lan.make();
    const [here, there] = lan.machines;
    ana = await App.start('ana', { machine: here });
    ben = await App.start('ben', { machine: there });
  });
  afterAll(async () => {
    await Promise.allSettled([ana, ben].map((app) => app?.end()));
    await lan?.end();
  });

  const connected = async (): Promise<void> => {
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: /^1 connected/ }).waitFor(LONG);
  };
  /** Something that one of them records reaches the other. */
  const reaches = async (from: App, to: App): Promise<void> => {
    total += 10;
    await record(from, { what: 'A member put in money', amount: '10', memo: `In all ${total}` });
    await expect.poll(() => balance(to, 'Bank'), LONG).toContain(`${total}.00`);
  };

  it('join by a link that names an address of yesterday', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    const link = await makeInvite(ana, { lan: true });
    lan.move(0, '10.87.31.21');
    await joinNetwork(ben, link, 'Ben', NETWORK);
    await connected();
    await seeConnected(ben, [
      'connected directly, in the local network',
      'met at a meeting place in the local network, ws://10.87.31.21:',
    ]);
    await reaches(ben, ana);
  });

  it('find each other again after an address has changed', async () => {
    lan.move(0, '10.87.31.41');
    await reaches(ana, ben);
    await connected();
    await ben.page.getByRole('button', { name: /^1 connected/ }).click();
    await ben.page.getByText('ws://10.87.31.41:').first().waitFor(LONG);
    await ben.page.keyboard.press('Escape');
  });

  it.each([2, 60])('are together again after the cable was out for %d seconds', async (seconds) => {
    lan.plug(false);
    try {
      await record(ben, { what: 'A member put in money', amount: '10', memo: `Out for ${seconds} s` });
      total += 10;
      await new Promise((done) => setTimeout(done, seconds * 1_000));
      expect(await balance(ana, 'Bank')).not.toContain(`${total}.00`);
    } finally {
      lan.plug(true);
    }
    await expect.poll(() => balance(ana, 'Bank'), LONG).toContain(`${total}.00`);
    await reaches(ana, ben);
    await connected();
  });

  it('have shown no error but that the network changed under them', () => {
    const faults = [...ana.faults, ...ben.faults];
    expect(faults.filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
  });
});
