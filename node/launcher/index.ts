import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PeerholdError } from '../../shared/errors';
import { deepLinkHash, parseDeepLink } from '../../shared/ipc/deep-link';
import { parseStartArguments, type StartArguments } from '../profile/arguments';
import { findProfile, type Profile } from '../profile/profile';
import { SettingsFile } from '../profile/settings';
import { findBrowser, hasDisplay, openAppWindow } from './browser';
import { startFallback } from './fallback';
import { whoAnswers } from './running';

/** A browser that ends sooner has passed the window on to one that was running already. */
const HANDED_OVER_MS = 5_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Shown {
  /** Resolves when the person closed the window; never where none was opened. */
  readonly closed: Promise<void>;
  /** Ends the window. */
  close(): void;
}

/** Opens the window, or says where the app is. */
function show(origin: string, args: StartArguments, profile: Profile): Shown {
  const link = parseDeepLink(args.deepLink);
  const url = `${origin}/${link === undefined ? '' : deepLinkHash(link)}`;
  const browser = args.open && hasDisplay() ? findBrowser() : undefined;
  if (browser === undefined) {
    say(`Peerhold (profile ${profile.name}) is at ${url}`);
    return { closed: new Promise(() => undefined), close: () => undefined };
  }
  say(`Peerhold (profile ${profile.name}) opens in ${browser}; its address is ${url}`);
  const started = performance.now();
  const child = openAppWindow(browser, url, join(profile.directory, 'browser'));
  const closed = new Promise<void>((resolve) => {
    child.once('error', () => say(`The browser did not start. Peerhold is at ${url}`));
    child.once('exit', () => {
      if (performance.now() - started > HANDED_OVER_MS) resolve();
    });
  });
  return { closed, close: () => child.kill() };
}

async function main(): Promise<void> {
  const args = parseStartArguments(process.argv.slice(2));
  const profile = findProfile(args.profile);
  const settings = new SettingsFile(profile);
  const { port: ownPort } = await settings.load();
  const port = args.port ?? ownPort;
  if (port !== undefined && (await whoAnswers(port, profile.name)) === 'same') {
    say('This profile is running already.');
    show(`http://127.0.0.1:${port}`, args, profile);
    // The first start goes on serving; this one only passes the window on.
    setTimeout(() => process.exit(0), 1_000);
    return;
  }
  if (args.port !== undefined && ownPort !== undefined && args.port !== ownPort) {
    say(`Profile ${profile.name} keeps its data under port ${ownPort}; under port ${args.port} it starts empty.`);
  }
  const root = join(import.meta.dirname, '..', '..', '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const fallback = await startFallback({
    profile,
    settings,
    renderer: join(root, 'out', 'renderer'),
    version,
    port: args.port,
  });
  const window = show(fallback.origin, args, profile);
  const stop = (): void => {
    window.close();
    void fallback.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await window.closed;
  stop();
}

const MESSAGES: Readonly<Record<string, string>> = {
  'node.port-in-use':
    'The port that holds this profile’s data is in use by another program. End that program, or choose another profile.',
  'node.profile-name': 'A profile’s name is made of lower-case letters, digits and hyphens, 32 at most.',
  'node.port': 'A port is a number from 1024 to 65535.',
};

main().catch((error: unknown) => {
  const message = error instanceof PeerholdError ? MESSAGES[error.code] : undefined;
  process.stderr.write(`${message ?? String(error)}\n`);
  process.exitCode = 1;
});
