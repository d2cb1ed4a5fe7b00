import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { type InviteLink, decodeInvite, encodeInvite } from './link';

const link = fc.record<InviteLink>({
  network: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((b) => [...b].map((x) => x.toString(16).padStart(2, '0')).join('')),
  secret: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  expires: fc.nat(),
  seal: fc.option(fc.constant('ab'.repeat(32))),
  networkName: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((s) => s.length !== 64),
  inviter: fc.string({ unit: 'grapheme', maxLength: 40 }),
  meetingPlaces: fc.constant(['ws://192.168.1.20:4455/signal']),
});
const deviceLink = fc.tuple(link, fc.constant('cd'.repeat(32))).map(([rest, device]) => ({ ...rest, device }));

describe('invite links', () => {
  it('read back what was written, whatever a mail program does to their white space', () => {
    fc.assert(
      fc.property(fc.oneof(link, deviceLink), fc.nat(60), (given, at) => {
        const written = encodeInvite(given);
        expect(decodeInvite(written)).toEqual(given);
        expect(decodeInvite(`  ${written.slice(0, at)}\n ${written.slice(at)} `)).toEqual(given);
        expect(decodeInvite(written.slice('peerhold://join/'.length))).toEqual(given);
      }),
    );
  });

  it('say that they are damaged when a character is changed or lost', () => {
    fc.assert(
      fc.property(fc.oneof(link, deviceLink), fc.nat(), fc.constantFrom('change', 'lose'), (given, pick, what) => {
        const written = encodeInvite(given);
        const start = 'peerhold://join/'.length;
        const at = start + (pick % (written.length - start));
        const other = written[at] === 'A' ? 'B' : 'A';
        const damaged = written.slice(0, at) + (what === 'change' ? other : '') + written.slice(at + 1);
        expect(() => decodeInvite(damaged)).toThrow(/invite-damaged/);
      }),
    );
  });

  it('refuse everything else with a code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.webUrl()), (junk) => {
        expect(() => decodeInvite(junk)).toThrow(PeerholdError);
      }),
    );
  });
});
