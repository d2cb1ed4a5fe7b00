import { PeerholdError } from '../../errors';
import { concat } from '../../record/bytes';
import { MAX_FRAME, MAX_MESSAGE, MAX_SIZE, PRIORITY, type Priority, type Trust } from './ports';

/**
 * Messages of any size as frames of at most 32 KiB. One message is open in each class at a time, so the class is the stream.
 *
 *   byte 0      high half: type, low half: class
 *   first       u32 length of the message, then its first bytes
 *   more        at least one further byte of the message
 *   credit      u32 cost that the receiver has consumed
 *   close       a code in ASCII: the last frame
 *
 * Credit bounds memory at the receiver: a sender has at most `WINDOW` of cost out that is not yet consumed. The window holds the
 * largest message of every class at once, so a half-received message can never block itself.
 */
const TYPE = { first: 0, more: 1, credit: 2, close: 3 } as const;
const MAX_CODE = 64;
const CODE = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/** What a frame costs beyond its bytes: tiny messages must not cost their receiver more memory than they are charged. */
const FRAME_COST = 128;
export const WINDOW = 40 * 1024 * 1024;
/** Consumed cost is told in lots, so that a stream of small messages does not double the frames. */
export const CREDIT_LOT = 256 * 1024;
const STRANGER = { message: 8 * 1024, window: 64 * 1024 };
/** Frames of normal messages for each one of a bulk message, when both wait. */
const NORMAL_FOR_BULK = 4;

export const frameCost = (frame: Uint8Array): number => frame.length + FRAME_COST;

/** The class a message of this size travels in. Throws `channel.message-too-large`. */
export function classOf(size: number, wish: Priority): Priority {
  if (size > MAX_MESSAGE) throw new PeerholdError('channel.message-too-large', { size, most: MAX_MESSAGE });
  return size > MAX_SIZE[wish] ? PRIORITY.bulk : wish;
}

interface Outgoing {
  readonly message: Uint8Array;
  sent: number;
}

/** Cuts queued messages into frames, the urgent first. */
export class FrameWriter {
  readonly #queues: readonly [Fifo, Fifo, Fifo] = [new Fifo(), new Fifo(), new Fifo()];
  #queued = 0;
  #out = 0;
  #turn = 0;

  /** Bytes of messages not yet made into frames. */
  get queued(): number {
    return this.#queued;
  }

  push(message: Uint8Array, wish: Priority): void {
    this.#queues[classOf(message.length, wish)].push({ message, sent: -1 });
    this.#queued += message.length;
  }

  /** The next frame, or nothing: because nothing waits, or because the window is used up until `credit` comes. */
  next(): Uint8Array | undefined {
    if (this.#out + MAX_FRAME + FRAME_COST > WINDOW) return undefined;
    const stream = this.#choose();
    const head = stream === undefined ? undefined : this.#queues[stream].head;
    if (stream === undefined || head === undefined) return undefined;
    const frame = head.sent < 0 ? firstFrame(stream, head.message) : moreFrame(stream, head);
    const carried = frame.length - (head.sent < 0 ? 5 : 1);
    head.sent = Math.max(head.sent, 0) + carried;
    this.#queued -= carried;
    if (head.sent === head.message.length) this.#queues[stream].shift();
    this.#out += frameCost(frame);
    return frame;
  }

  /** Throws `channel.bad-frame` for credit that was never out. */
  credit(cost: number): void {
    if (cost > this.#out) throw new PeerholdError('channel.bad-frame', { why: 'credit' });
    this.#out -= cost;
  }

  #choose(): Priority | undefined {
    const [urgent, normal, bulk] = this.#queues;
    if (urgent.head !== undefined) return PRIORITY.urgent;
    if (normal.head === undefined) return bulk.head === undefined ? undefined : PRIORITY.bulk;
    if (bulk.head === undefined) return PRIORITY.normal;
    this.#turn = (this.#turn + 1) % (NORMAL_FOR_BULK + 1);
    return this.#turn === 0 ? PRIORITY.bulk : PRIORITY.normal;
  }
}

export type Inbound =
  | { readonly type: 'message'; readonly message: Uint8Array; readonly cost: number }
  | { readonly type: 'part'; readonly cost: number }
  | { readonly type: 'credit'; readonly cost: number }
  | { readonly type: 'close'; readonly code: string };

interface Incoming {
  readonly length: number;
  readonly parts: Uint8Array[];
  received: number;
  cost: number;
}

/** Puts frames together again, within bounds. Every violation throws a `PeerholdError` with code `channel.…`; then the link is to be closed. */
export class FrameReader {
  readonly #open: [Incoming | undefined, Incoming | undefined, Incoming | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  #trust: Trust = 'stranger';
  #held = 0;
  #consumed = 0;

  setTrust(trust: Trust): void {
    this.#trust = trust;
  }

  /** Cost received and not yet given back: the bound on what this link makes us hold. */
  get held(): number {
    return this.#held;
  }

