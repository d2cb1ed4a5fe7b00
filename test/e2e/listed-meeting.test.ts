import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeHandCode } from '../../shared/sync/meeting/by-hand/code';
import { StunServer } from '../kit/stun';
import { App } from './kit/app';
import { draftProtocol, finishProposal, foundNetwork, seeStatus, vote } from './kit/steps';

const NETWORK = 'Listed Places';
const PLACE = 'wss://127.0.0.1:1/signal';
const SEEN = { kind: 'srflx', address: '203.0.113.9', port: 4321 };

/** One founder, whose agreement alone decides, and a real STUN server. */
describe('a protocol that lists where members meet', () => {
  let ana: App;
  let stun: StunServer;

  beforeAll(async () => {
    stun = await StunServer.start(SEEN.address, SEEN.port);
    ana = await App.start('ana');
    await foundNetwork(ana, NETWORK, 'Ana');
  });
  afterAll(async () => {
    await Promise.allSettled([ana?.end(), stun?.close()]);
  });

  /** A code for connecting by hand, which has the addresses that the browser knows of itself. */
  const addresses = async () => {
    const { page } = ana;
    await page.getByRole('button', { name: /connected/ }).click();
    await page.getByRole('button', { name: 'Connect by hand' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect by hand' });
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    const code = await dialog.getByRole('textbox', { name: 'Your code', exact: true }).inputValue();
    await dialog.getByRole('button', { name: 'Give up' }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('Escape');
    const network = /#\/n\/([0-9a-f]{64})/.exec(page.url())?.[1] ?? '';
    return decodeHandCode(network, code).endpoint.candidates;
  };

  it('is written in the draft by a form that tells wrong addresses, and adopted', async () => {
    const { page } = ana;
    expect(await addresses()).not.toContainEqual(SEEN);
    expect(stun.asked).toBe(0);
    const section = await draftProtocol(ana, 'Meeting', 'Where we meet', 'At our own server.');
    const field = async (label: string, address: string): Promise<void> => {
      await section.getByLabel(label).first().fill(address);
      await page.keyboard.press('Enter');
    };
    await field('Meeting places', 'http://meet.example.org');
    await section.getByText('This is no address of this kind: http://meet.example.org').waitFor();
    await page.keyboard.press('Backspace');
    await field('Meeting places', PLACE);
    await field('Servers that tell an app its own address (STUN)', stun.address);
    await section.getByText(`Apps ask ${stun.address} for the address`).waitFor();
    await page.getByText('Differences from what is in force').click();
    await page.getByRole('link', { name: 'Propose this version' }).click();
    await finishProposal(ana, 'Where we meet');
    await vote(ana, 'Agree');
    await seeStatus(ana, 'Where we meet', 'Adopted');
  });

  it('is what the app goes by from then on', async () => {
    await expect.poll(addresses, { timeout: 20_000 }).toContainEqual(SEEN);
    expect(stun.asked).toBeGreaterThan(0);
    await ana.page.getByRole('button', { name: /connected/ }).click();
    await ana.page.getByText(PLACE, { exact: true }).waitFor();
    await ana.page.keyboard.press('Escape');
    expect(ana.faults).toEqual([]);
  });
});
