import { LINK_HIGH, LINK_LOW, MAX_FRAME } from '../../../shared/sync/channel/ports';
import type { Bench } from './messages';

/** A data channel with nothing above it: the floor. Chunks and back-pressure as the real channel has them. */
let connection: RTCPeerConnection | undefined;
let channel: RTCDataChannel;
let opened: Promise<void>;
let received = 0;
let expected = 0;
const frames: number[] = [];
const told = new Map<string, (value: number) => void>();
const now = (): number => performance.timeOrigin + performance.now();

type Word =
  | { readonly kind: 'expect'; readonly bytes: number }
  | { readonly kind: 'complete' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong'; readonly at: number }
  | { readonly kind: 'tick' };

const say = (word: Word): void => channel.send(JSON.stringify(word));
const hear = (kind: string): Promise<number> => new Promise((resolve) => told.set(kind, resolve));

function heard(word: Word): void {
  if (word.kind === 'expect') {
    received = 0;
    expected = word.bytes;
  } else if (word.kind === 'ping') say({ kind: 'pong', at: now() });
  else if (word.kind === 'tick') requestAnimationFrame(() => frames.push(now()));
  else told.get(word.kind)?.(word.kind === 'pong' ? word.at : 0);
}

function make(): RTCPeerConnection {
  connection?.close();
  const made = new RTCPeerConnection({ iceServers: [] });
  connection = made;
  channel = made.createDataChannel('raw', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LINK_LOW;
  opened = new Promise((resolve) => channel.addEventListener('open', () => resolve()));
  channel.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') return heard(JSON.parse(data) as Word);
    received += data.byteLength;
    if (received === expected) say({ kind: 'complete' });
  });
  return made;
}

async function described(made: RTCPeerConnection, description: RTCSessionDescriptionInit): Promise<string> {
  await made.setLocalDescription(description);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (made.iceGatheringState === 'complete') resolve();
    };
    made.addEventListener('icegatheringstatechange', look);
    look();
  });
  return made.localDescription?.sdp ?? '';
}

export const raw: Bench['raw'] = {
  async offer() {
    const made = make();
    return described(made, await made.createOffer());
  },
  async answer(sdp) {
    const made = make();
    await made.setRemoteDescription({ type: 'offer', sdp });
    return described(made, await made.createAnswer());
  },
  async accept(sdp) {
    await connection?.setRemoteDescription({ type: 'answer', sdp });
    await opened;
  },
  async send(bytes) {
    await opened;
    const chunk = new Uint8Array(MAX_FRAME);
    say({ kind: 'expect', bytes });
    const complete = hear('complete');
    const start = performance.now();
    for (let left = bytes; left > 0; left -= MAX_FRAME) {
      if (channel.bufferedAmount >= LINK_HIGH)
        await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }));
      channel.send(left >= MAX_FRAME ? chunk : chunk.subarray(0, left));
    }
    await complete;
    return performance.now() - start;
  },
  async clocks() {
    await opened;
    let best = { roundTrip: Infinity, ahead: 0 };
    for (let i = 0; i < 50; i++) {
      const pong = hear('pong');
      const start = now();
      say({ kind: 'ping' });
      const there = await pong;
      const end = now();
      if (end - start < best.roundTrip) best = { roundTrip: end - start, ahead: there - (start + end) / 2 };
    }
    return best;
  },
  async ticks(count, pause) {
    const sent: number[] = [];
    for (let i = 0; i < count; i++) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      sent.push(now());
      say({ kind: 'tick' });
    }
    return sent;
  },
  frames,
  close() {
    connection?.close();
    connection = undefined;
  },
};
