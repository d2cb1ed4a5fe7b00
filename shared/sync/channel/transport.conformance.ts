import { afterEach, describe, expect, it } from 'vitest';
import { PeerholdError } from '../../errors';
import { systemClock } from '../system';
import { type CloseReason, MAX_FRAME, MAX_MESSAGE, PRIORITY, type Priority, QUEUE_LOW, type Transport } from './ports';

/** What a transport's test gives: both ends of one connection that is up. */
export interface TransportsUnderTest {
  /** A dialler and an answerer. */
  readonly ends: readonly [Transport, Transport];
  /** Ends the connection without a word, as a pulled cable does, and lets both ends notice. */
  readonly cut: () => void;
  /** Resolves once both ends have heeded what they were told, where that takes time. */
  readonly settled?: () => Promise<void>;
  readonly destroy?: () => void | Promise<void>;
}

/** Milliseconds until something must have arrived. */
const PATIENCE = 20_000;
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => systemClock.setTimer(milliseconds, resolve));

async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE; !done() && Date.now() < end;) await sleep(2);
  expect(done()).toBe(true);
}

/** Bytes that differ everywhere, so that nothing can be lost, doubled or swapped unseen. */
function bytes(length: number, seed: number): Uint8Array {
  const made = new Uint8Array(length);
  for (let index = 0; index < length; index++) made[index] = (index * 31 + seed * 7 + (index >> 8) * 13) & 255;
  return made;
}
function sum(message: Uint8Array): number {
  let all = message.length;
  for (const byte of message) all = (all * 33 + byte) >>> 0;
  return all;
}

