import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeInvite } from '../../shared/invite/link';
import { App } from './kit/app';
import { Lan, whyNoLan } from './kit/lan';
import {
  balance,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  openPage,
  record,
  seeConnected,
  seeText,
  write,
} from './kit/steps';

const NETWORK = 'Two Rooms';
const CUT_MS = 5_000;

const obstacle = whyNoLan();

describe.skipIf(obstacle !== undefined)(`two machines on one LAN with nothing else running${obstacle ?? ''}`, () => {
  let lan: Lan;
  let ana: App;
  let ben: App;

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
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: /^1 connected/ }).waitFor();
  };

  const textOf = ({ page }: App) => page.getByRole('textbox', { name: 'Text of “Cellar”' });

  it('join by a link that names the addresses of the LAN', async () => {
    await foundNetwork(ana, NETWORK, 'Ana');
    const link = await makeInvite(ana, { lan: true });
    const lanPlaces = decodeInvite(link).meetingPlaces.filter((place) => !place.includes('127.0.0.1'));
    expect(lanPlaces.some((place) => place.startsWith(`ws://${lan.addresses[0]}:`))).toBe(true);
    await joinNetwork(ben, link, 'Ben', NETWORK, { lan: true });
    await connected();
    await seeConnected(ana, ['connected directly, in the local network']);
    // At whose place they met is chance: both are open.
    await seeConnected(ben, ['connected directly, in the local network', 'ws://']);
    // Who joined can be found in their turn, when Ana's machine is off: an invite of theirs names their address.
    const next = decodeInvite(await makeInvite(ben)).meetingPlaces;
    expect(next.some((place) => place.startsWith(`ws://${lan.addresses[1]}:`))).toBe(true);
  });

  it('edit while the cable is out for five seconds, and are equal once it is in again', async () => {
    await goTo(ana, 'Commons');
    await ana.page.getByRole('button', { name: 'Write the first page' }).click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Cellar');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await write(ana, 'Cellar', 'It is dry.');
    await seeText(ben, 'Cellar', 'It is dry.');

    lan.plug(false);
    const cut = performance.now();
    try {
      await Promise.all([
        write(ana, 'Cellar', ' Ana: the lamp is broken.'),
        write(ben, 'Cellar', ' Ben: there is room for ten bicycles.'),
      ]);
      await record(ben, { what: 'A member put in money', amount: '250', memo: 'For the lamp' });
      await new Promise((done) => setTimeout(done, Math.max(0, CUT_MS - (performance.now() - cut))));
      expect(await textOf(ana).innerText()).not.toContain('bicycles');
    } finally {
      lan.plug(true);
    }
    for (const app of [ana, ben]) {
      await openPage(app, 'Cellar');
      for (const words of ['It is dry.', 'the lamp is broken.', 'room for ten bicycles.'])
        await textOf(app).filter({ hasText: words }).waitFor({ timeout: 60_000 });
    }
    await connected();
    for (const app of [ana, ben])
      await expect.poll(() => balance(app, 'Bank'), { timeout: 20_000 }).toContain('250.00');
  });
});
