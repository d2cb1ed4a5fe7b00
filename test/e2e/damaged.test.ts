import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { ask, reachEngine } from './kit/engine';
import { spoilEvent } from './kit/spoil';
import { foundNetwork, joinNetwork, makeInvite, setOffline } from './kit/steps';

const NETWORK = 'Windmill';
let ana: App;
let ben: App;
let network = '';

beforeAll(async () => {
  [ana, ben] = await Promise.all([
    App.start('ana', { prepare: (context) => reachEngine(context, () => undefined) }),
    App.start('ben'),
  ]);
  await foundNetwork(ana, NETWORK, 'Ana');
  await joinNetwork(ben, await makeInvite(ana), 'Ben', NETWORK);
  network = /[0-9a-f]{64}/.exec(ana.page.url())?.[0] ?? '';
});
afterAll(async () => {
  await Promise.all([ana, ben].map((app) => app?.end()));
});

async function eventsOf(page: Page) {
  const answer = await ask(page, 'events', network, 0, 500);
  if ('code' in answer) throw new Error(answer.code);
  return answer.value.events;
}

async function rename(page: Page, name: string): Promise<string> {
  const answer = await ask(page, 'act', network, { type: 'member.describe', payload: { name: { text: name } } });
  if ('code' in answer) throw new Error(answer.code);
  return answer.value;
}

describe('one corrupt stored record in IndexedDB', () => {
  it('is named, set aside, and fetched again from a peer', async () => {
    await rename(ana.page, 'Anna');
    const before = await eventsOf(ana.page);
    const admission = before.find(({ type }) => type === 'member.admit')!;
    expect(await spoilEvent(ana.page, network, admission.signature)).toBe(true);
    await setOffline(ben, true);
    await ana.killBrowser();
    await ana.openWindow();
    await ana.page.getByRole('link', { name: NETWORK }).first().click();
    await ana.page.getByRole('button', { name: 'Problem' }).waitFor();
    const left = (await eventsOf(ana.page)).map(({ id }) => id);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(before.length);
    expect(left).not.toContain(admission.id);

    await setOffline(ben, false);
    const missing = async () => {
      const now = new Set((await eventsOf(ana.page)).map(({ id }) => id));
      return before.filter(({ id }) => !now.has(id)).length;
    };
    await expect.poll(missing, { timeout: 30_000 }).toBe(0);
    await rename(ana.page, 'Ana');
    await ana.page.getByRole('button', { name: /^1 connected/ }).waitFor();
    expect(await ana.page.getByRole('button', { name: 'Problem' }).count()).toBe(0);
  });
});
