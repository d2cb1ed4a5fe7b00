import type { ExposedTransport } from '../../../renderer/sync/port-transport';

/** Which part of the generated history, by path on the benchmark's own server. */
export interface Part {
  readonly address: string;
  readonly texts: boolean;
}

/** Calls of the page to its worker, all by one name. */
export interface WorkerCalls {
  /** Puts a history in this profile's storage; resolves with the network and the bytes that its storage grew by. */
  store(part: Part): { readonly network: string; readonly grown: number };
  /** Generates documents into the storage of `network`; resolves with how many changes a receiver will see. */
  storeDocs(order: { readonly network: string; readonly bytes: number }): { readonly changes: number };
  /** Opens the stored network as one of its people; resolves with the milliseconds until it was usable, and of them reading. */
  open(order: { readonly network: string; readonly name: string }): { readonly open: number; readonly read: number };
  /** A new invite: its secret. */
  invite(): Uint8Array;
  /** Prepares to join; the transport comes next. */
  meetAsJoiner(order: { readonly network: string; readonly secret: Uint8Array }): void;
  /** Joins: milliseconds until the record with the own admission is verified, folded and stored, and until the peer is open. */
  join(name: string): { readonly join: number; readonly open: number; readonly events: number };
  /** Milliseconds that checking the signatures of the part takes, with nothing else of an event looked at. */
  verify(part: Part): number;
  /** Milliseconds that cborg takes for the stored events of a network. */
  decode(order: { readonly network: string }): number;
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
    invite(network: string): Promise<string>;
    join(link: string, name: string): Promise<string>;
    propose(network: string): Promise<string>;
    /** Resolves once the proposal is in this window's state. */
    sees(proposal: string): Promise<void>;
    /** Casts so many ballots, on one proposal after the other and round again; resolves with when each was asked for, by event. */
    vote(network: string, about: readonly string[], count: number, pause: number): Promise<[string, number][]>;
    /** When each ballot was followed by a frame here, by event. */
    readonly ballots: [string, number][];
  };
}

declare global {
  interface Window {
    bench: Bench;
  }
}
