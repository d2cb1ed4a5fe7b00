import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { foundNetwork, joinNetwork, makeInvite, seeConnected, seeInTheWay, setOffline } from './kit/steps';

/** Lets the page be cut off from other machines, as by a router that lets nothing through: addresses are exchanged, and lead nowhere. */
async function canBeCutOff(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = globalThis as { cutOff?: boolean };
    // An address for documentation, behind which there is nobody.
    const astray = (sdp: string): string =>
      page.cutOff === true ? sdp.replace(/^(a=candidate:\S+ \d \S+ \d+ )\S+/gm, '$1203.0.113.1') : sdp;
    const { prototype } = RTCPeerConnection;
    const set: (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void> =
      prototype.setRemoteDescription;
    prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
      const { type, sdp = '' } = description;
      return set.call(this, { type, sdp: astray(sdp) });
    };
    const own = Object.getOwnPropertyDescriptor(prototype, 'localDescription')!.get!;
    Object.defineProperty(prototype, 'localDescription', {
      get(this: RTCPeerConnection) {
        const description = own.call(this) as RTCSessionDescription | null;
        return description === null ? null : { type: description.type, sdp: astray(description.sdp) };
      },
    });
  });
}

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
    const cutOff = (cut: boolean) => ben.page.evaluate((is) => ((globalThis as { cutOff?: boolean }).cutOff = is), cut);
    await cutOff(true);
    await setOffline(ben, true);
    await setOffline(ben, false);
    for (const app of [ana, ben])
      await seeInTheWay(app, 'One device was found and not reached', 'List a relay (TURN) in the agreement');
    await cutOff(false);
    for (const app of [ana, ben]) await seeConnected(app, ['connected on this same machine']);
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });
});
