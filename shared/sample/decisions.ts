import { versionInForce } from '../network/agreement/queries';
import type { Choice, Proposal } from '../network/decisions/model';
import type { Action } from '../network/events';
import type { ProtocolSpec } from '../network/agreement/model';
import type { Draft } from '../record/text';
import { FIRST_PROPOSALS } from './story/proposals-first';
import { SECOND_PROPOSALS } from './story/proposals-second';
import { THIRD_PROPOSALS } from './story/proposals-third';
import type { StoryEffect, StoryProposal } from './story/proposals';
import { UNIT } from './story/agreement';
import type { Story } from './story';
import { DAY, HOUR, MINUTE, midnight } from './time';
import type { World } from './world';

export const PROPOSALS: readonly StoryProposal[] = [...FIRST_PROPOSALS, ...SECOND_PROPOSALS, ...THIRD_PROPOSALS];

type EffectDraft = Draft<Extract<Action, { type: 'proposal.open' }>['payload']['effect']>;

const CHOICE_OF: Readonly<Record<string, Choice>> = { '+': 'agree', '0': 'abstain', '-': 'disagree', '!': 'block' };
/** Days over which ballots come in unless the story says otherwise. */
const DAYS = 6;

export function scheduleDecisions(story: Story): void {
  for (const proposal of PROPOSALS) schedule(story, proposal);
}

function schedule(story: Story, proposal: StoryProposal): void {
  const { timeline, random } = story;
  const opened = midnight(proposal.on) + random.between(8 * 60, 20 * 60) * MINUTE;
  const span = (proposal.days ?? DAYS) * DAY;
  timeline.at(opened, () => open(story, proposal));
  const votes = proposal.votes.split(' ');
  votes.forEach((vote, index) => {
    const time = opened + Math.floor((span * (index + 1)) / (votes.length + 1)) + random.between(0, 5 * 60) * MINUTE;
    timeline.at(time, () => cast(story, proposal, vote));
  });
  if (proposal.end !== undefined) timeline.at(opened + span + 6 * HOUR, () => finish(story, proposal));
}

async function open({ world, proposals, resources }: Story, proposal: StoryProposal): Promise<void> {
  const { id, by, title, text, effect } = proposal;
  // What changes the agreement is written against the version that everyone has.
  if ('protocol' in effect || 'texts' in effect) world.meet();
  const opened = await world.act(by, 'proposal.open', {
    title: { text: title },
    text: { text },
    effect: effectOf(world, resources, effect),
    deadline: world.now + 14 * DAY,
  });
  proposals.set(id, opened);
}

function effectOf(world: World, resources: Story['resources'], effect: StoryEffect): EffectDraft {
  const { id: base, protocols } = versionInForce(world.state())!;
  switch (effect.kind) {
    case 'none':
      return { kind: 'none' };
    case 'spend':
      return { kind: 'spend', amount: effect.amount, unit: UNIT };
    case 'admit':
      return { kind: 'admit', member: world.member(effect.who) };
    case 'buy':
      return { kind: 'buy', resource: resources.get(effect.resource)!, amount: effect.amount, unit: UNIT };
    case 'parameters': {
      const { params } = protocols.find(({ id }) => id === effect.protocol)!;
      return {
        kind: 'parameters',
        base,
        protocol: effect.protocol,
        params: { ...params, ...effect.change } as Record<string, object>,
      };
    }
    case 'adopt': {
      const kept = protocols.map((protocol): Draft<ProtocolSpec> => {
        const text = effect.texts[protocol.id];
        return text === undefined ? protocol : { ...protocol, text: { text } };
      });
      const added = effect.added.map(({ id, title, text }): Draft<ProtocolSpec> => ({
        kind: 'practice',
        id,
        title,
        text: { text },
        params: {},
      }));
      return { kind: 'adopt', base, protocols: [...kept, ...added] };
    }
  }
}

/** Casts a ballot, unless the one who casts it has seen the proposal decided. */
async function cast({ world, proposals }: Story, proposal: StoryProposal, vote: string): Promise<void> {
  const who = vote.slice(0, -1);
  const id = proposals.get(proposal.id)!;
  const changes = proposal.votes.split(' ').filter((other) => other.slice(0, -1) === who).length > 1;
  // A vote that is changed is changed knowing of the others'.
  if (changes || !world.state(who).proposals.has(id)) world.meet();
  if (world.state(who).proposals.get(id)?.status !== 'open') return;
  const reason = proposal.reasons?.[vote];
  await world.act(who, 'ballot.cast', {
    proposal: id,
    choice: CHOICE_OF[vote.slice(-1)]!,
    ...(reason === undefined ? {} : { reason: { text: reason } }),
  });
}

async function finish({ world, proposals }: Story, { id: name, by, end }: StoryProposal): Promise<void> {
  world.meet();
  const proposal = world.state().proposals.get(proposals.get(name)!)!;
  if (proposal.status !== 'open') return;
  if (end === 'withdraw') await world.act(by, 'proposal.withdraw', { proposal: proposal.id });
  else await close(world, by, proposal);
}

/** Closes a vote on the ballots that count by now. */
export async function close(world: World, by: string, { id }: Proposal): Promise<void> {
  const ballots = [...world.state(by).ballots.values()].filter(
    ({ proposal, standing }) => proposal === id && standing === 'counts',
  );
  await world.act(by, 'decision.close', { proposal: id, ballots: ballots.map((ballot) => ballot.id) });
}
