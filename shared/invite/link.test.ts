import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { fromBase64Url } from '../record/bytes';
import { decodeCanonical } from '../record/cbor-reader';
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
const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
const host = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?$/);
const address = fc.tuple(host, port).map(([name, at]) => (at === undefined ? name : `${name}:${at}`));
const account = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const helpers = fc
  .record({
    stun: fc.array(
      address.map((one) => `stun:${one}`),
      { maxLength: 2 },
    ),
    turn: fc.array(
      fc.record({
        address: fc
          .tuple(fc.constantFrom('turn:', 'turns:'), address, fc.constantFrom('', '?transport=udp', '?transport=tcp'))
          .map((parts) => parts.join('')),
        username: account,
        credential: account,
      }),
      { maxLength: 2 },
    ),
  })
  .filter(({ stun, turn }) => stun.length + turn.length > 0);
const helpedLink = fc.tuple(fc.oneof(link, deviceLink), helpers).map(([rest, named]) => ({ ...rest, helpers: named }));
const anyLink = fc.oneof(link, deviceLink, helpedLink);

/** What is in a link before its checksum. */
const contentOf = (written: string): readonly unknown[] =>
  decodeCanonical(fromBase64Url(written.slice('peerhold://join/'.length))!.subarray(0, -4)) as readonly unknown[];

describe('invite links', () => {
  it('read back what was written, whatever a mail program does to their white space', () => {
    fc.assert(
      fc.property(anyLink, fc.nat(60), (given, at) => {
        const written = encodeInvite(given);
        expect(decodeInvite(written)).toEqual(given);
        expect(decodeInvite(`  ${written.slice(0, at)}\n ${written.slice(at)} `)).toEqual(given);
        expect(decodeInvite(written.slice('peerhold://join/'.length))).toEqual(given);
      }),
    );
  });

  it('say that they are damaged when a character is changed or lost', () => {
    fc.assert(
      fc.property(anyLink, fc.nat(), fc.constantFrom('change', 'lose'), (given, pick, what) => {
        const written = encodeInvite(given);
        const start = 'peerhold://join/'.length;
        const at = start + (pick % (written.length - start));
        const other = written[at] === 'A' ? 'B' : 'A';
        const damaged = written.slice(0, at) + (what === 'change' ? other : '') + written.slice(at + 1);
        expect(() => decodeInvite(damaged)).toThrow(/invite-damaged/);
      }),
    );
  });

  it('are of the first version, which every app reads, where nobody is named who helps', () => {
    fc.assert(
      fc.property(anyLink, (given) => {
        expect(contentOf(encodeInvite(given))[0]).toBe(given.helpers === undefined ? 1 : 2);
      }),
    );
    const [plain] = fc.sample(link, 1);
    expect(() => decodeInvite(encodeInvite({ ...plain!, helpers: { stun: [], turn: [] } }))).toThrow(
      /invite-malformed/,
    );
  });

  it('name nobody as a helper whom an agreement could not list', () => {
    const [plain] = fc.sample(link, 1);
    const read = (stun: string[], turn: object[]) => () =>
      decodeInvite(encodeInvite({ ...plain!, helpers: { stun, turn } as never }));
    const turn = { address: 'turn:a', username: 'u', credential: 'c' };
    expect(read(['stun:a', 'stun:b'], [turn, turn])).not.toThrow();
    for (const wrong of [
      read(['stun:a', 'stun:b', 'stun:c'], []),
      read([], [turn, turn, turn]),
      read(['turn:a'], []),
      read(['stun:a/b'], []),
      read(['stun:a:65536'], []),
      read([`stun:${'a'.repeat(196)}`], []),
      read([], [{ ...turn, address: 'stun:a' }]),
      read([], [{ ...turn, username: '' }]),
      read([], [{ ...turn, credential: 'c'.repeat(129) }]),
    ])
      expect(wrong).toThrow(/invite-malformed/);
  });

  it('refuse everything else with a code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.webUrl()), (junk) => {
        expect(() => decodeInvite(junk)).toThrow(PeerholdError);
      }),
    );
  });
});
