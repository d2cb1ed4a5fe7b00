import { joiningMessage, consentMessage, invitationMessage } from '../../shared/network/certificates';
import { decisionOf } from '../../shared/network/ledger/payments';
import { toHex } from '../../shared/record/bytes';
import { detach } from '../../shared/record/compose';
import { deviceKeyFromSeed, type Signer, signerOf } from '../../shared/record/signature';
import { KIND } from '../../shared/sync/channel/kinds';
import { MAX_NEAR, encodeRecordMessage } from '../../shared/sync/record-messages';
import { deed } from './deeds';
import type { Liar } from './liar';
import { actInVain } from './vain';
import { alien, nest, sayOddly } from './values';
import { writeTwice } from './versions';

type Lie = (liar: Liar) => Promise<void>;
const id = (liar: Liar): string => toHex(liar.chance.bytes(32));
const newSigner = async (liar: Liar): Promise<Signer> => signerOf(await deviceKeyFromSeed(liar.chance.bytes(32)));

/** A payload as an honest app would sign it, if the liar can do anything at all. */
function plausible(liar: Liar, signer = liar.signer): { type: string; payload: unknown } | undefined {
  const actor = liar.actor(signer);
  if (actor === undefined) return undefined;
  const action = deed(actor, liar.chance);
  if (action === undefined || (action.type === 'member.leave' && liar.chance.happens(0.8))) return undefined;
  return { type: action.type, payload: detach<unknown>(action.payload, signer.device).payload };
}

/** Two or more events with one number, each to other ears. */
const fork: Lie = async (liar) => {
  const own = liar.entries();
  const last = own.at(-1 - liar.chance.within(0, Math.min(3, Math.max(0, own.length - 1))));
  if (last === undefined) return;
  const ears = liar.chance.shuffled(liar.channels.map((channel) => channel.remote!.device));
  const branches = liar.chance.weighted([
    [2, 6],
    [3, 2],
    [6, 1],
  ]);
  for (let branch = 0; branch < branches; branch++) {
    const said = plausible(liar);
    if (said === undefined) continue;
    const change = { previous: last.id, sequence: last.sequence + 1 };
    const event = await liar.forge(said.type, said.payload, {
      ...change,
      ...(liar.chance.happens(0.5) ? { parents: [] } : {}),
    });
    await liar.say(event, ears.length > 1 && liar.chance.happens(0.8) ? [ears[branch % ears.length]!] : undefined);
  }
};

/** Two different ballots that do not know of each other. */
const voteTwice: Lie = async (liar) => {
  const actor = liar.actor();
  const proposal = liar.chance.maybe(
    [...liar.replica.state.proposals.values()].filter(
      (one) => actor !== undefined && one.electorate.includes(actor.member),
    ),
  );
  const last = liar.entries().at(-1);
  if (proposal === undefined || last === undefined) return;
  const heads = liar.replica.record.heads();
  const change = { previous: last.id, sequence: last.sequence + 1, parents: heads };
  const ears = liar.channels.map((channel) => channel.remote!.device);
  for (const [index, choice] of (['agree', liar.chance.pick(['disagree', 'block', 'agree'])] as const).entries()) {
    const event = await liar.forge('ballot.cast', { proposal: proposal.id, choice }, { ...change, time: index });
    const ear = ears[index % Math.max(1, ears.length)];
    await liar.say(event, ear !== undefined && liar.chance.happens(0.7) ? [ear] : undefined);
  }
};

