import type { ProtocolSpec } from '../../shared/network/agreement/model';
import type { Effect } from '../../shared/network/decisions/model';
import type { Action } from '../../shared/network/events';
import { NETWORK_KEY } from '../../shared/network/state';
import type { Draft } from '../../shared/record/text';
import { foundNetwork } from '../../shared/replica/replica';
import { protocols } from '../kit/group';
import { invite } from './arrivals';
import { carrier } from './carrying';
import { happen } from './happenings';
import { letKeepersIn, tryToAct } from './keeping';
import type { Chance } from './random';
import type { Scenario } from './scenario';
import type { Site } from './site';

/** A network is founded, most of its members join, and then things happen. */
export async function live(scenario: Scenario): Promise<void> {
  const { chance, world } = scenario;
  const carry = carrier(scenario);
  await found(scenario);
  for (let step = 0; step < scenario.steps; step++) {
    await happen(scenario);
    carry();
    tryToAct(scenario);
    await world.pass(
      chance.weighted([
        [chance.within(0, 50), 5],
        [chance.within(50, 2_000), 8],
        [chance.within(2_000, 40_000), 1],
      ]),
    );
    scenario.watch();
  }
}

async function found(scenario: Scenario): Promise<void> {
  const signer = await scenario.newSigner();
  const { replica, batch } = await foundNetwork(
    signer,
    {
      name: { text: 'The house' },
      purpose: { text: 'To live together' },
      unit: 'EUR',
      protocols: agreement(scenario.chance),
      founder: { name: { text: 'a0' }, type: 'resident', device: 'a0' },
    },
    0,
  );
  scenario.network = replica.id;
  const site = scenario.addSite('a0', signer);
  await site.disk.contents.append({ events: batch.events.map((event) => event.bytes), texts: batch.texts });
  await site.start();
  if (scenario.chance.happens(0.5)) await hold(scenario, site);
  if (scenario.chance.happens(0.4)) await distribute(scenario, site);
  if (scenario.chance.happens(0.15)) await suspend(scenario, site);
  // Most join before trouble begins.
  while (scenario.sites.length < Math.max(2, Math.ceil(scenario.size * 0.7))) await invite(scenario, false);
  await letKeepersIn(scenario);
  await scenario.world.pass(30_000);
}

/** The founder buys something alone, or little of what there is to do with what is held would ever be done. */
async function hold(scenario: Scenario, site: Site): Promise<void> {
  const of = { amount: 1, unit: 'EUR' };
  const act = (action: Action): Promise<string> => signed(scenario, site, action);
  const words = { name: { text: 'The house' }, about: { text: '' } };
  const resource = await act({ type: 'resource.seek', payload: { ...words, kind: 'house', ...of } });
  const amount = scenario.chance.pick([1, 500]);
  const together = scenario.chance.pick([0, 0, 20_000]);
  if (scenario.chance.happens(0.5))
    await act({ type: 'pledge.make', payload: { resource, amount, unit: 'EUR', together } });
  const effect = { kind: 'buy' as const, resource, ...of };
  const put = { title: { text: 'Buy it' }, text: { text: '' }, effect, deadline: 0 };
  const allowance = await act({ type: 'proposal.open', payload: put });
  await act({ type: 'ballot.cast', payload: { proposal: allowance, choice: 'agree' } });
  // In some runs it is left to whoever comes to pay.
  if (scenario.chance.happens(0.1)) return;
  const postings = [
    { account: `resource:${resource}`, unit: 'EUR', amount: 1 },
    { account: 'bank', unit: 'EUR', amount: -1 },
  ];
  const paid = { kind: 'purchase' as const, date: '2025-01-01', memo: { text: 'Paid' }, postings, allowance, resource };
  await act({ type: 'entry.post', payload: paid });
}

/** And decides alone to distribute something: divided among whoever has joined by the first seal, or little would ever be. */
async function distribute(scenario: Scenario, site: Site): Promise<void> {
  const effect = { kind: 'distribute' as const, amount: scenario.chance.pick([1, 500, 40_001]), unit: 'EUR' };
  await decide(scenario, site, 'Share it', effect);
}

/** And puts a practice out of force, or hardly anything would ever be put into force again. */
async function suspend(scenario: Scenario, site: Site): Promise<void> {
  const base = site.peer?.state.network.get(NETWORK_KEY)?.version ?? '';
  await decide(scenario, site, 'Not now', { kind: 'suspend', base, protocol: 'care' });
}

