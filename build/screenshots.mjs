// npm run screenshots: takes the pictures of docs/user-guide from the built app: a sample network, and one that three people
// found and join for it. Always the same names, window and steps; ids, codes and dates are those of the run.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ROOT } from './paths.mjs';
import { ensureDependencies, run } from './setup.mjs';
import { isBuilt } from './stamp.mjs';

const IMAGES = join(ROOT, 'docs', 'user-guide', 'images');
/** Larger ones make the repository heavy. */
const MAX_BYTES = 150_000;
const WINDOW = { width: 1280, height: 800 };
const ADDRESS = /is at (http:\/\/127\.0\.0\.1:\d+)\//;
const NETWORK = 'Mill Lane House';
const PURPOSE = 'To buy a house that none of us could buy alone, and to live in it well together.';
const PAGE = 'House manual';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ page: Page, end: () => Promise<void> }} Peer
 */

/**
 * The launcher's own process, as the person who starts the app has it.
 * @param {string} home where it keeps its data
 */
function launch(home) {
  const out = process.env.PEERHOLD_OUT ?? join(ROOT, 'out');
  const child = spawn(process.execPath, [join(out, 'node', 'launcher', 'index.js'), '--no-open'], {
    env: { ...process.env, PEERHOLD_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  /** @type {Promise<string>} */
  const address = new Promise((found, failed) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const [, url] = ADDRESS.exec(output) ?? [];
      if (url !== undefined) found(url);
    });
    child.once('exit', (code) => failed(new Error(`the launcher ended with ${code}: ${output}`)));
  });
  return { child, address };
}

/**
 * A person at a computer of their own.
 * @param {string} executablePath of Chromium
 * @returns {Promise<Peer>}
 */