/** All of one allowance, twice, each to other ears. */
const spendTwice: Lie = async (liar) => {
  const allowance = liar.chance.maybe([...liar.replica.state.allowances.values()]);
  const last = liar.entries().at(-1);
  if (allowance === undefined || last === undefined) return;
  const { id: cited, amount, unit, resource, member } = allowance;
  const spentOn = member === undefined ? 'expense:repairs' : `member:${member}`;
  const ears = liar.channels.map((channel) => channel.remote!.device);
  for (let payment = 0; payment < 2; payment++) {
    const account = resource === undefined ? spentOn : `resource:${resource}`;
    const postings = [
      { account, unit, amount },
      { account: 'bank', unit, amount: -amount },
    ];
    const kind = resource === undefined ? 'expense' : 'purchase';
    const purchase = resource === undefined ? {} : { resource };
    const payload = { kind, date: '2025-04-01', memo: id(liar), postings, allowance: decisionOf(cited), ...purchase };
    const place = { previous: last.id, sequence: last.sequence + 1 };
    const event = await liar.forge('entry.post', payload, place);
    await liar.say(event, ears.length > 1 ? [ears[payment % ears.length]!] : undefined);
  }
};

/** Cites old heads, so that it sorts before what others have done since. */
const backDate: Lie = async (liar) => {
  const said = plausible(liar);
  if (said === undefined) return;
  const old = liar.chance.pick(liar.replica.record.all());
  const own = liar.entries();
  const from = liar.chance.happens(0.7) ? own.at(-1) : liar.chance.maybe(own);
  if (from === undefined) return;
  const parents = liar.chance.happens(0.5) ? [] : [old.id];
  const place = { previous: from.id, sequence: from.sequence + 1, parents };
  await liar.say(await liar.forge(said.type, said.payload, place));
};

/** Says it to one, and builds on it to all. */
const withhold: Lie = async (liar) => {
  const said = plausible(liar);
  if (said === undefined) return;
  const ear = liar.chance.maybe(liar.channels)?.remote?.device;
  await liar.say(await liar.forge(said.type, said.payload), ear === undefined ? [] : [ear]);
  const next = plausible(liar);
  if (next !== undefined) await liar.say(await liar.forge(next.type, next.payload));
};

/** Rightly signed events that no rule lets count. */
const crooked: Lie = async (liar) => {
  const { state } = liar.replica;
  const member = liar.actor()?.member ?? '';
  const other = (rows: Iterable<{ id: string; by?: string; member?: string }>): string =>
    liar.chance.maybe([...rows].filter((row) => (row.by ?? row.member) !== member))?.id ?? id(liar);
  const entry = (postings: unknown, more: object = {}) => ({
    kind: 'expense',
    date: '2025-01-01',
    memo: id(liar),
    postings,
    ...more,
  });
  const posting = (account: string, amount: number, unit = 'EUR') => ({ account, unit, amount });
  const texts = { title: id(liar), text: id(liar), deadline: 0 };
  const known = [...state.versions.values()][0]?.id ?? '';
  const [type, payload, malformed, change] = liar.chance.pick<
    () => readonly [string, unknown, boolean, { rules?: number }?]
  >([
    () => ['entry.post', entry([posting('bank', 100), posting('cash', -99)]), false],
    () => ['entry.post', entry([posting('bank', 100), posting('cash', -100, 'USD')]), false],
    () => ['entry.post', entry([posting('bank', 0), posting('cash', 0)]), false],
    () => ['entry.post', entry([posting('bank', 5), posting('bank', -5)]), false],
    () => ['entry.post', entry([posting(`member:${id(liar)}`, 5), posting('bank', -5)]), false],
    () => ['entry.post', entry([posting('bank', 5), posting('cash', -5)], { kind: 'reversal' }), false],
    () => ['entry.post', entry([posting('bank', 5), posting('cash', -5)], { pledge: id(liar) }), false],
    () => ['entry.post', entry([posting('vault', 5), posting('cash', -5)]), true],
    () => ['entry.post', entry('all of it'), true],
    () => ['ballot.cast', { proposal: id(liar), choice: 'agree' }, false],
    () => ['ballot.cast', { proposal: other(state.proposals.values()), choice: 'twice' }, true],
    () => ['ballot.cast', { proposal: other(state.proposals.values()), choice: 'agree', weight: 7 }, true],
    () => ['decision.close', { proposal: other(state.proposals.values()), ballots: [id(liar)] }, false],
    () => ['proposal.withdraw', { proposal: other(state.proposals.values()) }, false],
    () => ['proposal.open', { ...texts, effect: { kind: 'remove', member: id(liar) } }, false],
    () => ['proposal.open', { ...texts, effect: { kind: 'spend', amount: -5, unit: 'EUR' } }, true],
    () => ['proposal.open', { ...texts, effect: { kind: 'crown', member } }, true],
    () => [
      'proposal.open',
      { ...texts, effect: { kind: 'parameters', base: known, protocol: 'spending', params: { free: 'all' } } },
      false,
    ],
    () => ['proposal.open', { ...texts, effect: { kind: 'suspend', base: known, protocol: 'membership' } }, false],
    () => ['proposal.open', { ...texts, effect: { kind: 'retire', base: known, protocol: 'nothing' } }, false],
    () => ['pledge.withdraw', { pledge: other(state.pledges.values()) }, false],
    () => ['resource.drop', { resource: other(state.resources.values()) }, false],
    () => ['device.revoke', { device: other(state.devices.values()) }, false],
    () => ['invite.revoke', { invite: id(liar) }, false],
    () => ['device.receives', { key: liar.chance.pick(['00', '01']).padEnd(64, '0') }, false],
    () => ['device.receives', { key: 'ff'.repeat(32) }, false],
    () => ['network.found', { name: 'mine' }, true],
    () => ['member.leave', {}, false, { rules: 99 }],
    () => ['crown.take', { member }, false],
    () => ['member.describe', { name: 'not a reference' }, true],
    () => ['text.erase', { event: liar.replica.id, text: id(liar) }, false],
  ])();
  const event = await liar.forge(type, payload, change ?? {});
  liar.powerless.add(event.id);
  if (malformed) liar.malformed.add(event.id);
  await liar.say(event);
};