async function decide(scenario: Scenario, site: Site, title: string, effect: Draft<Effect>): Promise<void> {
  const put = { title: { text: title }, text: { text: '' }, effect, deadline: 0 };
  const proposal = await signed(scenario, site, { type: 'proposal.open', payload: put });
  // Refused where no protocol of it was agreed on.
  if (proposal !== '') await signed(scenario, site, { type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
}

/** The id of what the site has signed by then, empty if it was refused. */
async function signed({ world }: Scenario, { peer }: Site, action: Action): Promise<string> {
  if (peer === undefined) return '';
  const done: string[] = [];
  peer.act(action).then(
    (id) => done.push(id),
    () => done.push(''),
  );
  while (done.length === 0) await world.pass(1_000);
  return done[0]!;
}

/** Where supporters propose they are no sponsors of applicants. */
function proposing(spec: Draft<ProtocolSpec>): Draft<ProtocolSpec> {
  if (spec.kind !== 'membership') return spec;
  const types = spec.params.types.map((type) =>
    type.id === 'supporter' ? { ...type, rights: ['vote', 'propose'] as const } : type,
  );
  return { ...spec, params: { types } };
}

function agreement(chance: Chance): Draft<ProtocolSpec>[] {
  const mode = chance.happens(0.15) ? 'decision' : 'invite';
  const uses = chance.pick([
    {},
    { none: 'assent', spend: 'assent' },
    { remove: 'majority', adopt: 'majority', parameters: 'majority' },
  ]);
  const founded = protocols(uses, mode);
  const agreed = withMore(chance.happens(0.3) ? founded.map(proposing) : founded, chance);
  if (chance.happens(0.85)) return agreed;
  const params = { types: chance.pick([[], ['resident']]), quorum: chance.pick(['majority', 'two-thirds'] as const) };
  return [...agreed, { kind: 'sealing', id: 'sealing', title: 'Sealing', text: { text: 'As it says.' }, params }];
}

/** A practice that can be put out of force; and in some networks parts that a class of its own protects, and tiers of spending. */
function withMore(agreed: readonly Draft<ProtocolSpec>[], chance: Chance): Draft<ProtocolSpec>[] {
  const text = { text: 'As it says.' };
  const care: Draft<ProtocolSpec> = { kind: 'practice', id: 'care', title: 'Care', text, params: {} };
  const way = () => chance.pick(['majority', 'consent', 'assent']);
  const others = ['care', 'spending', 'decisions', 'admission'].filter(() => chance.happens(0.4));
  const protects = ['membership', ...others].map((protocol) => ({ protocol, class: way() }));
  const tiers = [
    { to: 10_000, class: 'assent' },
    { to: 20_000, class: 'consent' },
  ];
  const guarded = chance.happens(0.3);
  const tiered = chance.happens(0.3);
  const publishers = chance.pick([[], ['resident'], ['resident'], ['supporter']]);
  const withdraw = chance.pick(['members', 'voters'] as const);
  const publication: Draft<ProtocolSpec> = {
    ...{ kind: 'publication', id: 'publication', title: 'What is public', text },
    params: { class: way(), publishers, withdraw },
  };
  const use: Draft<ProtocolSpec> = {
    ...{ kind: 'use', id: 'use', title: 'Use', text },
    params: {
      ...{ counts: 'nights', shortest: 2, longest: 7 },
      per: chance.pick(['resource', 'all'] as const),
      quotas: [{ type: 'resident', most: chance.pick([8, 12]) }],
    },
  };
  const leaving: Draft<ProtocolSpec> = {
    ...{ kind: 'leaving', id: 'leaving', title: 'Leaving', text },
    params: {
      settle: chance.pick([[], ['pledges', 'debts', 'dues'], ['debts', 'dues']]),
      notice: chance.pick([0, 1, 30]),
      pledges: chance.pick(['stay', 'lapse']),
    },
  };
  const contributions: Draft<ProtocolSpec> = {
    ...{ kind: 'contributions', id: 'contributions', title: 'Contributions', text },
    params: { dues: [{ type: 'resident', unit: 'EUR', amount: 500, every: chance.pick(['month', 'quarter']) }] },
  };
  const distribution: Draft<ProtocolSpec> = {
    ...{ kind: 'distribution', id: 'distribution', title: 'Distribution', text },
    params: {
      class: way(),
      basis: chance.pick(['equal', 'equal', 'capital']),
      types: chance.pick([[], ['resident']]),
      reserve: chance.pick([0, 10]),
    },
  };
  const more = [
    ...(chance.happens(0.5) ? [leaving] : []),
    ...(chance.happens(0.5) ? [contributions] : []),
    ...(chance.happens(0.6) ? [publication] : []),
    ...(chance.happens(0.7) ? [use] : []),
    ...(chance.happens(0.6) ? [distribution] : []),
  ];
  return [...agreed, ...more, care].map((spec): Draft<ProtocolSpec> => {
    if (spec.kind === 'decisions' && guarded) return { ...spec, params: { ...spec.params, protects } };
    if (spec.kind === 'spending' && tiered) return { ...spec, params: { ...spec.params, free: 500, tiers } };
    return spec;
  });
}
