import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as later } from 'node:timers/promises';

const PROGRAM = 'turnserver';

/** Why no relay can be run here, as the end of a title; undefined where it can. */
export function whyNoTurn(): string | undefined {
  return spawnSync(PROGRAM, ['--version']).error === undefined
    ? undefined
    : ` (no ${PROGRAM}: coturn is not installed)`;
}

/** A relay (TURN, RFC 8656) on this machine: coturn, as a group would run it for itself, but that it relays to this machine too. */
export class TurnServer {
  readonly username = 'mill';
  readonly credential: string;
  readonly address: string;
  readonly #process: ChildProcess;
  #said = '';

  private constructor(port: number) {
    this.credential = `sesame-${port}`;
    this.address = `turn:127.0.0.1:${port}?transport=udp`;
    const ours = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`];
    const account = ['--lt-cred-mech', '--realm=peerhold.test', `--user=${this.username}:${this.credential}`];
    // Its own console may stay open only with a password.
    const loopback = ['--allow-loopback-peers', `--cli-password=${this.credential}`];
    const quiet = ['-n', '--no-cli', '--no-tls', '--no-dtls', '--log-file=stdout', '--verbose', '--pidfile=/dev/null'];
    this.#process = spawn(PROGRAM, [...ours, ...account, ...loopback, ...quiet], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (piece: Buffer) => (this.#said += piece.toString()));
  }

  static async start(): Promise<TurnServer> {
    const server = new TurnServer(await freePort());
    for (let tries = 0; !server.#said.includes('UDP listener opened on'); tries++) {
      if (tries > 100 || server.#process.exitCode !== null) throw new Error(`${PROGRAM}: ${server.#said}`);
      await later(100);
    }
    return server;
  }

  /** How many places to be reached at it has given out. */
  get allocations(): number {
    return this.#said.match(/ALLOCATE processed, success/g)?.length ?? 0;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await Promise.race([ended, later(3_000)]);
    this.#process.kill('SIGKILL');
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(done));
  return port;
}
