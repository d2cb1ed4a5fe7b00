import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryLink, memoryPair, PRINTS } from '../../../test/channel/memory-link';
import { equalBytes } from '../../record/bytes';
import { FramedTransport } from './framed-transport';
import { closeFrame, CREDIT_LOT, FrameReader, FrameWriter, WINDOW } from './framing';
import { type CloseReason, LINK_HIGH, MAX_FRAME, MAX_MESSAGE, MAX_QUEUE, PRIORITY, type Priority } from './ports';

const pattern = (length: number, seed: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + seed * 17 + (i >> 8)) & 255;
  return bytes;
};
const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 2, arbitrary: fc.constantFrom(MAX_FRAME - 6, MAX_FRAME - 5, MAX_FRAME - 4, 2 * MAX_FRAME - 6) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
);
const messages = fc.array(fc.record({ size: sizes, priority: fc.constantFrom<Priority>(0, 1, 2), side: fc.nat(1) }), {
  maxLength: 25,
});
/** How many frames each side moves, in turns. */
const schedule = fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 6 })), { maxLength: 60 });

const first = (stream: number, length: number, body = 0): Uint8Array => {
  const frame = new Uint8Array(5 + body);
  frame[0] = stream;
  new DataView(frame.buffer).setUint32(1, length);
  return frame;
};
const more = (stream: number, body: number): Uint8Array => {
  const frame = new Uint8Array(1 + body);
  frame[0] = 16 | stream;
  return frame;
};
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'threw something else';
  }
  return 'accepted';
};
const reader = (trust: 'peer' | 'stranger' = 'peer'): FrameReader => {
  const made = new FrameReader();
  made.setTrust(trust);
  return made;
};

