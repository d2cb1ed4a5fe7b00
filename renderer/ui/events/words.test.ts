import { beforeAll, describe, expect, test } from 'vitest';
import i18next from 'i18next';
import { payloadShapes } from '../../../shared/network/events';
import { emptyState } from '../../../shared/network/state';
import type { TextRef } from '../../../shared/record/text';
import type { EventView } from '../../../shared/engine/contract';
import { startI18n } from '../../i18n/i18n';
import { eventWords } from './words';

const id = 'e'.repeat(64);
const other = 'a'.repeat(64);
const ref = 'f'.repeat(64) as TextRef;
const view = (type: string, payload: unknown): EventView => ({
  id,
  type,
  device: other,
  member: null,
  sequence: 0,
  previous: null,
  parents: [],
  time: 1,
  rules: 1,
  payload,
  bytes: 1,
  signature: '',
  seal: null,
  outside: false,
});

beforeAll(() => startI18n('en'));

describe('an event in words', () => {
  test('every event type has a sentence', () => {
    const types = Object.keys(payloadShapes);
    expect(types.filter((type) => !i18next.exists(type, { ns: 'events' }))).toEqual([]);
  });

  test('a type that this app does not know is named, and links to the event', () => {
    expect(eventWords(view('booking.make', {}), emptyState())).toMatchObject({
      key: 'unknown',
      values: { type: 'booking.make' },
      href: `/record/${id}`,
    });
    expect(eventWords(view('constructor', {}), emptyState()).key).toBe('unknown');
  });

  test('a payload of the wrong shape is said to be so', () => {
    expect(eventWords(view('ballot.cast', { proposal: 7 }), emptyState()).key).toBe('malformed');
  });

  test('an entry tells its size by its debits and links to the ledger', () => {
    const payload = {
      kind: 'expense',
      date: '2026-01-01',
      memo: ref,
      postings: [
        { account: 'expense:tools', unit: 'EUR', amount: 1200 },
        { account: 'expense:paint', unit: 'EUR', amount: 300 },
        { account: 'bank', unit: 'EUR', amount: -1500 },
      ],
    };
    expect(eventWords(view('entry.post', payload), emptyState())).toEqual({
      key: 'entry.post',
      context: 'expense',
      refs: { who: undefined, memo: ref },
      values: {},
      money: { amount: 1500, unit: 'EUR' },
      href: `/ledger/${id}`,
    });
  });

  test('a ballot on a proposal that is not here still reads', () => {
    const words = eventWords(view('ballot.cast', { proposal: other, choice: 'block' }), emptyState());
    expect(words).toMatchObject({ key: 'ballot.cast', context: 'block', refs: { title: undefined } });
    expect(words.href).toBe(`/decisions/${other}`);
  });
});
