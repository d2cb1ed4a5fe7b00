import type { EngineEvent } from '../../shared/engine/contract';
import type { EngineHost } from '../../shared/engine/host';
import { PeerholdError } from '../../shared/errors';
import type { Action } from '../../shared/network/events';
import { NETWORK_KEY } from '../../shared/network/state';
import type { Peer } from '../../shared/peer/peer';
import type { Verification } from '../../shared/seal/verify';
import type { TextRef } from '../../shared/record/text';
import type { NodeEngine } from '../peer/node-engine';
import type { Profile } from '../profile/profile';
import type { Caller } from './caller';
import type { OpenProfile } from './open-profile';
import type { ServedPlace } from './places';

/** Shorter beginnings of an id fit too many by chance. */
const LEAST_OF_ID = 4;

export interface SessionOptions {
  readonly profile: Profile;
  /** Id, its beginning, or name; the only network where it is left out. */
  readonly network: string | undefined;
  readonly caller: Caller;
  /** Tells something before the answer: `data` with `--json`, else `line`. */
  readonly say: (data: object, line: string) => void;
  /** Opens the profile. It is closed with the session, unless it is another command's. */
  readonly open: () => Promise<OpenProfile>;
  /** Lets other commands work on the profile until what this resolves with is called; undefined where another command does. */
  readonly letIn: ((open: OpenProfile) => Promise<() => Promise<void>>) | undefined;
}

