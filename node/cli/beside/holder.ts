import { type Server, type Socket, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeerholdError } from '../../../shared/errors';
import type { Caller } from '../caller';
import { EXIT } from '../exit';
import { greetCaller, ownBuild } from './greeting';
import { Lines } from './lines';
import { encode, readFromCaller } from './messages';
import { RemoteCaller } from './remote-caller';
import { newKey, openDoor } from './socket';

/** Milliseconds within which a caller has to say what to run. */
const GREETING_TIME = 10_000;
/** Milliseconds in which commands can end by themselves when the holder does. */
const ENDING_TIME = 5_000;
const MAX_CALLERS = 64;

/** Runs a command line for a caller; resolves with its exit code. */
export type RunFor = (argv: readonly string[], caller: Caller) => Promise<number>;

/** Lets callers in other processes run commands on the profile that this process holds. */
export class Holder {
  readonly #run: RunFor;
  readonly #build: string;
  readonly #key = newKey();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #running = new Map<RemoteCaller, Promise<void>>();
  #closed = false;
  #shut: () => Promise<void> = async () => undefined;

  private constructor(run: RunFor, build: string) {
    this.#run = run;
    this.#build = build;
    this.#server = createServer((socket) => void this.#meet(socket));
    this.#server.maxConnections = MAX_CALLERS;
  }

  /** Listens for whoever can read the folder. Rejects where the system refuses. */
  static async listen(folder: string, run: RunFor, build?: string): Promise<Holder> {
    const holder = new Holder(run, build ?? (await ownBuild()));
    holder.#shut = await openDoor(holder.#server, folder, holder.#key);
    return holder;
  }

  /** Takes no more commands, and ends those that run. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#shut();
    for (const caller of this.#running.keys()) caller.end();
    await Promise.race([Promise.all(this.#running.values()), sleep(ENDING_TIME, undefined, { ref: false })]);
    for (const caller of this.#running.keys()) caller.leave(new PeerholdError('profile-holder-ended'));
    for (const socket of this.#sockets) socket.destroySoon();
  }

  async #meet(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    const timer = setTimeout(() => socket.destroy(), GREETING_TIME);
    try {
      const lines = new Lines(socket);
      const say = (line: string): void => void socket.write(line);
      if (!(await greetCaller({ lines, say, key: this.#key, build: this.#build }))) return;
      lines.trust();
      const first = readFromCaller((await lines.next()) ?? '');
      clearTimeout(timer);
      if (first.kind === 'run' && !this.#closed) await this.#serve(socket, lines, first.argv);
    } catch {
      // What can not be read ends this connection and nothing else. What is in it is nobody's to write down.
    } finally {
      clearTimeout(timer);
      socket.destroySoon();
    }
  }

  async #serve(socket: Socket, lines: Lines, argv: readonly string[]): Promise<void> {
    const send = (message: Parameters<typeof encode>[0]): void => {
      if (socket.writable) socket.write(encode(message));
    };
    const caller = new RemoteCaller({ send, waiting: () => socket.writableLength });
    const ran = this.#run(argv, caller).catch(() => EXIT.internal);
    const running = ran.then((exit) => {
      this.#running.delete(caller);
      send({ kind: 'ended', exit });
      socket.end();
    });
    this.#running.set(caller, running);
    try {
      for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
        const message = readFromCaller(line);
        if (message.kind === 'run') return;
        caller.take(message);
      }
    } finally {
      // Killed, or gone for another reason; after the command has ended this changes nothing.
      caller.leave(new PeerholdError('cli-interrupted'));
    }
  }
}
