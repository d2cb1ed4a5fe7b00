import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './kit/app';
import { axeFaults } from './kit/axe';
import { film, withCamera } from './kit/film';
import { foundNetwork, makeInvite, seeConnected, setOffline, shutLan } from './kit/steps';

const NETWORK = 'Codes on Screens';
const CAMERA = { name: 'Scan with the camera' };

describe('codes are read from other screens', () => {
  let ana: App;
  /** Has a camera. */
  let ben: App;
  let folder = '';
  let seen = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerhold-scan-'));
    seen = join(folder, 'seen.y4m');
    await film(seen, null);
    [ana, ben] = await Promise.all([App.start('ana'), App.start('ben', { machine: withCamera(seen) })]);
    await foundNetwork(ana, NETWORK, 'Ana');
  });
  afterAll(async () => {
    await Promise.allSettled([ana?.end(), ben?.end()]);
    await rm(folder, { recursive: true, force: true });
  });

  const openDialog = async ({ page }: App): Promise<Locator> => {
    await page.getByRole('button', { name: /connected/ }).click();
    await page.getByRole('button', { name: 'Connect by hand' }).click();
    return page.getByRole('dialog', { name: 'Connect by hand' });
  };
  /** Whether any camera of the page is on: what it gave out is counted from the start. */
  const camerasOn = ({ page }: App): Promise<number> =>
    page.evaluate(
      () =>
        (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(({ readyState }) => readyState === 'live')
          .length,
    );

  it('an invite by the camera, which is on from the press of its button until then', async () => {
    const link = await makeInvite(ana);
    const { page } = ben;
    await page.evaluate(() => {
      const counted = window as unknown as { tracks: MediaStreamTrack[] };
      counted.tracks = [];
      const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (what) => {
        const stream = await given(what);
        counted.tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await page
      .getByRole('link', { name: 'Use an invite' })
      .or(page.getByRole('button', { name: 'Use an invite' }))
      .first()
      .click();
    await page.getByRole('button', CAMERA).waitFor();
    expect(await camerasOn(ben)).toBe(0);
    await page.getByRole('button', CAMERA).click();
    await page.getByLabel('What the camera sees').waitFor();
    await expect.poll(() => camerasOn(ben)).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop the camera' }).click();
    await expect.poll(() => camerasOn(ben)).toBe(0);
    expect(await page.getByLabel('Invite link').inputValue()).toBe('');
    await film(seen, link);
    await page.getByRole('button', CAMERA).click();
    await page.getByText('The code was read.').waitFor();
    expect(await page.getByLabel('Invite link').inputValue()).toBe(link);
    await expect.poll(() => camerasOn(ben)).toBe(0);
    await page.getByRole('button', { name: 'Read the invite' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByLabel('Your name in this network').fill('Ben');
    await shutLan(page);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
  });

  /** Gives a picture file to Ana's app, in place of a camera. */
  const choose = async (dialog: Locator, file: string): Promise<void> => {
    const chooser = ana.page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Read from a picture' }).click();
    await (await chooser).setFiles(file);
  };
  const close = async ({ page }: App): Promise<void> => {
    await page.getByRole('dialog', { name: 'Connect by hand' }).getByRole('button', { name: 'Close' }).last().click();
    await page.keyboard.press('Escape');
  };

  it('nothing from a file that is no picture, or has no code in it', async () => {
    const dialog = await openDialog(ana);
    await choose(dialog, seen);
    await dialog.getByRole('alert').getByText('This file is no picture that can be read.').waitFor();
    const none = join(folder, 'none.png');
    await dialog.getByRole('button', { name: 'Make a code' }).screenshot({ path: none });
    await choose(dialog, none);
    await dialog.getByRole('alert').getByText('No code could be read in this picture.').waitFor();
    await close(ana);
  });

  it('a code by hand by the camera, and its answer from a picture', async () => {
    for (const app of [ana, ben]) await setOffline(app, true);
    // What reads codes is loaded by now.
    for (const app of [ana, ben]) await app.stopServer();
    for (const app of [ana, ben]) await setOffline(app, false);
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: /^Nobody connected/ }).waitFor();
    const [here, there] = [await openDialog(ana), await openDialog(ben)];
    await here.getByRole('button', { name: 'Make a code' }).click();
    await film(seen, await here.getByRole('textbox', { name: 'Your code', exact: true }).inputValue());
    await there.getByRole('button', CAMERA).click();
    await there.getByText('The code was read.').waitFor();
    await there.getByRole('button', { name: 'Answer it' }).click();
    const picture = join(folder, 'answer.png');
    const shown = there.getByRole('img', { name: 'Your answer, to be scanned' });
    await shown.screenshot({ animations: 'disabled', path: picture });
    await choose(here, picture);
    await here.getByText('The code was read.').waitFor();
    await here.getByRole('button', { name: 'Connect', exact: true }).click();
    for (const dialog of [here, there]) await dialog.getByText('The two devices send each other now').waitFor();
    for (const app of [ana, ben]) await close(app);
    for (const app of [ana, ben]) await seeConnected(app, ['connected by hand']);
  });

  it('where there is no camera, or it is refused, the app says what to do instead', async () => {
    const dialog = await openDialog(ana);
    await dialog.getByRole('button', { name: 'Connect another device' }).click();
    await dialog.getByRole('button', CAMERA).click();
    await dialog
      .getByRole('alert')
      .getByText(/choose a picture of the code, or copy it as text/i)
      .waitFor();
    expect(await dialog.getByLabel('What the camera sees').count()).toBe(0);
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });
});