/** One run of a command: the profile that it works on, opened when it is needed, and who runs it. */
export class Session {
  readonly profile: Profile;
  readonly caller: Caller;
  readonly say: SessionOptions['say'];
  readonly #options: SessionOptions;
  #opened: Promise<OpenProfile> | undefined;
  readonly #networks = new Set<string>();
  /** What is let go of at the end, the last first. */
  readonly #uses: (() => unknown)[] = [];
  #endOthers: (() => Promise<void>) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.profile = options.profile;
    this.caller = options.caller;
    this.say = options.say;
  }

  /** Tells how far something is, to a person. */
  progress(line: string): void {
    this.caller.err(line);
  }

  /** Whether another command has the profile open, beside which this one runs. */
  get isBeside(): boolean {
    return this.#options.letIn === undefined;
  }

  async engine(): Promise<NodeEngine> {
    return (await this.open()).engine;
  }

  /** The profile, open. What else a command does comes after this: where it rejects with `profile-in-use`, another process runs it. */
  open(): Promise<OpenProfile> {
    return (this.#opened ??= this.#options.open());
  }

  /** Lets other commands work on the profile beside this one, which goes on for long. */
  async letOthersIn(): Promise<void> {
    const open = await this.open();
    this.#endOthers = await this.#options.letIn?.(open);
  }

  /** The network that is meant. Rejects with `network-unknown`, or with `cli-which-network` where it could be several. */
  async network(): Promise<string> {
    const { host } = await this.engine();
    const wanted = this.#options.network;
    const held = await host.networks();
    const fitting = held.filter(({ id, name }) => wanted === undefined || fits(wanted, id, name));
    if (fitting.length > 1) throw new PeerholdError('cli-which-network', { count: fitting.length });
    if (fitting[0] === undefined) throw new PeerholdError(wanted === undefined ? 'cli-no-network' : 'network-unknown');
    return fitting[0].id;
  }

  /** The network that is meant, open. */
  async peer(): Promise<Peer> {
    return this.peerOf(await this.network());
  }

  /** A network, open until the session ends. */
  async peerOf(network: string): Promise<Peer> {
    const open = await this.open();
    const { host } = open.engine;
    if (!this.#networks.has(network)) {
      this.#networks.add(network);
      this.whenDone((await open.network(network).take()).release);
    }
    await host.open(network);
    return host.peer(network);
  }

  /** Signs an action in the network that is meant; resolves with the event's id once it is on the disk. */
  async act(action: Action): Promise<string> {
    return (await this.peer()).act(action);
  }

  /**
   * This profile's meeting place, served until the session ends. Where another command has it open, it is shared as it is. Rejects with
   * `node.listen-failed`, `node.port-in-use`.
   */
  async servePlace(port: number | undefined): Promise<ServedPlace> {
    const { value, release } = await (await this.open()).place.take(port);
    this.whenDone(release);
    if (port !== undefined && port !== value.port)
      this.progress(`The meeting place of this profile is open already, at port ${value.port}: that one is used.`);
    return value;
  }

  /** Looks for the others at this place too, until the session ends. */
  async meetAt(address: string): Promise<void> {
    const { host } = await this.engine();
    this.whenDone(host.places.add(address));
  }

  /** Verifies a network that is open. Rejects with why the caller is gone, when it is. */
  async verify(network: string): Promise<Verification> {
    const open = await this.open();
    const { release } = await open.verification(network).take();
    this.whenGone(release);
    try {
      const found = await open.engine.host.verify(network);
      if (found === null) throw new PeerholdError('cli-interrupted');
      return found;
    } finally {
      await release();
    }
  }

  /**
   * Joins a network, one at a time, by what gives its id, or null where the members decide first. A keeper that has the profile open keeps
   * it from then on. Rejects with `profile-busy` while another command joins one.
   */
  async join<T extends string | null>(run: (host: EngineHost) => Promise<T>): Promise<T> {
    const open = await this.open();
    const { host } = open.engine;
    const network = await open.once('join', async () => {
      const stop = this.whenGone(() => host.cancelJoin());
      return run(host).finally(stop);
    });
    if (network !== null) open.added.emit(network);
    return network;
  }

  /** Does this when nobody waits for the command any more, unless it has ended before or what this gives was called. */
  whenGone(run: () => unknown): () => void {
    const { gone } = this.caller;
    // What fails of it nobody is there to hear.
    const leave = (): void => void Promise.resolve(run()).catch(() => undefined);
    if (gone.aborted) leave();
    gone.addEventListener('abort', leave);
    const stop = (): void => gone.removeEventListener('abort', leave);
    this.whenDone(stop);
    return stop;
  }

  /** Does this when the command has ended, however it did. */
  whenDone(run: () => unknown): void {
    this.#uses.push(run);
  }

  async listen(listener: (event: EngineEvent) => void): Promise<void> {
    this.whenDone((await this.open()).events.add(listener));
  }

  /** Lets go of all that it used, and of the profile if nobody else has it. */
  async close(): Promise<void> {
    const open = await this.#opened?.catch(() => undefined);
    // The others first: they use what this one does.
    const steps = [this.#endOthers, ...this.#uses.splice(0).reverse(), this.isBeside ? undefined : () => open?.close()];
    const failures: unknown[] = [];
    for (const step of steps)
      try {
        await step?.();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }
}

/** Whether a person means this: by its id, the beginning of it, or its name. */
export function fits(wanted: string, id: string, name: string | null): boolean {
  return (
    (wanted.length >= LEAST_OF_ID && id.startsWith(wanted.toLowerCase())) ||
    name?.toLowerCase() === wanted.toLowerCase()
  );
}

/** The one of these that is meant. Throws `cli-unknown` or `cli-ambiguous`. */
export function theOne<T extends { readonly id: string }>(
  wanted: string,
  all: Iterable<T>,
  nameOf: (one: T) => string | null,
): T {
  const fitting = [...all].filter((one) => fits(wanted, one.id, nameOf(one)));
  if (fitting.length > 1) throw new PeerholdError('cli-ambiguous', { what: wanted });
  if (fitting[0] === undefined) throw new PeerholdError('cli-unknown', { what: wanted });
  return fitting[0];
}

/** The words behind a reference; a placeholder where they were erased or are not here. */
export const wordsOf = ({ replica }: Peer, ref: TextRef): string => replica.text(ref) ?? '(erased, or not here)';

export function nameOfNetwork(peer: Peer): string {
  const row = peer.state.network.get(NETWORK_KEY);
  return row === undefined ? '' : wordsOf(peer, row.name);
}

export function nameOfMember(peer: Peer, member: string | null): string {
  const row = member === null ? undefined : peer.state.members.get(member);
  return row === undefined ? '?' : wordsOf(peer, row.name);
}
