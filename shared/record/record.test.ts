import { describe, expect, it } from 'vitest';
import type { Entry } from './entry';
import type { SignedEvent } from './event';
import { type Certifies, RecordSet } from './record';

const NETWORK = 'founding';
interface Certificate {
  readonly device: string;
  readonly member: string;
}
const certifies: Certifies = (event) => (event.type === 'certify' ? (event.payload as Certificate) : null);

/** An event as it comes out of the checks of its bytes: the first one of its device's chain unless it follows another. */
function event(
  id: string,
  change: Partial<SignedEvent> & { readonly after?: SignedEvent; readonly size?: number } = {},
) {
  const { after, size = 1, ...rest } = change;
  const made: SignedEvent = {
    network: NETWORK,
    device: after?.device ?? 'ana',
    sequence: after === undefined ? 0 : after.sequence + 1,
    previous: after?.id ?? null,
    parents: [],
    time: 0,
    rules: 1,
    type: 'note',
    payload: null,
    id,
    bytes: new Uint8Array(size),
    ...rest,
  };
  return made;
}
const certify = (device: string) => ({ type: 'certify', payload: { device, member: `member ${device}` } });

/** A record with the founding event, by the device of Ana, and those given. */
function recordOf(...events: readonly SignedEvent[]): RecordSet {
  const record = new RecordSet(NETWORK, certifies);
  for (const one of [FOUNDING, ...events]) expect(record.add(one).status).toBe('added');
  return record;
}
const FOUNDING = event(NETWORK, { network: null, ...certify('ana') });
const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id);
const code = (what: () => unknown): string | undefined => {
  try {
    what();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
  return undefined;
};

describe('the record', () => {
  it('takes each event once, of its network, in its place of a chain that is certified', () => {
    const second = event('second', { after: FOUNDING, ...certify('ben') });
    const record = recordOf(second);
    expect(record.add(second)).toEqual({ status: 'known' });
    const third = event('third', { after: second });
    const refused = (change: Partial<SignedEvent>) => code(() => record.add({ ...third, ...change }));
    expect(refused({ network: 'other' })).toBe('wrong-network');
    expect(refused({ sequence: 3 })).toBe('chain-broken');
    expect(refused({ sequence: 1 })).toBe('chain-broken');
    expect(refused({ device: 'ben' })).toBe('chain-broken');
    // A first event cites the certificate of its device: not another's, nor none.
    const first = event('first', { device: 'ben', parents: ['second'] });
    expect(code(() => record.add({ ...first, parents: [NETWORK] }))).toBe('not-certified');
    expect(code(() => record.add({ ...first, device: 'cleo' }))).toBe('not-certified');
    expect(record.size).toBe(2);
    expect(record.add({ ...first, parents: [NETWORK, 'second'] }).status).toBe('added');
    expect(record.get('first')!.member).toBe('member ben');
    expect(record.add(third).status).toBe('added');
    expect(record.get('third')!.member).toBe(NETWORK);
    expect([record.has('third'), record.has('fourth'), record.size]).toEqual([true, false, 4]);
  });

  it('knows who a device is certified for, by its first certificate, and all of them', () => {
    const second = event('second', { after: FOUNDING, ...certify('ben') });
    const again = event('again', { after: second, type: 'certify', payload: { device: 'ben', member: 'another' } });
    const record = recordOf(second, again);
    expect([record.memberOf('ben'), record.memberOf('cleo')]).toEqual(['member ben', undefined]);
    expect(record.certificatesOf('ben')).toEqual(['second', 'again']);
    expect(record.certificatesOf('cleo')).toEqual([]);
    // A chain goes by the certificate that it cites.
    record.add(event('first', { device: 'ben', parents: ['again'] }));
    expect(record.get('first')!.member).toBe('another');
  });

  it('is one deeper than the deepest that it cites, whether that is its predecessor or another’s', () => {
    const chain = [FOUNDING];
    for (const id of ['a1', 'a2', 'a3', 'a4']) chain.push(event(id, { after: chain.at(-1)!, ...certify('ben') }));
    const record = recordOf(...chain.slice(1));
    const depth = (id: string) => record.get(id)!.depth;
    expect([NETWORK, 'a1', 'a4'].map(depth)).toEqual([0, 1, 4]);
    expect(record.all().map(({ lane, place }) => [lane, place])).toEqual([0, 1, 2, 3, 4].map((place) => [0, place]));
    const bens = event('b0', { device: 'ben', parents: ['a1', 'a3'] });
    record.add(bens);
    record.add(event('a5', { after: chain[4]!, parents: ['b0'] }));
    record.add(event('b1', { after: bens, parents: ['a4', 'a5'] }));
    expect(['b0', 'a5', 'b1'].map(depth)).toEqual([4, 5, 6]);
    expect(ids(record.cited(record.get('b1')!))).toEqual(['b0', 'a4', 'a5']);
    expect(ids(record.cited(record.get('b0')!))).toEqual(['a1', 'a3']);
    expect(ids(record.tips())).toEqual(['a5', 'b1']);
    expect(record.heads()).toEqual(['b1']);
  });

  it('names the newest that nobody cites, ascending, and what was before what', () => {
    const second = event('second', { after: FOUNDING, ...certify('ben') });
    const record = recordOf(second, event('mine', { after: second }));
    expect(record.heads()).toEqual(['mine']);
    record.add(event('bens', { device: 'ben', parents: ['second'] }));
    expect(record.heads()).toEqual(['bens', 'mine']);
    const before = (a: string, b: string) => record.before(record.get(a)!, record.get(b)!);
    const pairs = ['second', 'mine', 'bens'].flatMap((a) =>
      [NETWORK, 'second', 'mine', 'bens'].filter((b) => before(b, a)).map((b) => `${b} < ${a}`),
    );
    expect(pairs).toEqual([
      'founding < second',
      'founding < mine',
      'second < mine',
      'founding < bens',
      'second < bens',
    ]);
    // The later of another lane, though it is less deep than what does not cite it.
    let last = event('mine 2', { after: event('mine', { after: second }) });
    record.add(last);
    last = event('mine 3', { after: last });
    record.add(last);
    expect(before('bens', 'mine 3')).toBe(false);
  });
});

describe('an event that is here', () => {
  it('may take its signature from another copy; one that is not is left alone', () => {
    const second = event('second', { after: FOUNDING });
    const record = recordOf(second);
    const bytes = new Uint8Array(9);
    record.mend({ ...second, bytes });
    record.mend(event('unknown', { bytes }));
    expect(record.get('second')!.bytes).toBe(bytes);
    expect([record.get(NETWORK)!.bytes.length, record.size, record.has('unknown')]).toEqual([1, 2, false]);
  });
});

describe('what the ended sign', () => {
  const chain = [FOUNDING];
  for (const [id, device, member] of [
    ['c1', 'old', 'gone'],
    ['c2', 'ben', 'gone'],
    ['c3', 'ben', 'kept'],
    ['c4', 'eve', 'gone'],
  ] as const)
    chain.push(event(id, { after: chain.at(-1)!, type: 'certify', payload: { device, member } }));
  const late = event('late', { device: 'old', parents: ['c1'] });

  it('is taken in only where somebody built on it who may still count, by any of their certificates', () => {
    const record = recordOf(...chain.slice(1));
    record.hasEnded = ({ member }) => member === 'gone';
    const outside = expect.objectContaining({ code: 'outside-cut' });
    expect(() => record.add(late)).toThrow(outside);
    for (const device of ['old', 'eve', 'unknown']) {
      record.add(event(`by ${device}`, { device, parents: ['late'] }));
      expect(() => record.add(late)).toThrow(outside);
      expect(record.waiting).toBe(0);
    }
    record.add(event('by ben', { device: 'ben', parents: ['c3', 'late'] }));
    const added = record.add(late);
    expect(added.status === 'added' ? ids(added.entries) : added).toEqual(['late', 'by ben']);
    expect(record.get('by ben')!.member).toBe('kept');
  });
});

describe('a fork', () => {
  const chain = [FOUNDING];
  for (const id of ['a1', 'a2', 'a3']) chain.push(event(id, { after: chain.at(-1)!, ...certify('ben') }));
  const proofOf = (record: RecordSet) =>
    record
      .forks()
      .get('ana')
      ?.map(({ id }) => id);
  const siblings = (record: RecordSet, id: string) => ids(record.siblings(record.get(id)!));

  it('is proved by the two of one number, however far the first branch has gone on since', () => {
    const record = recordOf(...chain.slice(1));
    expect(proofOf(record)).toBeUndefined();
    record.add(event('0', { after: chain[0]! }));
    expect(proofOf(record)).toEqual(['0', 'a1']);
    expect([siblings(record, 'a1'), siblings(record, 'a3')]).toEqual([['0', 'a1'], ['a3']]);
    expect(ids(record.tips())).toEqual(['a3', '0']);
  });

  it('is proved by its lowest number, whichever came first', () => {
    const record = recordOf(...chain.slice(1), event('x3', { after: chain[2]! }));
    expect(proofOf(record)).toEqual(['a3', 'x3']);
    // One branch too many by now, but Ben built on it.
    const lower = event('x1', { after: chain[0]! });
    record.add(event('b', { device: 'ben', parents: ['a1', 'x1'] }));
    expect(record.add(lower)).toMatchObject({ status: 'added' });
    expect(proofOf(record)).toEqual(['a1', 'x1']);
    record.add(event('b1', { after: event('b', { device: 'ben' }), parents: ['y2'] }));
    record.add(event('y2', { after: chain[1]! }));
    expect(proofOf(record)).toEqual(['a1', 'x1']);
    expect(siblings(record, 'a2')).toEqual(['a2', 'y2']);
  });
});

describe('the waiting room', () => {
  const gone = event('gone', { after: FOUNDING });
  const waits = (id: string, size = 1) => event(id, { after: gone, sequence: 7, size });

  it('is left when the last ancestor comes, in whatever order they come', () => {
    const [second, third] = [event('second', { after: FOUNDING, ...certify('ben') }), event('b', { device: 'ben' })];
    const record = recordOf();
    const bens = { ...third, parents: ['second'] };
    const both = event('both', { after: second, parents: ['b'] });
    const last = event('last', { after: both, parents: ['b'] });
    expect(record.add(last)).toEqual({ status: 'waiting' });
    expect(record.add(last)).toEqual({ status: 'waiting' });
    record.add(both);
    record.add(bens);
    expect(record.waiting).toBe(3);
    expect(record.missing()).toEqual(['second']);
    expect(['ana', 'ben', 'cleo'].map((device) => record.holdsBack(device))).toEqual([true, true, false]);
    const added = record.add(second);
    expect(added.status === 'added' ? ids(added.entries) : added).toEqual(['second', 'b', 'both', 'last']);
    expect([record.waiting, record.missing(), record.holdsBack('ana')]).toEqual([0, [], false]);
    expect(ids(record.all())).toEqual([NETWORK, 'second', 'b', 'both', 'last']);
  });

  it('lets go what is refused in the end, with what waited for it', () => {
    const record = recordOf();
    // It does not follow `gone`, as shows when that comes.
    record.add(waits('wrong'));
    record.add(event('next', { after: waits('wrong') }));
    expect(record.missing()).toEqual(['gone']);
    expect(record.add(gone)).toMatchObject({ status: 'added', entries: [{ id: 'gone' }] });
    expect(record.has('wrong')).toBe(false);
  });
});
