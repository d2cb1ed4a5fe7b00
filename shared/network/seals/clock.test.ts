import { describe, expect, it } from 'vitest';
import { Person, protocols, testSigner } from '../../../test/kit/group';
import { START, SealingGroup } from '../../../test/kit/sealing';
import { foundNetwork } from '../../replica/replica';
import { emptyState } from '../state';
import { networkTime, timeAhead } from './clock';

const DAY = 86_400_000;
const YEARS = 3_650 * DAY;

/** A network of one that was founded by a clock so many milliseconds ahead of the one by which it is used; `sample`: made up. */
async function foundedAhead(ahead: number, sample?: true): Promise<{ sealing: SealingGroup; ana: Person }> {
  const signer = await testSigner('ana');
  const founder = { name: { text: 'Ana' }, type: 'resident', device: 'laptop' };
  const words = { name: { text: 'The house' }, purpose: { text: 'To live together' }, unit: 'EUR' };
  const draft = { ...words, protocols: protocols(), founder, ...(sample && { sample }) };
  const { replica } = await foundNetwork(signer, draft, START + ahead);
  const ana = new Person('ana', signer, replica, START);
  return { sealing: new SealingGroup([ana]), ana };
}

/** A vote with a deadline, in which nobody takes part, and something that a seal can fix after it. */
async function waitForVote({ sealing, ana }: Awaited<ReturnType<typeof foundedAhead>>): Promise<string> {
  const payload = { title: { text: 'T' }, text: { text: 'X' }, effect: { kind: 'none' }, deadline: START } as const;
  const proposal = await ana.act('proposal.open', payload);
  await sealing.pass(3);
  await sealing.clock.advance(30 * DAY);
  await ana.act('member.describe', { name: { text: 'Anna' } });
  await sealing.pass(3);
  return ana.replica.state.proposals.get(proposal)!.status;
}

describe('the time of a network', () => {
  it('founded by a clock ten years ahead, lets no vote end by its deadline; and it is told how far ahead it is', async () => {
    const network = await foundedAhead(YEARS);
    const { state } = network.ana.replica;
    // Before there is a seal, it is the founding's.
    expect(state.seals.size).toBe(0);
    expect(timeAhead(state, START)).toBe(YEARS);
    expect(await waitForVote(network)).toBe('open');
    expect(state.seals.size).toBeGreaterThanOrEqual(2);
    const now = START + network.sealing.clock.now();
    expect(timeAhead(state, now)).toBe(START + YEARS + state.seals.size - now);
  });

  it('founded by a right clock, lets votes end, and nothing is told', async () => {
    const network = await foundedAhead(0);
    const { state } = network.ana.replica;
    expect(await waitForVote(network)).toBe('rejected');
    expect(timeAhead(state, START + network.sealing.clock.now())).toBeNull();
  });

  it('is told from a whole day on', async () => {
    const { ana } = await foundedAhead(DAY);
    expect(timeAhead(ana.replica.state, START)).toBe(DAY);
    expect(timeAhead(ana.replica.state, START + 1)).toBeNull();
  });

  it('is that of the newest seal, however many there are', async () => {
    const { state } = (await foundedAhead(0)).ana.replica;
    const seals = new Map(
      Array.from({ length: 12 }, (_, index) => [String(index + 1), { time: START + index }] as const),
    );
    expect(networkTime({ ...state, seals: seals as never })).toBe(START + 11);
  });

  it('is none before the founding, and none in a sample', async () => {
    expect(timeAhead(emptyState(), 0)).toBeNull();
    const { ana } = await foundedAhead(YEARS, true);
    expect(timeAhead(ana.replica.state, START)).toBeNull();
  });
});
