import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(process.env['PEERHOLD_OUT'] ?? 'out', 'node/cli/index.js');
/** Milliseconds; a command ends long before, or something is wrong. */
const LIMIT = 60_000;

/** A person at a terminal: commands on one profile, and one that goes on beside them. */
export class Terminal {
  readonly name: string;
  readonly #home: string;
  #running: ChildProcess | undefined;

  private constructor(name: string, home: string) {
    this.name = name;
    this.#home = home;
  }

  static async open(name: string): Promise<Terminal> {
    return new Terminal(name, await mkdtemp(join(tmpdir(), `peerhold-${name}-`)));
  }

  /** Runs a command with `--json`; resolves with its exit code and what it answered. */
  async run(...args: string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
    const child = this.#spawn(args);
    let out = '';
    let err = '';
    child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const code = await new Promise<number>((done) => child.once('exit', (given) => done(given ?? -1)));
    clearTimeout(timer);
    if (out === '') throw new Error(`${args.join(' ')}: no answer. ${err}`);
    return { code, answer: JSON.parse(out) as Record<string, unknown> };
  }

  /** Runs a command that has to end well; resolves with what it answered. */
  async ok(...args: string[]): Promise<Record<string, unknown>> {
    const { code, answer } = await this.run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Starts a command that goes on; resolves once it has said this. */
  async start(said: RegExp, ...args: string[]): Promise<void> {
    const child = this.#spawn(args);
    this.#running = child;
    let heard = '';
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`${args.join(' ')} did not say ${String(said)}: ${heard}`)), LIMIT);
      const hear = (chunk: Buffer): void => {
        heard += chunk.toString();
        if (!said.test(heard)) return;
        clearTimeout(timer);
        done();
      };
      child.stdout!.on('data', hear);
      child.stderr!.on('data', hear);
    });
  }

  /** Ends what `start` started, as Ctrl-C does, or at once; resolves with its exit code. */
  async stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<number | null> {
    const child = this.#running;
    this.#running = undefined;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    child.kill(signal);
    return ended;
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.#home, { recursive: true, force: true });
  }

  #spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [SCRIPT, ...args, '--json'], { env: { ...process.env, PEERHOLD_HOME: this.#home } });
  }
}
