import type { Parameters, ProtocolSpec } from '../../shared/network/agreement/model';
import type { Draft } from '../../shared/record/text';
import { type Person, meet, protocols } from './group';

/** A small agreement with a protocol on use: three weeks a year at most for residents, two at a time. */
export function withUse(
  params: Partial<Parameters<'use'>> = {},
  given: Draft<ProtocolSpec>[] = protocols(),
): Draft<ProtocolSpec>[] {
  const use = {
    counts: 'nights' as const,
    shortest: 2,
    longest: 14,
    per: 'resource' as const,
    quotas: [{ type: 'resident', most: 21 }],
    ...params,
  };
  return [...given, { kind: 'use', id: 'use', title: 'Use', text: { text: 'As it says.' }, params: use }];
}

/** The network comes to hold something: sought, decided on by all, and paid. Everyone has everything. */
export async function hold(people: readonly Person[], name = 'House'): Promise<string> {
  const [first] = people as [Person];
  const of = { amount: 1, unit: 'EUR' };
  const resource = await first.act('resource.seek', {
    name: { text: name },
    about: { text: '' },
    kind: 'house',
    ...of,
  });
  const effect = { kind: 'buy' as const, resource, ...of };
  const buy = await first.act('proposal.open', { title: { text: 'Buy' }, text: { text: '' }, effect, deadline: 0 });
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal: buy, choice: 'agree' });
  await meet(people);
  await first.act('entry.post', {
    kind: 'purchase',
    date: '2025-01-02',
    memo: { text: 'Paid' },
    postings: [
      { account: `resource:${resource}`, unit: 'EUR', amount: 1 },
      { account: 'bank', unit: 'EUR', amount: -1 },
    ],
    allowance: buy,
    resource,
  });
  await meet(people);
  return resource;
}