/** Lets in a device by an invite that the network has never issued. */
const smuggle: Lie = async (liar) => {
  const event = await admission(liar, await newSigner(liar), await newSigner(liar));
  liar.powerless.add(event.id);
  await liar.say(event);
};

/** Admits one device twice, to different ears, and lets it act as both members. */
const twoFaced: Lie = async (liar) => {
  const [joiner, last] = [await newSigner(liar), liar.entries().at(-1)];
  if (last === undefined) return;
  const ears = liar.channels.map((channel) => channel.remote!.device);
  for (let face = 0; face < 2; face++) {
    const invite = await newSigner(liar);
    const issued = await liar.forge(
      'invite.issue',
      { invite: invite.device, type: 'resident', uses: 1, days: 14 },
      { previous: last.id, sequence: last.sequence + 1 },
    );
    const only = ears.length > 1 ? [ears[face]!] : undefined;
    await liar.say(issued, only);
    const parents = [issued.id];
    await liar.say(
      await admission(liar, invite, joiner, { previous: issued.id, sequence: issued.sequence + 1, parents }),
      only,
    );
  }
  liar.signers.push(joiner);
};

async function admission(liar: Liar, invite: Signer, joiner: Signer, change = {}) {
  const nonce = id(liar);
  const network = liar.replica.id;
  const payload = {
    invite: invite.device,
    device: joiner.device,
    name: id(liar),
    nonce,
    proof: await invite.sign(invitationMessage(network, joiner.device, nonce)),
    consent: await joiner.sign(joiningMessage(network, liar.signer.device, invite.device, nonce)),
  };
  return liar.forge('member.admit', payload, change);
}

/** Another device of the same member, or one that is said to be a keeper and acts all the same. */
const certify: Lie = async (liar) => {
  const device = await newSigner(liar);
  const proof = await device.sign(consentMessage(liar.replica.id, liar.signer.device));
  const role = liar.chance.happens(0.3) ? { role: 'keeper' } : {};
  await liar.say(await liar.forge('device.certify', { device: device.device, label: 'another', proof, ...role }));
  liar.signers.push(device);
};

