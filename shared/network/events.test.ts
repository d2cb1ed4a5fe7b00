import { describe, expect, it } from 'vitest';
import {
  type Cases,
  characters,
  either,
  fields,
  items,
  like,
  octets,
  optional,
  orNull,
  whole,
  words,
} from '../../test/kit/cases';
import { type EventType, payloadShapes } from './events';

const ID = '0123456789abcdef'.repeat(4);
const id = like([ID], [ID.slice(1), `${ID}0`, ID.toUpperCase(), 5]);
const slug = like(['a', `a${'-'.repeat(39)}`, 'a1-b'], ['', `a${'b'.repeat(40)}`, 'A', '1a', '-a', 'a_b', 'a\n']);
const page = like(['a', '0', '-', 'a-1'.repeat(21), ID], ['', 'a'.repeat(65), 'A', 'a_b', 'a:b', 'a\n', 'ä']);
const unit = like(['EUR', 'hour'], ['EU', 'EURO', 'eur', 'hours', '']);
/** Addresses with a host and a port; `scheme` with its slashes, if it has any. */
const addresses = (scheme: string, taken: readonly string[], refused: readonly string[]): Cases =>
  like(
    ['a', 'meet.example.org', 'meet.example.org:443', '192.0.2.1:65535', 'a'.repeat(200 - scheme.length), ...taken].map(
      (rest) => scheme + rest,
    ),
    [
      ...[
        '',
        ':443',
        'a:',
        'a:0',
        'a:65536',
        'a:123456',
        'A',
        'a b',
        '-a',
        'a-',
        'a\n',
        '[::1]',
        'me@a',
        'a#b',
        ...refused,
      ].map((rest) => scheme + rest),
      'a',
      `http:${scheme}a`,
      `${scheme}${'a'.repeat(201 - scheme.length)}`,
    ],
  );
const place = addresses('wss://', ['a/', 'a:1/signal/x_y~z.-'], ['a?b', 'a/b?c', 'a/b c']);
const stun = addresses('stun:', [], ['a/', 'a?transport=udp', '//a']);
const turn = addresses('turn:', ['a?transport=udp', 'a:1?transport=tcp'], ['a?transport=tls', 'a/', '//a']);
const amount = whole(1, 10 ** 12);
const milliseconds = whole(0, 2 ** 53 - 1);
const oneField = (value: unknown): Cases => like([value], ['another', '']);
const nothing = fields({});

const protocol = (kind: string, params: Cases): Cases =>
  fields({ kind: oneField(kind), id: slug, title: characters(1, 120), text: id, params });

const membershipTypes = items(
  1,
  20,
  fields({
    id: slug,
    label: characters(1, 60),
    rights: items(0, 8, words('vote', 'propose', 'block', 'invite', 'sponsor', 'post', 'spend', 'book')),
  }),
);
const decisionClasses = items(
  1,
  20,
  fields({
    id: slug,
    label: characters(1, 60),
    method: words('assent', 'vote'),
    electorate: items(0, 20, slug),
    threshold: whole(1, 100),
    quorum: whole(0, 100),
    block: words('nobody', 'entitled'),
    override: whole(0, 100),
    days: whole(0, 365),
    grace: whole(0, 60),
  }),
);
const uses = {
  none: slug,
  adopt: slug,
  parameters: slug,
  suspend: slug,
  admit: slug,
  remove: slug,
  spend: slug,
  buy: slug,
  erase: slug,
};
const dues = items(0, 40, fields({ type: slug, unit, amount, every: words('month', 'quarter', 'year') }));

const protocols = items(
  1,
  100,
  either(
    protocol('purpose', nothing),
    protocol('practice', nothing),
    protocol('membership', fields({ types: membershipTypes })),
    protocol('admission', fields({ mode: words('invite', 'decision'), days: whole(1, 365) })),
    protocol(
      'decisions',
      fields({
        classes: decisionClasses,
        uses: fields(uses),
        protects: optional(items(1, 100, fields({ protocol: slug, class: slug }))),
      }),
    ),
    protocol(
      'spending',
      fields({ unit, free: orNull(amount), tiers: optional(items(1, 10, fields({ to: amount, class: slug }))) }),
    ),
    protocol('contributions', fields({ dues })),
    protocol('ownership', fields({ basis: words('pledges', 'capital', 'equal'), shares: whole(1, 1_000_000) })),
    protocol(
      'leaving',
      fields({
        settle: items(0, 3, words('pledges', 'debts', 'dues')),
        notice: whole(0, 730),
        pledges: words('stay', 'lapse'),
      }),
    ),
    protocol(
      'publication',
      fields({ class: slug, publishers: items(0, 20, slug), withdraw: words('members', 'voters') }),
    ),
    protocol(
      'distribution',
      fields({
        class: slug,
        basis: words('shares', 'capital', 'equal'),
        types: items(0, 20, slug),
        reserve: whole(0, 99),
      }),
    ),
    protocol('sealing', fields({ types: items(0, 20, slug), quorum: words('two-thirds', 'majority') })),
    protocol(
      'meeting',
      fields({
        places: items(0, 4, place),
        stun: items(0, 2, stun),
        turn: items(0, 2, fields({ address: turn, username: characters(1, 128), credential: characters(1, 128) })),
      }),
    ),
    protocol(
      'use',
      fields({
        counts: words('nights', 'days'),
        shortest: whole(1, 366),
        longest: whole(1, 366),
        per: words('resource', 'all'),
        quotas: items(0, 20, fields({ type: slug, most: whole(1, 366) })),
      }),
    ),
  ),
);

const effect = (kind: string, rest: Readonly<Record<string, Cases>>): Cases =>
  fields({ kind: oneField(kind), ...rest });