  push(frame: Uint8Array): Inbound {
    if (frame.length === 0 || frame.length > MAX_FRAME) throw bad('size');
    const type = frame[0]! >> 4;
    const low = frame[0]! & 15;
    if (type === TYPE.credit || type === TYPE.close) return control(type, low, frame);
    if (low !== PRIORITY.urgent && low !== PRIORITY.normal && low !== PRIORITY.bulk) throw bad('class');
    this.#held += frameCost(frame);
    if (this.#held > (this.#trust === 'peer' ? WINDOW : STRANGER.window)) throw new PeerholdError('channel.flood');
    if (type === TYPE.first) return this.#first(low, frame);
    if (type === TYPE.more) return this.#more(low, frame);
    throw bad('type');
  }

  /** Cost of messages that were consumed. Returns the credit frame when a lot is full. */
  consumed(cost: number): Uint8Array | undefined {
    this.#consumed += cost;
    if (this.#consumed < CREDIT_LOT) return undefined;
    const lot = this.#consumed;
    this.#consumed = 0;
    this.#held -= lot;
    return numberFrame((TYPE.credit << 4) | 0, lot);
  }

  #first(stream: Priority, frame: Uint8Array): Inbound {
    if (frame.length < 5 || this.#open[stream] !== undefined) throw bad('first');
    const length = readNumber(frame);
    const most = this.#trust === 'peer' ? MAX_SIZE[stream] : Math.min(STRANGER.message, MAX_SIZE[stream]);
    if (length > most) throw new PeerholdError('channel.message-too-large', { size: length, most });
    const received = frame.length - 5;
    if (received > length) throw bad('length');
    const cost = frameCost(frame);
    if (received === length) return { type: 'message', message: frame.subarray(5), cost };
    this.#open[stream] = { length, parts: [frame.subarray(5)], received, cost };
    return { type: 'part', cost };
  }

  #more(stream: Priority, frame: Uint8Array): Inbound {
    const open = this.#open[stream];
    if (open === undefined || frame.length < 2) throw bad('more');
    open.received += frame.length - 1;
    if (open.received > open.length) throw bad('length');
    open.parts.push(frame.subarray(1));
    const cost = frameCost(frame);
    open.cost += cost;
    if (open.received < open.length) return { type: 'part', cost };
    this.#open[stream] = undefined;
    return { type: 'message', message: concat(...open.parts), cost: open.cost };
  }
}

/** The frame that tells the other side why. */
export function closeFrame(code: string): Uint8Array {
  const told = CODE.test(code) ? code : 'channel.closed';
  const frame = new Uint8Array(1 + told.length);
  frame[0] = TYPE.close << 4;
  for (let i = 0; i < told.length; i++) frame[i + 1] = told.charCodeAt(i);
  return frame;
}

function control(type: number, low: number, frame: Uint8Array): Inbound {
  if (low !== 0) throw bad('class');
  if (type === TYPE.credit) {
    if (frame.length !== 5) throw bad('credit');
    return { type: 'credit', cost: readNumber(frame) };
  }
  const code = frame.length - 1 > MAX_CODE ? '' : String.fromCharCode(...frame.subarray(1));
  if (!CODE.test(code)) throw bad('close');
  return { type: 'close', code };
}

function firstFrame(stream: Priority, message: Uint8Array): Uint8Array {
  const carried = Math.min(message.length, MAX_FRAME - 5);
  const frame = numberFrame((TYPE.first << 4) | stream, message.length, carried);
  frame.set(carried === message.length ? message : message.subarray(0, carried), 5);
  return frame;
}

function moreFrame(stream: Priority, { message, sent }: Outgoing): Uint8Array {
  const carried = Math.min(message.length - sent, MAX_FRAME - 1);
  const frame = new Uint8Array(1 + carried);
  frame[0] = (TYPE.more << 4) | stream;
  frame.set(message.subarray(sent, sent + carried), 1);
  return frame;
}

function numberFrame(head: number, value: number, room = 0): Uint8Array {
  const frame = new Uint8Array(5 + room);
  frame[0] = head;
  // A view for these four bytes would cost more than all else about a small frame.
  frame[1] = value >>> 24;
  frame[2] = value >>> 16;
  frame[3] = value >>> 8;
  frame[4] = value;
  return frame;
}

function readNumber(frame: Uint8Array): number {
  return ((frame[1]! << 24) | (frame[2]! << 16) | (frame[3]! << 8) | frame[4]!) >>> 0;
}

const bad = (why: string): PeerholdError => new PeerholdError('channel.bad-frame', { why });

/** A queue whose removal does not move what is left. */
class Fifo {
  #items: Outgoing[] = [];
  #start = 0;

  get head(): Outgoing | undefined {
    return this.#items[this.#start];
  }

  push(item: Outgoing): void {
    this.#items.push(item);
  }

  shift(): void {
    this.#start += 1;
    if (this.#start < 1024 || this.#start * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#start);
    this.#start = 0;
  }
}