/** Acts with any of its devices, as if nothing were wrong. */
const pretend: Lie = async (liar) => {
  const signer = liar.chance.pick(liar.signers);
  const said = plausible(liar, signer);
  if (said === undefined) return;
  const { record } = liar.replica;
  // A device of two members may root its chain in either certificate.
  const roots = record.tips().some((tip) => tip.device === signer.device)
    ? record.heads().slice(0, 60)
    : [liar.chance.maybe(record.certificatesOf(signer.device)) ?? liar.replica.id];
  await liar.say(await liar.forge(said.type, said.payload, { parents: roots }, signer));
};

/** Votes on seals as no honest sealer casts them: for two values, for none that was put, without a lock, out of turn. */
const sealTwice: Lie = async (liar) => {
  const current = liar.replica.seals.current;
  if (current === null) return;
  const { height, ground, votes } = current;
  const previous = liar.chance.happens(0.9) ? ground.value : id(liar);
  const round = liar.chance.weighted([
    [0, 5],
    [1, 2],
    [7, 1],
  ]);
  const values = [...votes.proposals().map((one) => liar.replica.seals.valueOf(one)), null, id(liar)];
  const ready = votes.ready().map((vote) => vote.id);
  const last = liar.entries().at(-1);
  if (last === undefined) return;
  const ears = liar.channels.map((channel) => channel.remote!.device);
  // Mostly any two; now and then one that goes back on the other.
  const goesBack = liar.chance.happens(0.15);
  for (let vote = 0; vote < 2; vote++) {
    const breaks = (): [string, object] =>
      vote === 0
        ? ['seal.precommit', { height, round, previous, value: values[0] ?? id(liar) }]
        : ['seal.prevote', { height, round: round + 1, previous, value: id(liar) }];
    const [type, payload] = liar.chance.weighted<() => [string, object]>([
      [breaks, goesBack ? 100 : 0],
      [() => ['seal.prevote', { height, round, previous, value: liar.chance.pick(values) }], 3],
      [() => ['seal.precommit', { height, round, previous, value: liar.chance.pick(values) }], 3],
      [
        () => [
          'seal.ready',
          { height, previous, time: liar.chance.pick([0, 1_737_000_000_000, Number.MAX_SAFE_INTEGER]) },
        ],
        2,
      ],
      [
        () => {
          const cited = ready.filter(() => liar.chance.happens(0.8)).sort();
          const time = ground.time + liar.chance.pick([0, 1, 5_000, 40 * 365 * 86_400_000]);
          const digest =
            liar.chance.happens(0.5) || cited.length === 0 ? id(liar) : liar.replica.digestAt(height, time, cited);
          const valid = liar.chance.happens(0.2) ? 0 : null;
          const put = cited.length === 0 ? [id(liar)] : cited;
          return ['seal.propose', { height, round, previous, ready: put, time, digest, valid }];
        },
        2,
      ],
    ])();
    const forked = liar.chance.happens(0.5) ? { previous: last.id, sequence: last.sequence + 1 } : {};
    const event = await liar.forge(type, payload, forked);
    await liar.say(event, ears.length > 1 && liar.chance.happens(0.5) ? [ears[vote % ears.length]!] : undefined);
  }
};

/** Bytes that are nothing, on any kind. */
const garbage: Lie = async (liar) => {
  const bytes = liar.chance.bytes(liar.chance.pick([0, 1, 40, 900, 20_000]));
  const kind = liar.chance.pick([KIND.record, KIND.docs, KIND.presence, KIND.join, KIND.files]);
  const blurt = liar.chance.weighted([
    [() => liar.blurt(KIND.record, new Uint8Array(5_000).fill(0x81)), 3],
    [() => liar.blurtEvents([bytes]), 2],
    [() => liar.blurt(kind, bytes), 5],
  ]);
  blurt();
};