const effects = either(
  effect('none', {}),
  effect('adopt', { base: id, protocols }),
  effect('parameters', {
    base: id,
    protocol: slug,
    params: like([{}, { free: 1 }], [null, [], 'free', undefined, new Uint8Array(3)]),
  }),
  effect('suspend', { base: id, protocol: slug }),
  effect('resume', { base: id, protocol: slug }),
  effect('retire', { base: id, protocol: slug }),
  effect('admit', { member: id }),
  effect('remove', { member: id }),
  effect('restore', { member: id, device: id, consent: octets(64) }),
  effect('spend', { amount, unit }),
  effect('buy', { resource: id, amount, unit }),
  effect('distribute', { amount, unit, resource: optional(id) }),
  effect('publish', { page, title: id, text: id }),
  effect('erase', { event: id, text: id }),
  effect('rules', { version: whole(2, 65_535) }),
);

const resourceKind = words('house', 'land', 'workshop', 'boat', 'machine', 'vehicle', 'other');
const refounds = fields({
  network: id,
  height: whole(0, 2 ** 32 - 1),
  seal: id,
  signers: items(1, 200, id),
  members: items(1, 200, fields({ id, name: id })),
  resources: items(
    0,
    100,
    fields({
      id,
      name: id,
      about: id,
      kind: resourceKind,
      amount,
      unit,
      shares: items(0, 200, fields({ member: id, shares: whole(1, 1_000_000) })),
    }),
  ),
});

const account = like(
  ['bank', 'cash', 'in-kind', 'work', `member:${ID}`, `owed:${ID}`, `resource:${ID}`, 'expense:a', 'income:rent-1'],
  ['', 'banks', 'the bank', 'member:', `member:${ID}0`, `owed:${ID.slice(1)}`, `expense:${ID}`, 'income:', 'income:A'],
);
const date = like(
  ['2025-01-01', '1999-12-31', '0000-10-09', '2025-02-30'],
  ['2025-00-01', '2025-13-01', '2025-01-00', '2025-01-32', '25-01-01', '2025-1-1', '2025-01-01T', '12025-01-01'],
);
const civil = like(
  ['2025-01-01', '1970-01-01', '9999-12-31', '2024-02-29'],
  ['1969-12-31', '10000-01-01', '2025-02-29', '2025-04-31', '2025-1-1', '2025-01-01T'],
);
const posting = fields({ account, unit, amount: whole(-(10 ** 12), 10 ** 12) });

const height = whole(1, 2 ** 32 - 1);
const round = whole(0, 65_535);
const sealVote = fields({ height, round, previous: id, value: orNull(id) });

/** As docs/protocol.md, "Event types". */
const PAYLOADS: Readonly<Record<EventType, Cases>> = {
  'network.found': fields({
    name: id,
    purpose: id,
    unit,
    protocols,
    founder: fields({ name: id, type: slug, device: characters(1, 40) }),
    sample: optional(like([true, false], ['true', null])),
    refounds: optional(refounds),
    suspended: optional(items(1, 100, slug)),
  }),
  'invite.issue': fields({ invite: id, type: slug, uses: whole(1, 150), days: whole(1, 365) }),
  'invite.revoke': fields({ invite: id }),
  'member.admit': fields({ invite: id, device: id, name: id, proof: octets(64), consent: octets(64), nonce: id }),
  'member.describe': fields({ name: id, about: optional(id), seeks: optional(id), offers: optional(id) }),
  'member.leave': nothing,
  'member.announce': fields({ leaves: like([true, false], ['true', null]) }),
  'device.certify': fields({ device: id, label: characters(1, 40), proof: octets(64) }),
  'device.revoke': fields({ device: id }),
  'device.receives': fields({ key: id }),
  'proposal.open': fields({ title: id, text: id, effect: effects, deadline: milliseconds }),
  'proposal.withdraw': fields({ proposal: id }),
  'ballot.cast': fields({
    proposal: id,
    choice: words('agree', 'abstain', 'disagree', 'block'),
    reason: optional(id),
  }),
  'decision.close': fields({ proposal: id, ballots: items(0, 1_000, id) }),
  'entry.post': fields({
    kind: words('contribution', 'expense', 'transfer', 'income', 'purchase', 'reversal'),
    date,
    memo: id,
    postings: items(2, 40, posting),
    allowance: optional(id),
    reverses: optional(id),
    resource: optional(id),
    pledge: optional(id),
  }),
  'resource.seek': fields({ name: id, about: id, kind: resourceKind, amount, unit }),
  'resource.drop': fields({ resource: id }),
  'pledge.make': fields({ resource: id, amount, unit, together: milliseconds, condition: optional(id) }),
  'pledge.withdraw': fields({ pledge: id }),
  'page.publish': fields({ page, title: id, text: id }),
  'page.withdraw': fields({ page }),
  'use.book': fields({ resource: id, from: civil, until: civil }),
  'use.cancel': fields({ booking: id }),
  'seal.ready': fields({ height, previous: id, time: milliseconds }),
  'seal.propose': fields({
    height,
    round,
    previous: id,
    ready: items(1, 200, id),
    time: milliseconds,
    digest: id,
    valid: orNull(round),
  }),
  'seal.prevote': sealVote,
  'seal.precommit': sealVote,
  'text.erase': fields({ event: id, text: id }),
};

describe('the payload of an event', () => {
  it.each(Object.keys(payloadShapes) as EventType[])('%s is taken up to its bounds, and refused beyond', (type) => {
    const { taken, refused } = PAYLOADS[type];
    const isTaken = payloadShapes[type];
    expect(taken.filter(({ value }) => !isTaken(value)).map(({ what }) => what)).toEqual([]);
    expect(refused.filter(({ value }) => isTaken(value)).map(({ what }) => what)).toEqual([]);
  });
});
