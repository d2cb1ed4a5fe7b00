import { draftEntry } from '../network/ledger/drafts';
import { UNIT } from './story/agreement';
import { PAID_IN, PLEDGES, PURCHASE, RESOURCES } from './story/resources';
import type { Story } from './story';
import { post } from './entries';
import { HOUR, midnight } from './time';

/** Candidates, pledges, and the purchase of the house. */
export function schedulePurchase(story: Story): void {
  const { world, timeline, resources } = story;
  for (const { id, by, on, kind, name, about, amount, dropped } of RESOURCES) {
    timeline.at(midnight(on) + 11 * HOUR, async () => {
      const draft = { name: { text: name }, about: { text: about }, kind, amount, unit: UNIT };
      resources.set(id, await world.act(by, 'resource.seek', draft));
    });
    if (dropped !== undefined)
      timeline.at(midnight(dropped.on) + 18 * HOUR, () =>
        world.act(dropped.by, 'resource.drop', { resource: resources.get(id)! }),
      );
  }
  schedulePledges(story);
  timeline.at(midnight(PURCHASE.on) + 14 * HOUR, () => buy(story));
}

function schedulePledges({ world, timeline, resources, random }: Story): void {
  for (const { by, on, resource, amount, together = 0, condition, withdrawn } of PLEDGES) {
    let pledge = '';
    timeline.at(midnight(on) + random.between(9, 20) * HOUR, async () => {
      const words = condition === undefined ? {} : { condition: { text: condition } };
      const draft = { resource: resources.get(resource)!, amount, unit: UNIT, together, ...words };
      pledge = await world.act(by, 'pledge.make', draft);
    });
    if (withdrawn !== undefined)
      timeline.at(midnight(withdrawn) + 12 * HOUR, () => world.act(by, 'pledge.withdraw', { pledge }));
  }
  // Each pays in what fell due, in the days after the decision.
  [...new Set(PLEDGES.map(({ by }) => by))].forEach((who, index) => {
    timeline.at(midnight(PAID_IN.from) + index * PAID_IN.hoursApart * HOUR, async () => {
      const member = world.member(who);
      const due = [...world.state().pledges.values()].filter((one) => one.member === member && one.status === 'due');
      for (const { id: pledge, amount } of due) {
        const draft = draftEntry({ what: 'money', member, into: 'bank', unit: UNIT, amount, pledge });
        await post(world, who, draft, 'My pledge for the house, paid in');
      }
    });
  });
}

async function buy({ world, proposals, resources }: Story): Promise<void> {
  world.meet();
  const { by, amount, memo, fees, feesMemo } = PURCHASE;
  const resource = resources.get(PURCHASE.resource)!;
  const allowance = proposals.get(PURCHASE.proposal)!;
  await post(world, by, draftEntry({ what: 'purchase', resource, from: 'bank', allowance, unit: UNIT, amount }), memo);
  const notary = { what: 'expense', category: 'fees', from: 'bank', allowance, unit: UNIT, amount: fees } as const;
  // The decision covers what is paid for this very resource.
  await post(world, by, { ...draftEntry(notary), resource }, feesMemo);
}