describe('framing', () => {
  it('delivers any sequence of messages under any interleaving, whole, and in order within a class', async () => {
    await fc.assert(
      fc.asyncProperty(messages, schedule, async (plan, turns) => {
        const pair = memoryPair();
        const got: Uint8Array[][][] = [
          [[], [], []],
          [[], [], []],
        ];
        const want: Uint8Array[][][] = [
          [[], [], []],
          [[], [], []],
        ];
        for (const side of [0, 1] as const) {
          pair.transports[side].setTrust('peer');
          pair.transports[side].onMessage((message) => void got[side]![message[0]! % 3]!.push(message));
        }
        plan.forEach(({ size, priority, side }, index) => {
          const message = pattern(size + 1, index);
          const travels = priority === PRIORITY.urgent && message.length > 64 * 1024 ? PRIORITY.bulk : priority;
          message[0] = travels;
          want[1 - side]![travels]!.push(message.slice());
          pair.transports[side as 0 | 1].send(message, priority);
          const turn = turns[index];
          if (turn !== undefined) pair.carry(turn[0] as 0 | 1, turn[1]);
        });
        for (const [side, frames] of turns) pair.carry(side as 0 | 1, frames);
        await pair.settle();
        for (const side of [0, 1])
          for (const stream of [0, 1, 2]) {
            const have = got[side]![stream]!;
            const expected = want[side]![stream]!;
            expect(have.length).toBe(expected.length);
            have.forEach((message, index) => expect(equalBytes(message, expected[index]!)).toBe(true));
          }
      }),
      { numRuns: 60 },
    );
  });

  it('takes any bytes as frames: an error with a code, or an accepted frame, and bounded memory', () => {
    const frames = fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 40 });
    fc.assert(
      fc.property(frames, fc.constantFrom<'peer' | 'stranger'>('peer', 'stranger'), (list, trust) => {
        const target = reader(trust);
        for (const frame of list) {
          const result = codeOf(() => target.push(frame));
          expect(result === 'accepted' || result.startsWith('channel.')).toBe(true);
          if (result !== 'accepted') break;
        }
        expect(target.held).toBeLessThanOrEqual(WINDOW + MAX_FRAME);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['altered', 'cut off', 'lost', 'doubled', 'swapped with the next'] as const)(
    'ends a real stream of which a frame is %s, or delivers messages of the announced lengths',
    (how) => {
      const outcomes = new Set<string>();
      fc.assert(
        fc.property(fc.nat(8), fc.nat(MAX_FRAME), fc.nat(255), (at, position, value) => {
          const lengths = [150_000, 40_000];
          const writer = new FrameWriter();
          for (const length of lengths) writer.push(pattern(length, 1), PRIORITY.bulk);
          const frames: Uint8Array[] = [];
          for (let frame = writer.next(); frame !== undefined; frame = writer.next()) frames.push(frame.slice());
          const place = at % frames.length;
          const frame = frames[place]!;
          if (how === 'altered') frame[position % frame.length] = value;
          else if (how === 'cut off') frames[place] = frame.subarray(0, position % frame.length);
          else if (how === 'lost') frames.splice(place, 1);
          else if (how === 'doubled') frames.splice(place, 0, frame);
          else if (place + 1 < frames.length) frames.splice(place, 2, frames[place + 1]!, frame);
          const got: number[] = [];
          const target = reader();
          const take = (one: Uint8Array): void => {
            const inbound = target.push(one);
            if (inbound.type === 'message') got.push(inbound.message.length);
          };
          let result: string | undefined;
          for (const one of frames) {
            const code = codeOf(() => take(one));
            if (code === 'accepted') continue;
            result = code;
            break;
          }
          outcomes.add(result ?? 'accepted');
          if (result !== undefined) expect(result).toMatch(/^channel\./);
          // A frame says nothing of its place: what the transport below promises, in order and each once, is all that keeps contents right.
          expect(got.every((length) => lengths.includes(length) || how === 'altered')).toBe(true);
          expect(got.length).toBeLessThanOrEqual(lengths.length);
          expect(target.held).toBeLessThanOrEqual(WINDOW + MAX_FRAME);
        }),
        { numRuns: 200 },
      );
      if (how !== 'cut off') expect([...outcomes].some((code) => code !== 'accepted')).toBe(true);
    },
  );

  it.each<[string, string, 'peer' | 'stranger', Uint8Array[]]>([
    ['an empty frame', 'channel.bad-frame', 'peer', [new Uint8Array(0)]],
    ['an oversized frame', 'channel.bad-frame', 'peer', [new Uint8Array(MAX_FRAME + 1)]],
    ['an unknown class', 'channel.bad-frame', 'peer', [first(3, 1, 1)]],
    ['an unknown type', 'channel.bad-frame', 'peer', [new Uint8Array([0x40, 1])]],
    ['a first frame without its length', 'channel.bad-frame', 'peer', [new Uint8Array([0, 0, 0])]],
    ['a continuation of nothing', 'channel.bad-frame', 'peer', [more(1, 4)]],
    ['a continuation that is empty', 'channel.bad-frame', 'peer', [first(1, 9, 1), more(1, 0)]],
    ['more than was announced at once', 'channel.bad-frame', 'peer', [first(1, 3, 4)]],
    ['more than was announced later', 'channel.bad-frame', 'peer', [first(1, 9, 4), more(1, 6)]],
    ['a second open message in a class', 'channel.bad-frame', 'peer', [first(1, 9, 4), first(1, 9, 4)]],
    ['a message over the limit', 'channel.message-too-large', 'peer', [first(2, MAX_MESSAGE + 1, 1)]],
    ['a 4 GiB message', 'channel.message-too-large', 'peer', [first(2, 2 ** 32 - 1, 1)]],
    ['an urgent message over its limit', 'channel.message-too-large', 'peer', [first(0, 65_537, 1)]],
    ['a stranger’s message of 9 KiB', 'channel.message-too-large', 'stranger', [first(1, 9 * 1024, 1)]],
    ['a stranger’s flood', 'channel.flood', 'stranger', Array.from({ length: 70 }, () => first(1, 1000, 1000))],
    ['a short credit', 'channel.bad-frame', 'peer', [new Uint8Array([0x20, 0, 1])]],
    ['a close with markup', 'channel.bad-frame', 'peer', [new Uint8Array([0x30, 60, 98, 62])]],
    ['a close without a code', 'channel.bad-frame', 'peer', [new Uint8Array([0x30])]],
  ])('refuses %s', (_name, code, trust, frames) => {
    const target = reader(trust);
    const results = frames.map((frame) => codeOf(() => target.push(frame)));
    expect(results.find((result) => result !== 'accepted')).toBe(code);
  });

  it('stops a sender that ignores the window, in bytes and in tiny messages', () => {
    for (const body of [MAX_FRAME - 5, 0]) {
      const target = reader();
      let result = 'accepted';
      for (let i = 0; result === 'accepted' && i < 1_000_000; i++)
        result = codeOf(() => target.push(first(1, body, body)));
      expect(result).toBe('channel.flood');
      expect(target.held).toBeLessThanOrEqual(WINDOW + 2 * MAX_FRAME);
    }
  });
});

describe('framed transport', () => {
  it('lets urgent messages overtake a bulk transfer, and normal ones share with it', () => {
    const pair = memoryPair();
    const order: number[] = [];
    pair.transports[1].setTrust('peer');
    pair.transports[1].onMessage((message) => void order.push(message[0]!));
    pair.transports[0].send(pattern(3_000_000, 2).fill(2, 0, 1), PRIORITY.bulk);
    pair.carry(0, 2);
    pair.transports[0].send(new Uint8Array([1]), PRIORITY.normal);
    pair.transports[0].send(new Uint8Array([0]), PRIORITY.urgent);
    const inFlight = Math.ceil(LINK_HIGH / MAX_FRAME) + 1;
    pair.carry(0, inFlight + 3);
    expect(order).toEqual([0, 1]);
    pair.carry(0);
    expect(order).toEqual([0, 1, 2]);
  });

  it('never has more than the high mark in the link, and tells when it drained', () => {
    const pair = memoryPair();
    let drains = 0;
    pair.transports[1].setTrust('peer');
    pair.transports[1].onMessage(() => undefined);
    pair.transports[0].onDrain(() => (drains += 1));
    pair.transports[0].send(new Uint8Array(2_000_000), PRIORITY.bulk);
    let most = 0;
    while (pair.carry(0, 1) > 0) most = Math.max(most, pair.links[0].bufferedAmount);
    expect(most).toBeLessThanOrEqual(LINK_HIGH + MAX_FRAME);
    expect(drains).toBe(1);
    expect(pair.transports[0].buffered).toBe(0);
  });

  it('stops sending when the other side does not consume, and goes on when it does', async () => {
    const pair = memoryPair();
    const waiting: (() => void)[] = [];
    pair.transports[1].setTrust('peer');
    pair.transports[1].onMessage(() => new Promise((resolve) => waiting.push(resolve)));
    const total = 45;
    for (let i = 0; i < total; i++) pair.transports[0].send(new Uint8Array(1024 * 1024), PRIORITY.bulk);
    await pair.settle();
    expect(waiting.length).toBeLessThan(total);
    expect(pair.transports[0].buffered).toBeGreaterThan(0);
    let consumed = 0;
    while (waiting.length > 0) {
      waiting.shift()!();
      consumed += 1;
      await pair.settle();
    }
    expect(consumed).toBe(total);
    expect(pair.transports[0].buffered).toBe(0);
  });

  it('gives back the cost of small messages in lots', async () => {
    const pair = memoryPair();
    pair.transports[1].onMessage(() => undefined);
    for (let i = 0; i < 3 * (CREDIT_LOT / 128); i++) {
      pair.transports[0].send(new Uint8Array(0));
      pair.carry(0);
      if (i === 100) pair.transports[1].setTrust('peer');
    }
    await pair.settle();
    expect(pair.links[1].sent.length).toBe(3);
  });

  it.each([
    ['the code of an error that a handler threw', () => Promise.reject(new Error('x')), 'internal'],
    [
      'a code when a message is too large to accept',
      () => undefined,
      'channel.message-too-large',
      first(2, MAX_MESSAGE + 1),
    ],
    ['a code for credit that was never out', () => undefined, 'channel.bad-frame', new Uint8Array([0x20, 0, 0, 0, 9])],
  ])('closes with %s, and the other side learns it', async (_name, handler, code, frame = first(1, 1, 1)) => {
    const pair = memoryPair();
    const reasons: CloseReason[] = [];
    for (const side of [0, 1] as const) pair.transports[side].onClose((reason) => reasons.push(reason));
    pair.transports[1].setTrust('peer');
    pair.transports[1].onMessage(handler);
    pair.links[0].send(frame);
    await pair.settle();
    expect(reasons).toEqual([
      { code, by: 'here' },
      { code, by: 'there' },
    ]);
    expect(pair.links.every((link) => link.closed)).toBe(true);
  });

  it('closes rather than queue without end', () => {
    const pair = memoryPair();
    let reason: CloseReason | undefined;
    for (let sent = 0; sent <= MAX_QUEUE; sent += MAX_MESSAGE)
      pair.transports[0].send(new Uint8Array(MAX_MESSAGE), PRIORITY.bulk);
    pair.transports[0].onClose((told) => (reason = told));
    expect(reason).toEqual({ code: 'channel.backlog', by: 'here' });
  });

  it('keeps messages that come before its consumer, and says so once when the link breaks', () => {
    const link = new MemoryLink();
    const info = { role: 'dialler', localFingerprint: PRINTS[0], remoteFingerprint: PRINTS[1] } as const;
    const transport = new FramedTransport(link, info);
    const got: number[] = [];
    const reasons: CloseReason[] = [];
    link.events!.frame(first(1, 1, 1));
    link.events!.frame(first(1, 2, 2));
    transport.onMessage((message) => void got.push(message.length));
    transport.onClose((reason) => reasons.push(reason));
    link.events!.closed();
    link.events!.closed();
    link.events!.frame(closeFrame('channel.x'));
    transport.close('channel.y');
    expect(got).toEqual([1, 2]);
    expect(reasons).toEqual([{ code: 'channel.lost', by: 'link' }]);
  });
});