/** The tests that every `Transport` passes; call it in a test file of the adapter. */
export function transportConformance(name: string, make: () => Promise<TransportsUnderTest>): void {
  describe(`Transport: ${name}`, () => {
    let open: TransportsUnderTest[] = [];
    const fresh = async (trusted = true) => {
      const made = await make();
      open.push(made);
      const [a, b] = made.ends;
      if (trusted) for (const end of made.ends) end.setTrust('peer');
      const closes: [CloseReason[], CloseReason[]] = [[], []];
      a.onClose((reason) => closes[0].push(reason));
      b.onClose((reason) => closes[1].push(reason));
      await made.settled?.();
      return { a, b, closes, cut: made.cut };
    };
    afterEach(async () => {
      for (const { ends, destroy } of open) {
        for (const end of ends) end.close('channel.closed');
        await destroy?.();
      }
      open = [];
    });

    it('has a dialler and an answerer, whose fingerprints are each other’s', async () => {
      const { a, b } = await fresh(false);
      expect([a.role, b.role]).toEqual(['dialler', 'answerer']);
      expect(a.localFingerprint).toHaveLength(32);
      expect(a.localFingerprint).toEqual(b.remoteFingerprint);
      expect(b.localFingerprint).toEqual(a.remoteFingerprint);
      expect(a.localFingerprint).not.toEqual(b.localFingerprint);
    });

    it.each([0, 1, 5, MAX_FRAME - 6, MAX_FRAME - 5, MAX_FRAME - 4, MAX_FRAME, 100_000, 3_000_001])(
      'carries a message of %d bytes whole, both ways',
      async (length) => {
        const { a, b } = await fresh();
        const got: number[] = [];
        b.onMessage((message) => {
          got.push(sum(message));
          b.send(message.slice());
        });
        a.onMessage((message) => void got.push(sum(message)));
        a.send(bytes(length, 1));
        await until(() => got.length === 2);
        expect(got).toEqual([sum(bytes(length, 1)), sum(bytes(length, 1))]);
      },
    );

    it('keeps the order within a class, and lets the urgent overtake', async () => {
      const { a, b } = await fresh();
      const got: string[] = [];
      b.onMessage((message) => void got.push(`${message[0]}-${message[1]}`));
      const send = (priority: Priority, number: number, length: number): void => {
        const message = bytes(length, 3);
        message.set([priority, number]);
        a.send(message, priority);
      };
      for (let number = 0; number < 20; number++) send(PRIORITY.bulk, number, 200_000);
      for (let number = 0; number < 20; number++) send(PRIORITY.urgent, number, 100);
      await until(() => got.length === 40);
      for (const priority of [PRIORITY.bulk, PRIORITY.urgent]) {
        const numbers = got.filter((one) => one.startsWith(`${priority}-`));
        expect(numbers).toEqual(Array.from({ length: 20 }, (_, number) => `${priority}-${number}`));
      }
      expect(got.lastIndexOf(`${PRIORITY.urgent}-19`)).toBeLessThan(got.lastIndexOf(`${PRIORITY.bulk}-19`));
    });

    it('keeps for its consumer what came before there was one', async () => {
      const { a, b } = await fresh(false);
      a.send(bytes(10, 1));
      a.send(bytes(20, 2));
      await sleep(50);
      const got: number[] = [];
      b.onMessage((message) => void got.push(message.length));
      await until(() => got.length === 2);
      expect(got).toEqual([10, 20]);
    });

    it('says when there is room again, and loses nothing meanwhile', async () => {
      const { a, b } = await fresh();
      let drained = 0;
      let received = 0;
      a.onDrain(() => (drained += 1));
      b.onMessage((message) => void (received += message.length));
      for (let number = 0; number < 12; number++) a.send(bytes(1_000_000, number), PRIORITY.bulk);
      expect(a.buffered).toBeGreaterThan(QUEUE_LOW);
      await until(() => received === 12_000_000 && a.buffered <= QUEUE_LOW && drained > 0);
      expect(a.buffered).toBeLessThanOrEqual(QUEUE_LOW);
    });

    it('refuses what is larger than any message, and goes on', async () => {
      const { a, b } = await fresh();
      expect(() => a.send(new Uint8Array(MAX_MESSAGE + 1))).toThrow('channel.message-too-large');
      const got: number[] = [];
      b.onMessage((message) => void got.push(message.length));
      a.send(bytes(3, 1));
      await until(() => got.length === 1);
      expect(got).toEqual([3]);
    });

    it('takes little from a stranger: more than that closes it', async () => {
      const { a, b, closes } = await fresh(false);
      b.onMessage(() => undefined);
      a.setTrust('peer');
      a.send(bytes(100_000, 1));
      await until(() => closes[1].length === 1);
      expect(closes[1][0]).toMatchObject({ code: 'channel.message-too-large', by: 'here' });
    });

    it('tells each side once who closed and why, and does nothing after it', async () => {
      const { a, b, closes } = await fresh();
      b.onMessage(() => undefined);
      a.close('channel.x');
      a.close('channel.y');
      await until(() => closes[0].length > 0 && closes[1].length > 0);
      await sleep(50);
      expect(closes).toEqual([[{ code: 'channel.x', by: 'here' }], [{ code: 'channel.x', by: 'there' }]]);
      a.send(bytes(5, 1));
      expect(a.buffered).toBe(0);
      const late: CloseReason[] = [];
      a.onClose((reason) => late.push(reason));
      await until(() => late.length === 1);
      expect(late).toEqual([{ code: 'channel.x', by: 'here' }]);
    });

    it('closes with the code of a consumer that refused a message', async () => {
      const { a, b, closes } = await fresh();
      b.onMessage(() => Promise.reject(new PeerholdError('record.bad')));
      a.send(bytes(5, 1));
      await until(() => closes[0].length > 0 && closes[1].length > 0);
      expect(closes).toEqual([[{ code: 'record.bad', by: 'there' }], [{ code: 'record.bad', by: 'here' }]]);
    });

    it('tells that it may have lost something when the connection breaks', async () => {
      const { a, b, closes, cut } = await fresh();
      b.onMessage(() => undefined);
      a.send(bytes(500_000, 1), PRIORITY.bulk);
      cut();
      await until(() => closes[0].length > 0 && closes[1].length > 0);
      for (const [reason] of closes) expect(reason?.code).toMatch(/^channel[.]/);
    });
  });
}
