import type { EngineEvent } from '../../shared/engine/contract';
import { PeerholdError } from '../../shared/errors';
import type { Action } from '../../shared/network/events';
import { NETWORK_KEY } from '../../shared/network/state';
import type { Peer } from '../../shared/peer/peer';
import type { TextRef } from '../../shared/record/text';
import { LanDiscovery } from '../lan/discovery';
import { NodeEngine } from '../peer/node-engine';
import { type Profile, findProfile } from '../profile/profile';

/** Shorter beginnings of an id fit too many by chance. */
const LEAST_OF_ID = 4;

export interface SessionOptions {
  readonly profile: string;
  /** Id, its beginning, or name; the only network where it is left out. */
  readonly network: string | undefined;
  readonly meets: boolean;
  /** Tells how far something is, to a person. */
  readonly progress: (line: string) => void;
  /** Tells something before the answer: `data` with `--json`, else `line`. */
  readonly say: (data: object, line: string) => void;
  /** The next line that is given to the command; nothing once there is none. */
  readonly read: () => Promise<string | undefined>;
}

/** One run of a command: the profile that it works on, opened when it is needed. */
export class Session {
  readonly profile: Profile;
  readonly progress: (line: string) => void;
  readonly say: SessionOptions['say'];
  readonly read: SessionOptions['read'];
  readonly listeners = new Set<(event: EngineEvent) => void>();
  readonly #options: SessionOptions;
  #engine: Promise<NodeEngine> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.profile = findProfile(options.profile);
    this.progress = options.progress;
    this.say = options.say;
    this.read = options.read;
  }

  engine(): Promise<NodeEngine> {
    return (this.#engine ??= NodeEngine.open(this.profile, {
      meets: this.#options.meets,
      ...(this.#options.meets ? { discovery: new LanDiscovery() } : {}),
      emit: (event) => {
        for (const listener of this.listeners) listener(event);
      },
    }));
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
    const network = await this.network();
    const { host } = await this.engine();
    await host.open(network);
    return host.peer(network);
  }

  /** Signs an action in the network that is meant; resolves with the event's id once it is on the disk. */
  async act(action: Action): Promise<string> {
    return (await this.peer()).act(action);
  }

  async close(): Promise<void> {
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.close();
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
