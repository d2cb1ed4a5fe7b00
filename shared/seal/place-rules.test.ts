import { describe, expect, it } from 'vitest';
import type { Sealer } from '../network/seals/sealers';
import type { Entry } from '../record/entry';
import { Places } from './places';

const [LAPTOP, PHONE, TABLET, THEIRS] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];
const sealer: Sealer = { member: 'ben', device: LAPTOP, devices: [LAPTOP, PHONE] };

const said = (id: string, by: Pick<Entry, 'member' | 'device'>, type: string, payload: object): Entry =>
  ({ ...by, id, type, payload }) as Entry;
const revokes = (id: string, by: Pick<Entry, 'member' | 'device'>, more: object = {}): Entry =>
  said(id, by, 'device.revoke', { device: LAPTOP, ...more });
const certifies = (id: string, by: Pick<Entry, 'member' | 'device'>, device: string): Entry =>
  said(id, by, 'device.certify', { device, label: 'x', proof: new Uint8Array(64) });
const bens = (device: string) => ({ member: 'ben', device });
const mallorys = { member: 'mallory', device: THEIRS };

/** Whether a vote by one of Ben’s devices, which had seen only the first so many, counts. */
function counts(device: string, entries: readonly Entry[], seen = entries.length): boolean {
  const places = new Places((ancestor) => entries.indexOf(ancestor) < seen);
  places.add(entries);
  return places.counts(said('vote', bens(device), 'seal.ready', {}), sealer);
}

describe('the place of a sealer’s device', () => {
  it('asks for nothing of that device, for its revocation of another, and is not to be had by who has none', () => {
    const places = new Places(() => true);
    expect([LAPTOP, PHONE].map((device) => places.groundsOf(device, sealer))).toEqual([[], undefined]);
    places.add([revokes('revocation', bens(PHONE))]);
    expect([LAPTOP, PHONE, TABLET].map((device) => places.groundsOf(device, sealer))).toEqual([
      [],
      ['revocation'],
      undefined,
    ]);
  });

  it('is handed over by the member alone', () => {
    expect(counts(PHONE, [revokes('1', bens(PHONE))])).toBe(true);
    expect(counts(PHONE, [revokes('1', mallorys)])).toBe(false);
    expect(counts(PHONE, [revokes('1', bens(TABLET))])).toBe(false);
    expect(new Places(() => true).counts(said('vote', mallorys, 'seal.ready', {}), sealer)).toBe(false);
    expect(new Places(() => true).counts(said('vote', { ...mallorys, device: LAPTOP }, 'seal.ready', {}), sealer)).toBe(
      false,
    );
  });

  it('goes to a device that one of the member’s certified, if the voter had seen that', () => {
    const revocation = revokes('1', bens(PHONE));
    const certificate = certifies('2', bens(PHONE), TABLET);
    expect(counts(TABLET, [revocation, certificate])).toBe(true);
    expect(counts(TABLET, [revocation, certificate], 1)).toBe(false);
    expect(counts(TABLET, [revocation, certifies('2', { member: 'mallory', device: PHONE }, TABLET)])).toBe(false);
    expect(counts(TABLET, [revocation, certifies('2', mallorys, TABLET)])).toBe(false);
  });

  it('is not handed over by what has not the form of a revocation', () => {
    expect(counts(PHONE, [revokes('1', bens(PHONE), { more: 1 })])).toBe(false);
    expect(counts(PHONE, [said('1', bens(PHONE), 'note', { device: LAPTOP })])).toBe(false);
  });
});
