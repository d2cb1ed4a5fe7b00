import { readdir, readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';

/**
 * Ends the browser that uses a data directory, and all its processes, at once, as when the power goes. Linux only.
 * @param context what was opened with that directory
 */
export async function killBrowser(context: BrowserContext, dataDirectory: string): Promise<void> {
  const pid = await leaderOf(dataDirectory);
  if (pid === undefined) throw new Error('no browser runs');
  const gone = new Promise((done) => context.once('close', done));
  process.kill(-pid, 'SIGKILL');
  await gone;
  // On a busy machine some of its processes live on for a moment, with the files of the profile open.
  while (await groupLives(pid)) await new Promise((done) => setTimeout(done, 20));
}

/** The browser process that uses a data directory, and leads a process group of its own. */
async function leaderOf(dataDirectory: string): Promise<number | undefined> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const args = (await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (!args.includes(`--user-data-dir=${dataDirectory}`) || args.some((arg) => arg.startsWith('--type='))) continue;
    const [, , group] = await statOf(entry);
    if (group === entry) return Number(entry);
  }
  return undefined;
}

/** Whether a process of the group still runs; those that have ended and wait to be cleared away do not count. */
async function groupLives(leader: number): Promise<boolean> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [state, , group] = await statOf(entry);
    if (group === String(leader) && state !== 'Z' && state !== 'X') return true;
  }
  return false;
}

/** Fields after the command's name, which may hold anything: state, parent, group, and more. None of a process that has gone. */
async function statOf(process: string): Promise<readonly (string | undefined)[]> {
  const stat = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => '');
  return stat.replace(/^.*\) /s, '').split(' ');
}
