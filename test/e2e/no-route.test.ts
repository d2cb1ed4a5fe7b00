import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { canBeCutOff, cutOff } from './kit/cut-off';
import { foundNetwork, joinNetwork, makeInvite, seeConnected, seeInTheWay, setOffline } from './kit/steps';

describe('two apps between which nothing comes through', () => {
  let ana: App;
  let ben: App;

  beforeAll(async () => {
    [ana, ben] = await Promise.all([App.start('ana'), App.start('ben', { prepare: canBeCutOff })]);
  });
  afterAll(async () => {
    await Promise.allSettled([ana?.end(), ben?.end()]);
  });

  it('say so, and what gets around it, until something does', async () => {
    await foundNetwork(ana, 'Two Routers', 'Ana');
    await joinNetwork(ben, await makeInvite(ana), 'Ben', 'Two Routers');
    await seeConnected(ana, ['connected on this same machine']);
    await cutOff(ben, true);
    await setOffline(ben, true);
    await setOffline(ben, false);
    for (const app of [ana, ben])
      await seeInTheWay(app, 'One device was found and not reached', 'List a relay (TURN) in the agreement');
    await cutOff(ben, false);
    for (const app of [ana, ben]) await seeConnected(app, ['connected on this same machine']);
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });
});
