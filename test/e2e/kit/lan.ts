import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArguments } from '../../../node/launcher/browser';
import { CHROMIUM, type Machine } from './app';

const PREFIX = 'peerhold-';

function ip(...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Why no LAN can be made here, as the end of a title; undefined where it can. */
export function whyNoLan(): string | undefined {
  if (process.platform !== 'linux') return ' (only where Linux is)';
  if (process.getuid?.() !== 0) return ' (only root may make network namespaces)';
  const name = `${PREFIX}${process.pid}-try`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'delete', name);
    return undefined;
  } catch (error) {
    return ` (${String(error)})`;
  }
}

/** Two machines joined by one cable and nothing else: network namespaces of this computer, which only the test's programs are in. */
export class Lan {
  readonly addresses: [string, string] = ['10.87.31.1', '10.87.31.2'];
  readonly machines: readonly [Machine, Machine];
  readonly #folder: string;
  readonly #names: readonly [string, string];
  readonly #cable: readonly [string, string];

  private constructor(folder: string) {
    this.#folder = folder;
    this.#names = [`${PREFIX}${process.pid}-a`, `${PREFIX}${process.pid}-b`];
    // 15 characters at most.
    this.#cable = [`ph${process.pid}a`, `ph${process.pid}b`];
    this.machines = [this.#machine(0), this.#machine(1)];
  }

  static async make(): Promise<Lan> {
    removeLeftovers();
    const lan = new Lan(await mkdtemp(join(tmpdir(), 'peerhold-lan-')));
    try {
      await lan.#setUp();
    } catch (error) {
      await lan.end();
      throw error;
    }
    return lan;
  }

  /** Pulls the cable out, or puts it back. */
  plug(plugged: boolean): void {
    ip('-n', this.#names[0], 'link', 'set', this.#cable[0], plugged ? 'up' : 'down');
    // A system forgets its way out with the cable, and learns it again.
    if (plugged) this.#setRoute(0);
  }

  /** Gives a machine another address, as when a router hands out a new one. */
  move(index: 0 | 1, address: string): void {
    const [name, end] = [this.#names[index], this.#cable[index]];
    const before = this.addresses[index];
    this.addresses[index] = address;
    ip('-n', name, 'address', 'delete', `${before}/24`, 'dev', end);
    ip('-n', name, 'address', 'add', `${address}/24`, 'dev', end);
    for (const each of [0, 1] as const) this.#setRoute(each);
  }

  /** Takes everything away again; the programs inside must have ended. */
  async end(): Promise<void> {
    removeNamespaces((name) => this.#names.includes(name));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #machine(index: 0 | 1): Machine {
    return {
      inside: ['ip', 'netns', 'exec', this.#names[index]],
      chromium: join(this.#folder, `chromium-${index}`),
      // What the app's own launcher gives a browser, and no more: no loopback, no microphone.
      switches: browserArguments('', '', false).filter((argument) => argument.startsWith('--disable-features=')),
      permissions: [],
    };
  }

  /**
   * A way out that leads nowhere, as with a router that has lost its line. Without any, a browser names no address to a page that may
   * not use a microphone.
   */
  #setRoute(index: 0 | 1): void {
    ip('-n', this.#names[index], 'route', 'replace', 'default', 'via', this.addresses[1 - index]!);
  }

  async #setUp(): Promise<void> {
    const [a, b] = this.#names;
    for (const name of this.#names) ip('netns', 'add', name);
    ip('link', 'add', this.#cable[0], 'netns', a, 'type', 'veth', 'peer', 'name', this.#cable[1], 'netns', b);
    for (const [index, name] of this.#names.entries()) {
      const end = this.#cable[index]!;
      ip('-n', name, 'link', 'set', 'lo', 'up');
      // An IPv6 address comes a second or two after the link: the browser would take it for another network, and drop what it loads.
      ip('-n', name, 'link', 'set', end, 'addrgenmode', 'none');
      ip('-n', name, 'address', 'add', `${this.addresses[index]!}/24`, 'dev', end);
      ip('-n', name, 'link', 'set', end, 'up');
      this.#setRoute(index as 0 | 1);
      const { inside, chromium } = this.machines[index]!;
      await writeFile(chromium, `#!/bin/sh\nexec ${inside.join(' ')} '${CHROMIUM}' "$@"\n`);
      await chmod(chromium, 0o755);
    }
  }
}

function removeNamespaces(which: (name: string) => boolean): void {
  const names = ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0]!);
  for (const name of names.filter(which)) ip('netns', 'delete', name);
}

/** Those of runs that were killed before they could clean up. */
function removeLeftovers(): void {
  removeNamespaces((name) => {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
