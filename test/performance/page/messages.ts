import type { ExposedTransport } from '../../../renderer/sync/port-transport';
import type { Arrivals } from '../measures/arrival';
import type { StartParts } from '../measures/cold-start';

/** Which part of the generated history, by path on the benchmark's own server. */
export interface Part {
  readonly address: string;
  readonly texts: boolean;
  /** Whether it was started once, when it is to be stored. */
  readonly started?: boolean;
}

/** Calls of the page to its worker, all by one name. */
export interface WorkerCalls {
  /** Puts a history in this profile's storage; resolves with the network and the bytes that its storage grew by. */
  store(part: Part): { readonly network: string; readonly grown: number };
  /** Generates documents into the storage of `network`; resolves with how many changes a receiver will see. */
  storeDocs(order: { readonly network: string; readonly bytes: number }): { readonly changes: number };
  /** Opens the stored network as one of its people; resolves with the milliseconds until it was usable, and of them reading. */
  open(order: { readonly network: string; readonly name: string }): { readonly open: number; readonly read: number };
  /** A new invite: its secret, and the seal that its link names, once there is one. */
  invite(): { readonly secret: Uint8Array; readonly seal: string };
  /** Prepares to join; the transport comes next. */
  meetAsJoiner(order: { readonly network: string; readonly secret: Uint8Array; readonly seal: string }): void;
  /**
   * Joins: milliseconds until the record with the own admission is folded and stored, what opening it takes after that, and all until every
   * signature is checked.
   */
  join(name: string): {
    readonly join: number;
    readonly open: number;
    readonly checked: number;
    readonly events: number;
  };
  /** Milliseconds that checking the signatures of the part takes, with nothing else of an event looked at. */
  verify(part: Part): number;
  /** Milliseconds that cborg takes for the stored events of a network. */
  decode(order: { readonly network: string }): number;
  /** What a start consists of, from bytes in memory. */
  parts(part: Part): StartParts;
  /** Events that arrive one by one after `size` of the part's. */
  arrive(order: Part & { readonly size: number }): Arrivals;
  /** Keeps a whole replica of the part in memory, in the place of the last one; resolves with its events. */
  hold(part: Part): number;
  /** Makes the stored network one that the app's engine in this profile opens, as one of its people. */
  adopt(order: { readonly network: string; readonly name: string }): void;
  /** Makes a file of so many bytes here; resolves with its id. */
  addFile(bytes: number): string;
  /** Milliseconds from the next transport's hand-over until the file is stored here. */
  receiveFile(file: string): number;
  /** Milliseconds from the next transport's hand-over until so many changes of documents are stored here. */
  receiveDocs(changes: number): number;
}
export type Call = keyof WorkerCalls;
export type Given<C extends Call> = Parameters<WorkerCalls[C]>[0];
export type Answer<C extends Call> = ReturnType<WorkerCalls[C]>;

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly call: Call; readonly given: unknown }
  | { readonly kind: 'transport'; readonly exposed: ExposedTransport };
export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** One end of a connection in the making: descriptions are carried by the test. */
export interface Dialling {
  offer(): Promise<string>;
  answer(sdp: string): Promise<string>;
  accept(sdp: string): Promise<void>;
}

/** What the test drives in a page. */
export interface Bench {
  /** Ends the worker and starts one that has compiled nothing. */
  fresh(): void;
  call<C extends Call>(call: C, given: Given<C>): Promise<Answer<C>>;
  /** Bytes of memory of the page and its worker after a collection, by the browser's own measure. */
  memory(): Promise<number>;
  /** A connection whose transport goes to the worker. */
  readonly peer: Dialling;
  /** A bare data channel that stays in the page. */
  readonly raw: Dialling & {
    /** Milliseconds until the other side has confirmed so many bytes. */
    send(bytes: number): Promise<number>;
    /** The smallest of some round trips, and the other clock minus this one, in milliseconds. */
    clocks(): Promise<{ readonly roundTrip: number; readonly ahead: number }>;
    /** Sends numbers with a pause between; resolves with when each was sent. */
    ticks(count: number, pause: number): Promise<number[]>;
    /** When each number of the other side was followed by a frame here. */
    readonly frames: number[];
    close(): void;
  };
  /** The app's own engine, in its own worker. */
  readonly engine: {
    start(signalling: readonly string[]): void;
    /** Founds a network with two votes' worth of rules; resolves with its id. */
    found(): Promise<string>;
    /** Opens a network that this profile holds. */
    open(network: string): Promise<void>;
    invite(network: string): Promise<string>;
    join(link: string, name: string): Promise<string>;
    propose(network: string): Promise<string>;
    /** Resolves once the proposal is in this window's state. */
    sees(proposal: string): Promise<void>;
    /**
     * Casts so many ballots, on one proposal after the other and round again; resolves with when each was asked for and when it was called
     * done, by event.
     */
    vote(network: string, about: readonly string[], count: number, pause: number): Promise<[string, number, number][]>;
    /** Milliseconds of each of so many bare writes of an event's size to the browser's disk, as durable as those of the record. */
    strictWrites(count: number, pause: number): Promise<number[]>;
    /** When each ballot was followed by a frame here, by event. */
    readonly ballots: [string, number][];
  };
}

declare global {
  interface Window {
    bench: Bench;
  }
}
