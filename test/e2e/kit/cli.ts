import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { handOver } from '../../../node/cli/beside/hand-over';
import { callerHere } from '../../../node/cli/caller';
import type { Profile } from '../../../node/profile/profile';

const SCRIPT = resolve(process.env['PEERHOLD_OUT'] ?? 'out', 'node/cli/index.js');
/** Milliseconds; a command ends long before, or something is wrong. */
const LIMIT = 60_000;

/** How a process ended: its exit code, or the signal that ended it. Null where none was started. */
type Ending = number | NodeJS.Signals | null;

const endingOf = (child: ChildProcess): Ending | Promise<Ending> =>
  child.exitCode ??
  child.signalCode ??
  new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));

/** A person at a terminal: commands on one profile, and one that goes on beside them. */
export class Terminal {
  readonly name: string;
  readonly #home: string;
  #running: ChildProcess | undefined;
  /** What it has said so far. */
  #heard = '';
  readonly #listeners = new Set<() => void>();

  private constructor(name: string, home: string) {
    this.name = name;
    this.#home = home;
  }

  static async open(name: string): Promise<Terminal> {
    return new Terminal(name, await mkdtemp(join(tmpdir(), `peerhold-${name}-`)));
  }

  /** A second terminal of the same person, on the same profile. */
  another(): Terminal {
    return new Terminal(this.name, this.#home);
  }

  /** The same person at a computer to which this one's disk was copied, while nothing runs here. */
  async copied(): Promise<Terminal> {
    const copy = await Terminal.open(`${this.name}-copied`);
    await cp(this.#home, copy.#home, { recursive: true });
    return copy;
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

  /**
   * Runs a command beside the one that goes on, in that one's process and with none of its own: as fast as that one can. Rejects where it
   * was not done.
   */
  async beside(...args: string[]): Promise<Record<string, unknown>> {
    const said: string[] = [];
    const caller = callerHere({ out: (line) => void said.push(line), err: () => undefined });
    const build = createHash('sha256').update(await readFile(SCRIPT));
    const code = await handOver(join(this.profile.directory, 'peer'), [...args, '--json'], caller, build.digest('hex'));
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${said.join()}`);
    return JSON.parse(said[0]!) as Record<string, unknown>;
  }

  get profile(): Profile {
    return { name: 'default', directory: join(this.#home, 'default') };
  }

  /** Runs a command that has to end well; resolves with what it answered. */
  async ok(...args: string[]): Promise<Record<string, unknown>> {
    const { code, answer } = await this.run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Starts a command that goes on; resolves with the match once it has said this. */
  async start(said: RegExp, ...args: string[]): Promise<RegExpExecArray> {
    const child = this.#spawn(args);
    this.#running = child;
    this.#heard = '';
    for (const output of [child.stdout!, child.stderr!])
      output.on('data', (chunk: Buffer) => {
        this.#heard += chunk.toString();
        for (const listener of this.#listeners) listener();
      });
    return this.hear(said);
  }

  /** Resolves with the match once what `start` started has said this. */
  async hear(said: RegExp): Promise<RegExpExecArray> {
    let look = (): void => undefined;
    try {
      return await new Promise((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`did not say ${String(said)}: ${this.#heard}`)), LIMIT);
        look = () => {
          const match = said.exec(this.#heard);
          if (match === null) return;
          clearTimeout(timer);
          done(match);
        };
        this.#listeners.add(look);
        look();
      });
    } finally {
      this.#listeners.delete(look);
    }
  }

  /** Types to what `start` started. */
  write(text: string): void {
    this.#running!.stdin!.write(text);
  }

  /** Resolves with the exit code, or the signal, once what `start` started has ended by itself. */
  async ended(): Promise<Ending> {
    return this.#running === undefined ? null : endingOf(this.#running);
  }

  /** Ends what `start` started, as Ctrl-C does, or at once; resolves with its exit code, or the signal. */
  async stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<Ending> {
    const child = this.#running;
    this.#running = undefined;
    if (child === undefined) return null;
    const ending = endingOf(child);
    child.kill(signal);
    return ending;
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.#home, { recursive: true, force: true });
  }

  #spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [SCRIPT, ...args, '--json'], { env: { ...process.env, PEERHOLD_HOME: this.#home } });
  }
}
