/** What a channel needs from its surroundings. Adapters: `shared/sync/webrtc`, `renderer/sync` (worker port), `test/channel` (memory). */

/** Who sent the offer and who answered it. The two ends always differ, which is what makes a reflected handshake fail. */
export type Role = 'dialler' | 'answerer';

/**
 * Urgent messages (ballots, presence, control) go before everything; normal and bulk ones share what is left at 4 frames to 1.
 * A message over its class's size (`MAX_SIZE`) travels as bulk: size decides before priority does.
 * Order is kept among messages of one class, not across classes.
 */
export const PRIORITY = { urgent: 0, normal: 1, bulk: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** `here`: we closed it; `there`: the other side did and said why (its word, unproved); `link`: it broke. */
export interface CloseReason {
  readonly code: string;
  readonly by: 'here' | 'there' | 'link';
}

/** By what two devices found each other: a meeting place, by its address, or codes that people carried. */
export type Met = { readonly by: 'place'; readonly address: string } | { readonly by: 'hand' };

/**
 * Where the packets of a connection go, as this side's runtime knows it: to this same machine, within the local network, across the
 * internet without a relay, or through a relay (TURN).
 */
export type Route = 'machine' | 'lan' | 'internet' | 'relay';

/** What is known of a connection before anything is said on it. Fingerprints are the 32 bytes of SHA-256 over the DTLS certificates. */
export interface TransportInfo {
  readonly role: Role;
  readonly localFingerprint: Uint8Array;
  readonly remoteFingerprint: Uint8Array;
  /** Absent where nobody had to be found. */
  readonly met?: Met;
}

/**
 * `stranger`: before the other side proved who it is, little is accepted and held for it. `peer`: the full sizes.
 * A transport starts with `stranger`.
 */
export type Trust = 'stranger' | 'peer';

/**
 * A consumer of whole messages. What it returns decides when the message's memory counts as given back to the sender's window, so a
 * returned promise must not wait for anything that has to arrive over the same transport. A rejection closes the transport
 * with the error's code.
 */
export type MessageHandler = (message: Uint8Array) => void | Promise<void>;

/**
 * A pipe of whole messages to one remote, authenticated or not. Nothing is dropped silently: what is sent arrives whole and unaltered,
 * or `onClose` tells that it may not have.
 */
export interface Transport extends TransportInfo {
  /** Takes the message over: its memory may be moved away. Throws `channel.message-too-large`; after the close it does nothing. */
  send(message: Uint8Array, priority?: Priority): void;
  /** Bytes taken and not yet handed to the network. Stop sending over `QUEUE_HIGH`; over `MAX_QUEUE` the transport closes. */
  readonly buffered: number;
  /** The one consumer. Messages that came before it was set are kept for it. */
  onMessage(handler: MessageHandler): void;
  /** Told each time `buffered` has fallen from above `QUEUE_LOW` to it or below. */
  onDrain(listener: () => void): void;
  /** Told once; at once when it is closed already. */
  onClose(listener: (reason: CloseReason) => void): void;
  setTrust(trust: Trust): void;
  /** Null while it is not known, which it may stay. */
  readonly route: Route | null;
  /** Told when it has become another one. */
  onRoute(listener: (route: Route | null) => void): void;
  /** Tells the other side the code, drops what is queued, and closes. */
  close(code: string): void;
}

/** A pipe of frames of at most `MAX_FRAME` bytes in order, as one data channel is. Below framing. */
export interface Link {
  /** May throw when it is closed. */
  send(frame: Uint8Array): void;
  readonly bufferedAmount: number;
  /** Lets go of what was sent, then closes. */
  close(): void;
  /** Called by whoever consumes the link, once, before any other use. What arrived earlier is handed over then. */
  attach(events: LinkEvents): void;
}

export interface LinkEvents {
  frame(frame: Uint8Array): void;
  /** There is room again: `bufferedAmount` fell. May be called more often than needed. */
  writable(): void;
  closed(): void;
}

/** Signs as this device. Ed25519. */
export interface Signer {
  /** Public half, 32 bytes. */
  readonly deviceKey: Uint8Array;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Ed25519; false for whatever is not a valid signature by that key. Rejects where the runtime could not say: the channel then closes with that code. */
export type Verify = (key: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>;

const KIB = 1024;
const MIB = 1024 * KIB;

/** The largest message. Anything larger is cut by its own protocol (files, ranges of the record). */
export const MAX_MESSAGE = 32 * MIB;
/** The largest message of each class, by priority. */
export const MAX_SIZE: readonly [number, number, number] = [64 * KIB, 4 * MIB, MAX_MESSAGE];
/** A frame with its header; chunks of this size with 32 to 128 KiB buffered were steadiest in Chromium. */
export const MAX_FRAME = 32 * KIB;
export const LINK_HIGH = 128 * KIB;
export const LINK_LOW = 32 * KIB;
export const QUEUE_HIGH = MIB;
export const QUEUE_LOW = 256 * KIB;
export const MAX_QUEUE = 96 * MIB;
