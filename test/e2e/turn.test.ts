import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TurnServer, whyNoTurn } from '../kit/turn';
import { App } from './kit/app';
import { canBeCutOff, cutOff } from './kit/cut-off';
import {
  draftProtocol,
  finishProposal,
  foundNetwork,
  goTo,
  joinNetwork,
  makeInvite,
  seeConnected,
  seeStatus,
  setOffline,
  vote,
} from './kit/steps';

const NETWORK = 'Two Houses';
const obstacle = whyNoTurn();

describe.skipIf(obstacle !== undefined)(
  `two apps between which nothing comes through but a relay${obstacle ?? ''}`,
  () => {
    let ana: App;
    let ben: App;
    let cleo: App;
    let turn: TurnServer;

    beforeAll(async () => {
      turn = await TurnServer.start();
      const apart = { prepare: canBeCutOff };
      [ana, ben, cleo] = await Promise.all([App.start('ana'), App.start('ben', apart), App.start('cleo', apart)]);
      await foundNetwork(ana, NETWORK, 'Ana');
    });
    afterAll(async () => {
      await Promise.allSettled([ana?.end(), ben?.end(), cleo?.end(), turn?.close()]);
    });

    it('have one listed in the agreement', async () => {
      const { page } = ana;
      const section = await draftProtocol(ana, 'Meeting', 'Where we meet', 'Through our own relay.');
      await section.getByRole('button', { name: 'Add a TURN server' }).click();
      await section.getByLabel('Address').last().fill(turn.address);
      await section.getByLabel('Name').last().fill(turn.username);
      await section.getByLabel('Password').last().fill(turn.credential);
      await page.getByText('Differences from what is in force').click();
      await page.getByRole('link', { name: 'Propose this version' }).click();
      await finishProposal(ana, 'Where we meet');
      await vote(ana, 'Agree');
      await seeStatus(ana, 'Where we meet', 'Adopted');
    });

    it('connect by it, say so, and have what the other signed', async () => {
      await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
      // Near each other no relay is needed.
      await seeConnected(ana, ['connected on this same machine']);
      await cutOff(ben, true);
      await setOffline(ben, true);
      await setOffline(ben, false);
      for (const app of [ana, ben]) await seeConnected(app, ['connected through a relay']);
      expect(turn.allocations).toBeGreaterThan(0);
      await goTo(ana, 'Members');
      await ana.page.getByRole('main').getByRole('link', { name: 'Ben' }).first().waitFor();
      expect([...ana.faults, ...ben.faults]).toEqual([]);
    });

    it('are joined by a third who has nothing but a link that names it', async () => {
      const { page } = cleo;
      const passed = turn.allocations;
      await setOffline(ben, true);
      // A link without it leads nowhere: so what comes through later does come by it.
      const plain = await makeInvite(ana);
      const link = await makeInvite(ana, { relay: true });
      await page.goto(`${cleo.address}/#${plain.replace('peerhold:/', '')}`);
      await cutOff(cleo, true);
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: "No member's app could be reached." })
        .waitFor({ timeout: 40_000 });
      await page.goto('about:blank');
      await page.goto(cleo.address);
      await cutOff(cleo, true);
      await joinNetwork(cleo, link, 'Cleo', NETWORK);
      await seeConnected(cleo, ['connected through a relay']);
      expect(turn.allocations).toBeGreaterThan(passed);
      await goTo(ana, 'Members');
      await ana.page.getByRole('main').getByRole('link', { name: 'Cleo' }).first().waitFor();
      expect([...ana.faults, ...cleo.faults]).toEqual([]);
    });
  },
);