/** Events that were altered, cut short, signed by another, or made for another network. */
const forgery: Lie = async (liar) => {
  const { record } = liar.replica;
  const victim = liar.chance.pick(record.all());
  const own = await liar.forge('member.describe', { name: id(liar) });
  const stranger = await newSigner(liar);
  const bytes = liar.chance.pick([
    () => altered(liar, victim.bytes),
    () => victim.bytes.slice(0, liar.chance.within(1, victim.bytes.length - 1)),
    () => altered(liar, own.bytes),
    () => new Uint8Array(70_000),
  ])();
  const forged = await liar.chance.pick([
    async () => bytes,
    async () => (await liar.forge('member.leave', {}, { device: victim.device })).bytes,
    async () => (await liar.forge('member.describe', { name: id(liar) }, { network: id(liar) })).bytes,
    async () =>
      (await liar.forge('member.leave', {}, { previous: null, sequence: 0, parents: [liar.replica.id] }, stranger))
        .bytes,
    async () => (await liar.forge('member.describe', { name: id(liar) }, { sequence: own.sequence + 5 })).bytes,
  ])();
  if (liar.chance.happens(0.5)) liar.blurtEvents([own.bytes, forged]);
  else liar.blurtEvents([forged]);
};

function altered(liar: Liar, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = liar.chance.within(0, copy.length - 1);
  copy[at] = copy[at]! ^ (1 << liar.chance.within(0, 7));
  return copy;
}

/** More than anybody wants: events whose ancestors do not exist, questions without end, the same thing again and again. */
const flood: Lie = async (liar) => {
  const many: Uint8Array[] = [];
  const count = liar.chance.pick([20, 60]);
  for (let i = 0; i < count; i++) {
    const place = { previous: id(liar), sequence: i + 1, parents: [id(liar), id(liar)] };
    many.push((await liar.forge('member.describe', { name: id(liar) }, place)).bytes);
  }
  liar.blurtEvents(many);
  const known = liar.replica.record.all();
  liar.blurtEvents(known.slice(-50).map((entry) => entry.bytes));
  const ids = Array.from({ length: 1_000 }, () => id(liar));
  liar.blurt(KIND.record, encodeRecordMessage({ kind: liar.chance.pick(['have', 'got'] as const), tips: ids }));
  liar.blurt(KIND.record, encodeRecordMessage({ kind: 'want', ids: known.slice(-900).map((entry) => entry.id) }));
};

/** Neighbours that it has not, or not that it has: whoever believes it passes on to them what it has itself from the liar, or not. */
const boast: Lie = async (liar) => {
  const known = liar.replica.record.tips().map((tip) => tip.device);
  for (let times = liar.channels.length; times > 0; times--) {
    const devices = new Set(known.filter(() => liar.chance.happens(0.7)));
    if (liar.chance.happens(0.1)) devices.add(id(liar));
    liar.blurt(KIND.record, encodeRecordMessage({ kind: 'near', devices: [...devices].slice(0, MAX_NEAR) }));
  }
};

const LIES = {
  fork: [fork, 5],
  'voting twice': [voteTwice, 4],
  'spending twice': [spendTwice, 4],
  'back-dating': [backDate, 6],
  withholding: [withhold, 4],
  'crooked events': [crooked, 8],
  'acting in vain': [actInVain, 8],
  smuggling: [smuggle, 1],
  'admitting one device twice': [twoFaced, 2],
  'certifying devices': [certify, 1.5],
  pretending: [pretend, 8],
  boasting: [boast, 3],
  'sealing twice': [sealTwice, 6],
  garbage: [garbage, 3],
  forgery: [forgery, 4],
  flood: [flood, 0.7],
  nesting: [nest, 3],
  'no values': [alien, 3],
  'odd texts': [sayOddly, 3],
  'two texts under one number': [writeTwice, 2],
} as const satisfies Readonly<Record<string, readonly [Lie, number]>>;
export const LIE_NAMES = Object.keys(LIES) as readonly (keyof typeof LIES)[];

/** Tells one more lie; returns its name, or undefined where there was nothing to lie about or nobody to listen. */
export async function lie(liar: Liar): Promise<string | undefined> {
  const name = liar.chance.weighted(LIE_NAMES.map((one) => [one, LIES[one][1]] as const));
  const before = liar.lies;
  await LIES[name][0](liar);
  return liar.lies > before ? name : undefined;
}
