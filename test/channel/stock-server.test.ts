import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeRuntime } from '../../node/sync/runtime';
import type { Transport } from '../../shared/sync/channel/ports';
import { type Meet, meet } from '../../shared/sync/meeting/meet';

const NETWORK = 'ab'.repeat(32);
const SERVER = fileURLToPath(new URL('../../node_modules/y-webrtc/bin/server.js', import.meta.url));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The signalling server that comes with y-webrtc, as it is. */
async function stockServer(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SERVER], { env: { ...process.env, PORT: `${port}` } });
  closers.push(() => child.kill());
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  return child;
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_500 && !done(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
}

/** A peer as far as it meets others: on each connection it says its name, and notes what it hears. */
async function peer(name: string, servers: readonly string[]) {
  const heard: string[] = [];
  const open: Transport[] = [];
  const meeting: Meet = await meet(nodeRuntime, {
    network: NETWORK,
    servers,
    onTransport(transport) {
      open.push(transport);
      transport.setTrust('peer');
      transport.onMessage((message) => void heard.push(new TextDecoder().decode(message)));
      transport.send(new TextEncoder().encode(name));
    },
  });
  closers.push(() => meeting.close('channel.closed'));
  return { heard, open, meeting };
}

describe('the stock y-webrtc signalling server', () => {
  it('brings peers together, and again after it was killed in the middle and started anew', async () => {
    const port = await freePort();
    const servers = [`ws://127.0.0.1:${port}`];
    // Nobody is there yet: the first tries fail.
    const ann = await peer('ann', servers);
    const ben = await peer('ben', servers);
    const server = await stockServer(port);
    await until(() => ann.heard.includes('ben') && ben.heard.includes('ann'));
    server.kill('SIGKILL');
    await until(() => ann.meeting.status.servers[0]?.connected === false);
    // What is connected stays so; who comes now finds nobody, until the server is back.
    expect(ann.meeting.status.connected).toBe(1);
    const cleo = await peer('cleo', servers);
    await stockServer(port);
    await until(() => cleo.heard.includes('ann') && cleo.heard.includes('ben'));
    expect(ann.heard.filter((name) => name === 'ben')).toHaveLength(1);
  });

  it('may be killed while offers are on their way: they are made again', async () => {
    const port = await freePort();
    const servers = [`ws://127.0.0.1:${port}`];
    let server = await stockServer(port);
    const [ann, ben] = await Promise.all([peer('ann', servers), peer('ben', servers)]);
    for (let time = 0; time < 3; time++) {
      await until(() => ann.meeting.status.servers[0]?.connected === true);
      server.kill('SIGKILL');
      await until(() => ann.meeting.status.servers[0]?.connected === false);
      server = await stockServer(port);
    }
    await until(() => ann.heard.includes('ben') && ben.heard.includes('ann'));
  });
});
