import { decode, encode } from 'cborg';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { newSigner, random, verify } from '../../../test/channel/identity';
import { PRINTS } from '../../../test/channel/memory-link';
import { errorCode } from '../../errors';
import { toHex } from '../../record/bytes';
import { Handshake, type HandshakeOptions, type RemoteIdentity } from './handshake';
import type { Role, Signer, TransportInfo } from './ports';

const NETWORK = 'aa'.repeat(32);
const INVITE = '1d'.repeat(32);
let alice: Signer;
let bob: Signer;
let eve: Signer;
let inviteKey: Signer;
beforeAll(async () => {
  [alice, bob, eve, inviteKey] = await Promise.all([newSigner(), newSigner(), newSigner(), newSigner()]);
});

const options = (signer: Signer, more: Partial<HandshakeOptions> = {}): HandshakeOptions => ({
  network: NETWORK,
  signer,
  verify,
  random,
  inviteKey: (invite) => (invite === INVITE ? inviteKey.deviceKey : undefined),
  authorise: () => true,
  ...more,
});
const info = (role: Role, local = PRINTS[0], remote = PRINTS[1]): TransportInfo =>
  role === 'dialler'
    ? { role, localFingerprint: local, remoteFingerprint: remote }
    : { role, localFingerprint: remote, remoteFingerprint: local };
const joiner = (): Partial<HandshakeOptions> => ({ join: { invite: INVITE, sign: (bytes) => inviteKey.sign(bytes) } });

type Alter = (message: Uint8Array, step: number) => Uint8Array;
interface Outcome {
  readonly dialler: RemoteIdentity | string;
  readonly answerer: RemoteIdentity | string;
}

/** Runs both sides; each ends with an identity, or with the code it refused with, or `waiting`. */
async function shake(dialler: Handshake, answerer: Handshake, toAnswerer?: Alter, toDialler?: Alter): Promise<Outcome> {
  const side = (handshake: Handshake, alter?: Alter) => ({
    handshake,
    alter,
    inbox: [] as Uint8Array[],
    step: 0,
    end: 'waiting' as RemoteIdentity | string,
  });
  const sides = [side(dialler, toDialler), side(answerer, toAnswerer)] as const;
  sides[0].inbox.push(answerer.hello());
  sides[1].inbox.push(dialler.hello());
  for (let idle = 0; idle < 2;) {
    idle += 1;
    for (const [index, side] of sides.entries()) {
      const message = side.inbox.shift();
      if (message === undefined || side.end !== 'waiting') continue;
      idle = 0;
      try {
        const step = await side.handshake.receive(side.alter?.(message, side.step++) ?? message);
        if (step.send !== undefined) sides[1 - index]!.inbox.push(step.send);
        if (step.done !== undefined) side.end = step.done;
      } catch (error) {
        side.end = errorCode(error);
      }
    }
  }
  return { dialler: sides[0].end, answerer: sides[1].end };
}

/** A hello as a map, to alter. */
const edit = (message: Uint8Array, change: Record<string, unknown>): Uint8Array =>
  encode({ ...(decode(message) as Record<string, unknown>), ...change });
const refused = (outcome: Outcome): void => {
  for (const end of [outcome.dialler, outcome.answerer]) expect(typeof end).toBe('string');
};

