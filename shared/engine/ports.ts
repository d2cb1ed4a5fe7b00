import type { StoredUpdate } from '../commons/ports';
import type { PeerStore } from '../peer/store';
import type { Surroundings } from '../peer/surroundings';
import type { ReceivingKey } from '../record/receiving-key';
import type { DeviceKey } from '../record/signature';
import type { IceServer } from '../sync/webrtc/ports';

/** A network that this installation holds, with the key by which it acts there. */
export interface HeldNetwork {
  readonly id: string;
  readonly key: DeviceKey;
  /** The key by which the device of `key` receives what is encrypted to it; none was needed yet where it is missing. */
  readonly receiving?: ReceivingKey;
  readonly name: string;
  readonly sample: boolean;
  readonly members: number;
  /** Claimed time of the newest event, milliseconds since 1970. */
  readonly changed: number;
  /** Signalling servers of others, from the invite. */
  readonly meetingPlaces: readonly string[];
  /** The network that it goes on from, and who started it again. */
  readonly refounds?: { readonly network: string; readonly by: string };
  /** The key that is to take the place of `key`, of a device that others know more of than it does itself. */
  readonly next?: DeviceKey;
  /** Set when the device can sign nothing more. */
  readonly stopped?: boolean;
}

/** An invite that this installation issued: its secret is here and in the link only. */
export interface IssuedInvite {
  readonly invite: string;
  readonly network: string;
  readonly secret: Uint8Array;
  readonly expires: number;
  /** Its link lets the newcomer use the TURN servers that the agreement lists. */
  readonly relay?: boolean;
}

/** A join under way: the key stays the same if the person has to try again. */
export interface PendingJoin {
  readonly invite: string;
  readonly key: DeviceKey;
  /** Devices of members whom it has asked to admit this key. */
  readonly asked: readonly string[];
}

/** What an installation keeps across its networks. Every write resolves once it would survive a power cut, and is whole or not at all. */
export interface Installation {
  /** A new key, as this installation can keep it. */
  newKey(): Promise<DeviceKey>;
  /** The key of a seed of 32 bytes, kept in the same way as those that it makes. Nothing of the seed is kept beside. */
  keyFromSeed(seed: Uint8Array): Promise<DeviceKey>;
  newReceivingKey(): Promise<ReceivingKey>;
  networks(): Promise<readonly HeldNetwork[]>;
  network(id: string): Promise<HeldNetwork | undefined>;
  keep(network: HeldNetwork): Promise<void>;
  /** Changes a network's row, if it is still here, in one step: two changes at once must not undo each other, least of all a key's. */
  change(id: string, change: (held: HeldNetwork) => HeldNetwork): Promise<void>;
  /** Deletes a network's row and everything that is stored of it. It must not be open. */
  forget(id: string): Promise<void>;
  keepInvite(invite: IssuedInvite): Promise<void>;
  invite(id: string): Promise<IssuedInvite | undefined>;
  pendingJoin(invite: string): Promise<PendingJoin | undefined>;
  keepJoin(join: PendingJoin): Promise<void>;
  endJoin(invite: string): Promise<void>;
  /** Whether the person wants to be reached; a choice to work offline outlasts a restart. */
  online(): Promise<boolean>;
  setOnline(online: boolean): Promise<void>;
  /** One network's store, made at the first time. One of a network may be open at a time. */
  openStore(network: string): Promise<OpenStore>;
  /** Deletes everything that is stored of a network. It must not be open. */
  dropStore(network: string): Promise<void>;
}

export interface OpenStore extends PeerStore {
  /** Puts many documents' updates in one write: a generated sample. */
  seed(docs: readonly SeedDoc[]): Promise<void>;
  close(): void | Promise<void>;
}

export interface SeedDoc {
  readonly doc: string;
  readonly updates: readonly StoredUpdate[];
}

/** Finds the peers of networks, on whichever thread has WebRTC, and hands over each connection by `EngineHost.connect`. */
export interface Meetings {
  /** Meets the network's peers at these places and with these servers' help, from now on or anew. */
  meet(network: string, places: readonly string[], iceServers: readonly IceServer[]): void;
  /** The roster changed: who was refused may be tried again at once. */
  forgive(network: string): void;
  part(network: string, code: string): void;
}

/** What an engine runs on. */
export interface EnginePorts {
  readonly installation: Promise<Installation>;
  readonly meetings: Meetings;
  readonly around: Surroundings;
}
