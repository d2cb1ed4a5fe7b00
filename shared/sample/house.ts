import type { FoundingPayloads } from '../network/founding/model';
import type { Draft } from '../record/text';
import { scheduleBooks } from './books';
import { scheduleDecisions } from './decisions';
import { schedulePeople } from './people';
import { schedulePurchase } from './purchase';
import { Random } from './random';
import { NAME, PURPOSE, UNIT, foundingProtocols } from './story/agreement';
import { DEVICE_LABEL, FOUNDER, PEOPLE } from './story/people';
import type { Story } from './story';
import { DAY, HOUR, midnight } from './time';
import { Timeline } from './timeline';
import { scheduleUse } from './use';
import { World } from './world';

/** The story begins when the house is founded and ends fourteen months later. */
export const START = midnight('2025-09-01') + 16 * HOUR;
const END = midnight('2026-10-31') + 21 * HOUR;

export function foundingDraft(name: string): Draft<FoundingPayloads['network.found']> {
  return {
    name: { text: NAME },
    purpose: { text: PURPOSE },
    unit: UNIT,
    protocols: foundingProtocols() as Draft<FoundingPayloads['network.found']>['protocols'],
    founder: { name: { text: name }, type: 'resident', device: DEVICE_LABEL },
    sample: true,
  };
}

/** Tells the story of Quince House. `report` is told how many of its steps are done. */
export async function tellHouse(seed: number, report: (done: number, total: number) => void): Promise<Story> {
  const founder = PEOPLE.find(({ who }) => who === FOUNDER)!;
  const world = await World.found(seed, FOUNDER, foundingDraft(founder.name), START);
  const random = new Random(seed, 'story');
  const story: Story = { world, timeline: new Timeline(), random, proposals: new Map(), resources: new Map() };
  schedulePeople(story);
  scheduleDecisions(story);
  scheduleBooks(story);
  schedulePurchase(story);
  scheduleUse(story);
  schedulePartings(story);
  await story.timeline.run((time, done, total) => {
    world.now = time;
    report(done, total);
  });
  world.meet();
  return story;
}

/** Every few weeks two people are away for some days without a connection. */
function schedulePartings({ world, timeline, random }: Story): void {
  const away = ['jonas', 'mira', 'leila', 'yuki', 'ines', 'amara'];
  for (let time = START + 20 * DAY; time < END - 12 * DAY; time += random.between(14, 24) * DAY) {
    const first = random.pick(away);
    const second = random.pick(away.filter((who) => who !== first));
    timeline.at(time, () => Promise.resolve(world.part([first, second])));
    timeline.at(time + random.between(2, 5) * DAY, () => Promise.resolve(world.meet()));
  }
}
