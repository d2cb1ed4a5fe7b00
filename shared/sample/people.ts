import type { TextRef } from '../record/text';
import { LEAVER, OPEN_INVITE, PEOPLE, type Person, REVOKED_INVITE, SECOND_DEVICE } from './story/people';
import type { Story } from './story';
import { HOUR, midnight } from './time';

/** Who comes, who tells what about themselves, who goes, and which invites are out. */
export function schedulePeople(story: Story): void {
  const { world, timeline } = story;
  for (const person of PEOPLE) {
    const joins = midnight(person.joins) + 17 * HOUR;
    if (person.by !== undefined) timeline.at(joins, () => join(story, person, person.by!));
    timeline.at(joins + 3 * HOUR, () => describe(story, person));
  }
  timeline.at(midnight(SECOND_DEVICE.on) + 9 * HOUR, () => world.certify(SECOND_DEVICE.who, SECOND_DEVICE.label));
  timeline.at(midnight(LEAVER.on) + 12 * HOUR, () => leave(story));
  scheduleInvites(story);
}

function scheduleInvites({ world, timeline }: Story): void {
  const { by, on, revoked, type } = REVOKED_INVITE;
  let invite = '';
  timeline.at(midnight(on) + 10 * HOUR, async () => {
    invite = (await world.invite(by, type, 'revoked')).device;
  });
  timeline.at(midnight(revoked) + 10 * HOUR, () => world.act(by, 'invite.revoke', { invite }));
  const open = OPEN_INVITE;
  timeline.at(midnight(open.on) + 19 * HOUR, () => world.invite(open.by, open.type, 'open', open.uses, open.days));
}

async function join({ world }: Story, { who, name, type }: Person, by: string): Promise<void> {
  await world.admit(by, who, name, await world.invite(by, type, who));
}

async function describe({ world }: Story, { who, name, about, seeks, offers }: Person): Promise<string> {
  return world.act(who, 'member.describe', {
    name: { text: name },
    about: { text: about },
    seeks: { text: seeks },
    offers: { text: offers },
  });
}

/** Writes a farewell in place of the profile, erases it again on second thought, and goes. */
async function leave({ world }: Story): Promise<void> {
  const { who, name, farewell } = LEAVER;
  const event = await world.act(who, 'member.describe', { name: { text: name }, about: { text: farewell } });
  const text: TextRef | undefined = world.state(who).members.get(world.member(who))?.about;
  if (text !== undefined) await world.act(who, 'text.erase', { event, text });
  await world.act(who, 'member.leave', {});
}