describe('handshake', () => {
  it('proves both members to each other', async () => {
    const outcome = await shake(
      new Handshake(options(alice), info('dialler')),
      new Handshake(options(bob), info('answerer')),
    );
    expect(outcome).toEqual({
      dialler: { device: toHex(bob.deviceKey), purpose: 'member', localPurpose: 'member' },
      answerer: { device: toHex(alice.deviceKey), purpose: 'member', localPurpose: 'member' },
    });
  });

  it('proves a joiner’s knowledge of the invite, whichever side dials', async () => {
    for (const dials of [true, false]) {
      const joins = options(eve, joiner());
      const member = options(bob);
      const outcome = await shake(
        new Handshake(dials ? joins : member, info('dialler')),
        new Handshake(dials ? member : joins, info('answerer')),
      );
      expect(dials ? outcome.answerer : outcome.dialler).toEqual({
        device: toHex(eve.deviceKey),
        purpose: 'join',
        localPurpose: 'member',
        invite: INVITE,
      });
      expect(dials ? outcome.dialler : outcome.answerer).toEqual({
        device: toHex(bob.deviceKey),
        purpose: 'member',
        localPurpose: 'join',
      });
    }
  });

  const swapped = new Uint8Array(32).fill(0xee);
  /** Every attack ends with the attacked side's refusal; nobody ends with an identity. */
  const attacks: [string, { code: string; run: () => Promise<Outcome> }][] = [
    [
      'a relay in the middle with its own certificates',
      {
        code: 'channel.bad-proof',
        run: () =>
          shake(
            new Handshake(options(alice), info('dialler', PRINTS[0], swapped)),
            new Handshake(options(bob), info('answerer', swapped, PRINTS[1])),
          ),
      },
    ],
    [
      'fingerprints exchanged for each other',
      {
        code: 'channel.bad-proof',
        run: () =>
          shake(
            new Handshake(options(alice), info('dialler')),
            new Handshake(options(bob), info('answerer', PRINTS[1], PRINTS[0])),
          ),
      },
    ],
    [
      'another network',
      {
        code: 'channel.wrong-network',
        run: () =>
          shake(
            new Handshake(options(alice), info('dialler')),
            new Handshake(options(bob, { network: 'bb'.repeat(32) }), info('answerer')),
          ),
      },
    ],
    [
      'a network tag copied from the other side',
      {
        code: 'channel.wrong-network',
        run: () => {
          const dialler = new Handshake(options(alice), info('dialler'));
          const { network } = decode(dialler.hello()) as { network: Uint8Array };
          const foreign = new Handshake(options(bob, { network: 'bb'.repeat(32) }), info('answerer'));
          return shake(dialler, foreign, undefined, (m, step) => (step === 0 ? edit(m, { network }) : m));
        },
      },
    ],
    [
      'our own hello sent back',
      {
        code: 'channel.same-role',
        run: () => {
          const dialler = new Handshake(options(alice), info('dialler'));
          return shake(dialler, new Handshake(options(bob), info('answerer')), undefined, () => dialler.hello());
        },
      },
    ],
    [
      'our own hello sent back with the other role',
      {
        code: 'channel.own-device',
        run: () => {
          const dialler = new Handshake(options(alice), info('dialler'));
          return shake(dialler, new Handshake(options(bob), info('answerer')), undefined, () =>
            edit(dialler.hello(), { role: 'answerer' }),
          );
        },
      },
    ],
    [
      'two windows with one key',
      {
        code: 'channel.own-device',
        run: () =>
          shake(new Handshake(options(alice), info('dialler')), new Handshake(options(alice), info('answerer'))),
      },
    ],
    [
      'a claimed key of another device',
      {
        code: 'channel.bad-proof',
        run: () =>
          shake(
            new Handshake(options({ deviceKey: alice.deviceKey, sign: (bytes) => eve.sign(bytes) }), info('dialler')),
            new Handshake(options(bob), info('answerer')),
          ),
      },
    ],
    [
      'an older version',
      {
        code: 'channel.version',
        run: () =>
          shake(
            new Handshake(options(alice), info('dialler')),
            new Handshake(options(bob), info('answerer')),
            (m, step) => (step === 0 ? edit(m, { version: 2 }) : m),
          ),
      },
    ],
    [
      'a changed nonce',
      {
        code: 'channel.wrong-network',
        run: () =>
          shake(
            new Handshake(options(alice), info('dialler')),
            new Handshake(options(bob), info('answerer')),
            (m, step) => (step === 0 ? edit(m, { nonce: new Uint8Array(32) }) : m),
          ),
      },
    ],
    [
      'a joiner made into a member on the way',
      {
        code: 'channel.bad-proof',
        run: () =>
          shake(
            new Handshake(options(eve, joiner()), info('dialler')),
            new Handshake(options(bob), info('answerer')),
            (m, step) => {
              if (step > 0) return m;
              const { invite: _, ...rest } = decode(m) as Record<string, unknown>;
              return encode({ ...rest, purpose: 'member' });
            },
          ),
      },
    ],
    [
      'a joiner who knows the invite’s id, not its secret',
      {
        code: 'channel.bad-invite-proof',
        run: () =>
          shake(
            new Handshake(options(eve, { join: { invite: INVITE, sign: (b) => eve.sign(b) } }), info('dialler')),
            new Handshake(options(bob), info('answerer')),
          ),
      },
    ],
    [
      'a joiner who proves the invite under the member’s domain',
      {
        code: 'channel.bad-invite-proof',
        run: () => {
          let member: Uint8Array | undefined;
          const signer = { ...eve, sign: (b: Uint8Array) => ((member = b), eve.sign(b)) };
          const join = { invite: INVITE, sign: () => inviteKey.sign(member ?? new Uint8Array(0)) };
          return shake(
            new Handshake(options(signer, { join }), info('dialler')),
            new Handshake(options(bob), info('answerer')),
          );
        },
      },
    ],
    [
      'an invite that is not known or is closed',
      {
        code: 'channel.unknown-invite',
        run: () =>
          shake(
            new Handshake(
              options(eve, { join: { invite: '22'.repeat(32), sign: (b) => inviteKey.sign(b) } }),
              info('dialler'),
            ),
            new Handshake(options(bob), info('answerer')),
          ),
      },
    ],
    [
      'two joiners',
      {
        code: 'channel.both-join',
        run: () =>
          shake(
            new Handshake(options(eve, joiner()), info('dialler')),
            new Handshake(options(bob, joiner()), info('answerer')),
          ),
      },
    ],
    [
      'a device that is not on the roster',
      {
        code: 'channel.not-authorised',
        run: () =>
          shake(
            new Handshake(options(eve), info('dialler')),
            new Handshake(
              options(bob, { authorise: ({ device }) => device === toHex(alice.deviceKey) }),
              info('answerer'),
            ),
          ),
      },
    ],
  ];
  it.each(attacks)('refuses %s', async (_name, { code, run }) => {
    const outcome = await run();
    refused(outcome);
    expect([outcome.dialler, outcome.answerer]).toContain(code);
  });

  it('refuses every message of a recorded handshake when it is replayed into a new one', async () => {
    const recorded: Uint8Array[] = [];
    const first = await shake(
      new Handshake(options(alice), info('dialler')),
      new Handshake(options(bob), info('answerer')),
      (message) => {
        recorded.push(message);
        return message;
      },
    );
    expect(typeof first.answerer).toBe('object');
    expect(recorded.length).toBe(3);
    const victim = new Handshake(options(bob), info('answerer'));
    const codes: string[] = [];
    for (const message of recorded)
      codes.push(
        await victim.receive(message).then(
          ({ done }) => (done === undefined ? 'went on' : 'OPEN'),
          (error: unknown) => errorCode(error),
        ),
      );
    expect(codes).toEqual(['went on', 'channel.bad-proof', 'channel.bad-proof']);
  });

  it('refuses any other bytes with a code, at each step', async () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.constantFrom(new Uint8Array(1000).fill(0x81), encode({ __proto__: null, version: 1 }), encode([[[]]])),
      fc.anything({ maxDepth: 2 }).map((value) => {
        try {
          return encode(value);
        } catch {
          return new Uint8Array(1);
        }
      }),
    );
    await fc.assert(
      fc.asyncProperty(garbage, fc.nat(2), async (bytes, at) => {
        const outcome = await shake(
          new Handshake(options(alice), info('dialler')),
          new Handshake(options(bob), info('answerer')),
          (message, step) => (step === at ? bytes : message),
        );
        expect(outcome.answerer).toMatch(/^channel\./);
      }),
      { numRuns: 60 },
    );
  });
});
