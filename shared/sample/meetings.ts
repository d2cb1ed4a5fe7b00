import { PROPOSALS } from './decisions';
import { MEETINGS, type Meeting } from './story/meetings';
import type { StoryPage } from './story/pages';
import type { Story } from './story';
import { DAY, midnight } from './time';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const OUTCOME: Readonly<Record<string, string>> = {
  adopted: 'adopted',
  rejected: 'not adopted',
  withdrawn: 'taken back',
  superseded: 'too late, another change came first',
};

/** A page for all house meetings, and the notes of each with what was decided since the one before. */
export function meetingPages(story: Story): readonly StoryPage[] {
  const pages = MEETINGS.map((meeting, index) => notesOf(story, meeting, MEETINGS[index - 1]));
  return [OVERVIEW, ...pages.reverse()];
}

const OVERVIEW: StoryPage = {
  id: 'meetings',
  title: 'Meeting notes',
  by: 'mira',
  on: '2025-09-28',
  text: '# Meeting notes\n\nEvery second Sunday at ten. We keep the notes of one meeting a month; the newest stands first.\n\n1. How is everyone?\n2. What needs a decision, what needs a talk?\n3. Who does what until next time?',
};

function notesOf({ world, proposals }: Story, meeting: Meeting, before: Meeting | undefined): StoryPage {
  const from = before === undefined ? 0 : midnight(before.on) + DAY;
  const decided = PROPOSALS.flatMap(({ id, title }) => {
    const proposal = proposals.get(id)!;
    const { decidedTime = -1, status } = world.state().proposals.get(proposal)!;
    return decidedTime >= from && decidedTime < midnight(meeting.on) + DAY
      ? [`[@${title}](peerhold:decision/${proposal}): *${OUTCOME[status]}*`]
      : [];
  });
  const blocks = [
    `# House meeting, ${written(meeting.on)}`,
    `Notes: ${meeting.by.charAt(0).toUpperCase()}${meeting.by.slice(1)}. Away: ${meeting.away}.`,
    '## Talked about',
    list(meeting.talk),
    ...(decided.length === 0 ? [] : ['## Decided since last time', list(decided)]),
    '## Who does what',
    list(meeting.todo),
  ];
  return {
    id: `meeting-${meeting.on}`,
    title: written(meeting.on),
    parent: OVERVIEW.id,
    by: meeting.by,
    on: meeting.on,
    tags: ['Minutes'],
    text: blocks.join('\n\n'),
  };
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A date as people write it; not by the platform's locale data, which differ between versions. */
function written(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[month! - 1]} ${year}`;
}