async function openPeer(executablePath) {
  const { chromium } = await import('playwright-core');
  const home = mkdtempSync(join(tmpdir(), 'peerhold-screenshots-'));
  const { child, address } = launch(home);
  const context = await chromium.launchPersistentContext(join(home, 'browser'), {
    executablePath,
    // The last two let WebRTC connect several peers on one machine without a network.
    args: ['--no-sandbox', '--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream'],
    permissions: ['microphone'],
    viewport: WINDOW,
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  await page.goto(await address);
  return {
    page,
    end: async () => {
      await context.close();
      child.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @param {Page} page
 * @param {string} name of the file
 */
async function shoot(page, name) {
  await page.evaluate('document.fonts.ready');
  // Nothing shines because the pointer happens to be over it.
  await page.mouse.move(1279, 799);
  // What was typed in another window arrives, and what opens is open.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/**
 * Goes to a part of the open network.
 * @param {Page} page
 * @param {string} part
 */
async function goTo(page, part) {
  await page.getByRole('navigation').locator('a', { hasText: part }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} name
 */
const click = (page, name) => page.getByRole('button', { name, exact: true }).first().click();

/**
 * @param {Page} page
 * @param {string} name
 */
const follow = (page, name) => page.getByRole('main').getByRole('link', { name }).first().click();

/** @param {Page} page */
async function found(page) {
  await shoot(page, 'start');
  await follow(page, 'Found a network');
  await page.getByLabel('Name of the network').fill(NETWORK);
  await page.getByLabel('What is it for?').fill(PURPOSE);
  await shoot(page, 'found');
  await click(page, 'Next');
  await click(page, 'Next');
  await page.getByRole('heading', { name: 'Your first protocols' }).waitFor();
  await page.getByRole('button', { name: /^How we spend/ }).click();
  await page.evaluate('scrollTo(0, 250)');
  await shoot(page, 'protocols');
  await click(page, 'Next');
  await page.getByLabel('Your name').fill('Ana');
  await click(page, 'Next');
  await click(page, 'Found the network');
  await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
}

/** @param {Page} page */
async function invite(page) {
  await goTo(page, 'Members');
  await click(page, 'Invite');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How many may use it').fill('2');
  const lan = dialog.getByLabel('Let devices in my local network reach this app');
  // The picture is nobody's address.
  if (await lan.isVisible()) await lan.uncheck();
  await click(page, 'Make the invite');
  const link = await dialog.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await shoot(page, 'invite');
  await click(page, 'Done');
  return link;
}

/**
 * @param {Page} page
 * @param {string} link
 * @param {string} name
 */
async function joinWith(page, link, name) {
  await follow(page, 'Use an invite');
  await page.getByRole('textbox', { name: 'Invite link' }).fill(link);
  await click(page, 'Read the invite');
  await click(page, 'Connect');
  await page.getByLabel('Your name in this network').waitFor();
  if (name === 'Ben') await shoot(page, 'join');
  await page.getByLabel('Your name in this network').fill(name);
  await click(page, 'Join');
  await page.getByRole('heading', { name: NETWORK, level: 1 }).waitFor();
}

/**
 * @param {Page} ana
 * @param {Page} ben
 */
async function writeTogether(ana, ben) {
  const text = { name: `Text of “${PAGE}”` };
  await goTo(ana, 'Commons');
  await click(ana, 'Write the first page');
  await ana.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill(PAGE);
  await click(ana, 'Create');
  await ana.getByRole('textbox', text).click();
  await ana.keyboard.type('The key hangs behind the green shutter.\nThe bins go out on Monday evening.');
  await goTo(ben, 'Commons');
  await ben
    .getByRole('treeitem', { name: PAGE })
    .or(ben.getByRole('link', { name: PAGE }))
    .first()
    .click();
  await ben.getByRole('textbox', text).filter({ hasText: 'Monday' }).click();
  await ben.keyboard.press('Control+End');
  await ben.keyboard.type(' I take the first month.');
  await ana.getByRole('textbox', text).filter({ hasText: 'first month' }).waitFor();
  await ana.getByText(/^Last changed by Ben/).waitFor();
  await shoot(ana, 'write-together');
}

/**
 * @param {Page} ana
 * @param {Page} ben
 */
async function decide(ana, ben) {
  const title = 'Shall we look at the mill house on Saturday?';
  await goTo(ana, 'Decisions');
  await follow(ana, 'New proposal');
  await ana.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
  await ana.getByRole('textbox', { name: 'What and why' }).fill('It is for sale, and the owner is there at ten.');
  await click(ana, 'Open the proposal');
  await ana.getByRole('heading', { name: title, level: 1 }).waitFor();
  await goTo(ben, 'Home');
  await ben.getByRole('main').getByRole('link', { name: title }).first().waitFor();
  await shoot(ben, 'home');
  await follow(ben, title);
  await ben.getByRole('radio', { name: 'Agree', exact: true }).check();
  await shoot(ben, 'vote');
  await click(ben, 'Cast your vote');
  await ben.getByText(/^You agreed/).waitFor();
}

/**
 * Who is connected, and then what is in the way once nobody is.
 * @param {Page} page
 * @param {readonly Page[]} others
 */
async function connections(page, others) {
  await goTo(page, 'Home');
  await page.getByRole('button', { name: /connected/ }).click();
  await page.getByText('connected on this same machine').first().waitFor();
  await page.getByText('Members who have everything of yours: 2 of 2.').waitFor();
  await shoot(page, 'connected');
  for (const other of others) {
    await other.getByRole('button', { name: /connected/ }).click();
    await other.getByRole('switch').click();
    await other.keyboard.press('Escape');
  }
  await page.getByText('Nobody else is found').waitFor();
  await shoot(page, 'in-the-way');
  await page.keyboard.press('Escape');
}

/**
 * The ways past all meeting places: by codes, and by a file.
 * @param {Page} page
 */
async function without(page) {
  await goTo(page, 'Home');
  await page.getByRole('button', { name: /connected/ }).click();
  await page.getByRole('button', { name: 'Connect by hand' }).click();
  await page.getByRole('button', { name: 'Make a code' }).click();
  await page.getByRole('img', { name: 'Your code, to be scanned' }).waitFor();
  await shoot(page, 'by-hand');
  await page.getByRole('dialog', { name: 'Connect by hand' }).getByRole('button', { name: 'Close' }).last().click();
  await page.locator('[role=dialog] a[href$="/bundles"]').first().click();
  await page.getByRole('checkbox', { name: 'Ben' }).check();
  await shoot(page, 'by-file');
}

/** @param {Page} page */
async function workOffline(page) {
  await goTo(page, 'Home');
  await page.getByRole('button', { name: /connected/ }).click();
  await page.getByRole('switch').click();
  await page.getByText('None while you work offline.').waitFor();
  await shoot(page, 'offline');
}

/** @param {Page} page */
async function lookAtSample(page) {
  await click(page, 'Open the sample network');
  await page.waitForURL(/#\/n\//);
  await goTo(page, 'Ledger');
  await shoot(page, 'ledger');
  await follow(page, 'New entry');
  await page.getByRole('radio', { name: 'We paid for something' }).check({ force: true });
  await page.getByRole('textbox', { name: 'How much?' }).fill('450');
  await page
    .getByLabel(/^For what/)
    .first()
    .fill('Repairs');
  await page.getByRole('textbox', { name: 'In a few words' }).fill('New pump for the well');
  await page.getByText('This payment would be a breach').waitFor();
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await shoot(page, 'breach');
  await goTo(page, 'Decisions');
  await follow(page, 'Firewood for the first winter');
  await page.getByRole('heading', { level: 1, name: 'Firewood' }).waitFor();
  await page.getByRole('button', { name: 'Why?' }).first().click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  // Words all over make a large file: without the last lines.
  await page.setViewportSize({ ...WINDOW, height: 660 });
  await shoot(page, 'why');
  await page.setViewportSize(WINDOW);
  await page.keyboard.press('Escape');
  await goTo(page, 'Resources');
  await follow(page, 'An electric van');
  await page.getByRole('heading', { level: 1, name: 'An electric van' }).waitFor();
  await page.evaluate('scrollTo(0, 300)');
  await shoot(page, 'pledges');
  await goTo(page, 'Resources');
  await follow(page, 'Quince House');
  await page.getByLabel('Arriving on').fill('2027-03-05');
  await page.getByLabel('Leaving on').fill('2027-03-09');
  await page.getByText('The agreement allows it').waitFor();
  await shoot(page, 'use');
  await page.getByRole('heading', { name: 'Shares' }).evaluate((heading) => heading.scrollIntoView());
  await page.evaluate('scrollBy(0, -90)');
  await shoot(page, 'shares');
}

/** @param {string} chromium */
async function takeAll(chromium) {
  rmSync(IMAGES, { recursive: true, force: true });
  mkdirSync(IMAGES, { recursive: true });
  /** @type {Peer[]} */
  const peers = [];
  try {
    for (let each = 0; each < 3; each++) peers.push(await openPeer(chromium));
    const [ana, ben, cleo] = peers.map(({ page }) => page);
    if (ana === undefined || ben === undefined || cleo === undefined) return;
    await found(ana);
    const link = await invite(ana);
    await joinWith(ben, link, 'Ben');
    await joinWith(cleo, link, 'Cleo');
    await ana.getByRole('button', { name: /^2 connected/ }).waitFor();
    await writeTogether(ana, ben);
    await decide(ana, ben);
    await connections(ana, [ben, cleo]);
    await without(ana);
    await workOffline(ana);
    await cleo.goto(new URL('/', cleo.url()).href);
    await lookAtSample(cleo);
  } finally {
    await Promise.all(peers.map((peer) => peer.end()));
  }
}

ensureDependencies();
const chromium = ensureChromium();
if (chromium === undefined) process.exit(1);
if (
  process.env.PEERHOLD_OUT === undefined &&
  !isBuilt() &&
  !run(process.execPath, [join(ROOT, 'build', 'build.mjs')])
) {
  process.exit(1);
}
await takeAll(chromium);
for (const file of readdirSync(IMAGES)) {
  const { size } = statSync(join(IMAGES, file));
  console.log(`${file}: ${Math.round(size / 1000)} kB${size > MAX_BYTES ? ', which is too much' : ''}`);
  if (size > MAX_BYTES) process.exitCode = 1;
}
