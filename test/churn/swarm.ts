import { SignallingService } from '../../node/signalling/service';
import { nodeRuntime } from '../../node/sync/runtime';
import { MemoryStore } from '../../shared/peer/memory-store';
import { Peer } from '../../shared/peer/peer';
import { stateDigest } from '../../shared/network/digest/digest';
import type { Signer } from '../../shared/record/signature';
import { KIND } from '../../shared/sync/channel/kinds';
import type { Transport } from '../../shared/sync/channel/ports';
import { type Meet, meet } from '../../shared/sync/meeting/meet';
import { admit, group, testSigner } from '../kit/group';

/** What went over all connections. */
export interface Traffic {
  /** Messages of the record exchange, and their bytes. */
  messages: number;
  bytes: number;
}

interface Machine {
  readonly name: string;
  readonly signer: Signer;
  readonly store: MemoryStore;
  peer: Peer | undefined;
  meeting: Meet | undefined;
}

const around = { clock: nodeRuntime.clock, random: nodeRuntime.random, now: () => Date.now() };

/** Many peers of one network in this process, over real WebRTC, who meet at one signalling server. */
export class Swarm {
  readonly traffic: Traffic = { messages: 0, bytes: 0 };
  readonly machines: Machine[] = [];
  readonly #network: string;
  readonly #service = new SignallingService();
  /** Every peer that was ever open. */
  readonly #opened: WeakRef<Peer>[] = [];

  private constructor(network: string) {
    this.#network = network;
  }

  /** A network of so many members, each with a machine that is off and has the whole record. */
  static async of(size: number): Promise<Swarm> {
    const [founder] = await group(['m0']);
    for (let number = 1; number < size; number++) await admit(founder!, `m${number}`);
    const { record } = founder!.replica;
    const swarm = new Swarm(founder!.replica.id);
    const events = record.all().map(({ bytes }) => bytes);
    const texts = record.all().flatMap((entry) => founder!.replica.textsOf(entry));
    for (let number = 0; number < size; number++) {
      const store = new MemoryStore();
      await store.append({ events, texts });
      const name = `m${number}`;
      swarm.machines.push({ name, signer: await testSigner(name), store, peer: undefined, meeting: undefined });
    }
    await swarm.#service.listenLoopback();
    return swarm;
  }

  get running(): readonly (Machine & { readonly peer: Peer })[] {
    return this.machines.filter((machine): machine is Machine & { readonly peer: Peer } => machine.peer !== undefined);
  }

  /** Opens connections, all of them counted twice. */
  get connections(): number {
    return this.running.reduce((sum, { peer }) => sum + peer.connections.length, 0);
  }

  /** Connections on the shortest way from a peer to the one that is farthest from it; of all peers the most. */
  get hops(): number {
    const neighbours = new Map(
      this.running.map(({ signer, peer }) => [signer.device, peer.connections.map(({ device }) => device)]),
    );
    return Math.max(...[...neighbours.keys()].map((from) => farthest(from, neighbours)));
  }

  /** Peers that were closed and are in memory still; after a collection those that something holds on to. */
  get leaked(): number {
    const held = this.#opened.filter((peer) => peer.deref() !== undefined).length;
    return held - this.running.length;
  }

  async start(machine: Machine): Promise<void> {
    const peer = await Peer.open(this.#network, machine.signer, machine.store, around);
    machine.peer = peer;
    this.#opened.push(new WeakRef(peer));
    machine.meeting = await meet(nodeRuntime, {
      network: this.#network,
      servers: this.#service.addresses(),
      onTransport: (transport) => void peer.connect(this.#counted(transport)),
    });
  }

  /** The app is closed: what it stored stays. */
  async stop(machine: Machine): Promise<void> {
    const { peer, meeting } = machine;
    machine.peer = undefined;
    machine.meeting = undefined;
    meeting?.close('channel.closed');
    await peer?.close();
  }

  /** Whether everybody who is running has the same. */
  equal(): boolean {
    const sizes = new Set(this.running.map(({ peer }) => peer.replica.record.size));
    return sizes.size === 1 && new Set(this.running.map(({ peer }) => stateDigest(peer.state))).size === 1;
  }

  async close(): Promise<void> {
    for (const machine of this.running) await this.stop(machine);
    await this.#service.close();
  }

  #counted(transport: Transport): Transport {
    const send = transport.send.bind(transport);
    transport.send = (message, priority) => {
      if (message[0] === KIND.record) {
        this.traffic.messages += 1;
        this.traffic.bytes += message.length;
      }
      send(message, priority);
    };
    return transport;
  }
}

function farthest(from: string, neighbours: ReadonlyMap<string, readonly string[]>): number {
  const reached = new Set([from]);
  let [hops, edge] = [0, [from]];
  for (;;) {
    edge = edge.flatMap((device) => neighbours.get(device) ?? []).filter((device) => !reached.has(device));
    if (edge.length === 0) return hops;
    for (const device of edge) reached.add(device);
    hops += 1;
  }
}
