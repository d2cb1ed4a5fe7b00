import { beforeAll, describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { checkEvent } from '../network/check';
import type { Entry } from '../record/entry';
import { Replica } from '../replica/replica';
import type { ProvenSeal } from './chain';
import { recheckSeal } from './recheck';

const OTHER = 'f'.repeat(64);
const roundOf = ({ payload }: Entry) => (payload as { readonly round: number }).round;
const valueOf = ({ payload }: Entry) => (payload as { readonly value: string }).value;

describe('a seal that is checked once more', () => {
  let replay: (inspect: (seal: ProvenSeal, replica: Replica) => void) => void;
  let find: (type: string, which?: (vote: Entry) => boolean) => string;

  beforeAll(async () => {
    // The founder alone could sign the first seal.
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    await new SealingGroup([ana]).pass(2);
    await ben.pull(ana);
    const { previous, value } = ana.replica.seals.seals[0]!;
    const sign = async (by: Person, type: string, round: number, of: string) => {
      const event = await forge(by, { type, payload: { height: 1, round, previous, value: of } });
      for (const person of [ana, ben]) person.replica.receive({ events: [event], texts: [] });
    };
    for (const round of [0, 1]) {
      await sign(ben, 'seal.precommit', round, value);
      await sign(ana, 'seal.precommit', round, OTHER);
      await sign(ana, 'seal.precommit', round, value);
      await sign(ana, 'seal.prevote', round, value);
    }
    const all = ana.replica.record.all();
    const events = await Promise.all(all.map(({ bytes }) => checkEvent(bytes)));
    replay = (inspect) => {
      const replica: Replica = new Replica(ana.replica.id, (seal) => inspect(seal, replica));
      replica.receive({ events, texts: [] });
    };
    find = (type, which = () => true) => all.find((entry) => entry.type === type && which(entry))!.id;
  });

  /** What is wrong with the seal once something in it is changed. */
  const wrongIn = (change: (seal: ProvenSeal) => Partial<ProvenSeal>): readonly string[] => {
    let wrong: readonly string[] | undefined;
    replay((seal, replica) => ({ wrong } = recheckSeal({ ...seal, ...change(seal) }, replica)));
    return wrong!;
  };

  it('holds as it is, and was signed by who could', () => {
    const found: unknown[] = [];
    replay((seal, replica) => found.push(recheckSeal(seal, replica)));
    expect(found).toEqual([{ wrong: [], signers: 1 }]);
  });

  it('names its place in the chain, its value, its quorum, its time and its state where they are others', () => {
    expect(wrongIn(() => ({ previous: OTHER }))).toEqual(['seal-chain', 'seal-value']);
    expect(wrongIn(() => ({ height: 2 }))).toEqual(['seal-chain', 'seal-value', 'seal-digest']);
    expect(wrongIn(() => ({ value: OTHER }))).toEqual(['seal-value', 'seal-quorum']);
    expect(wrongIn(({ time }) => ({ time: time + 1 }))).toEqual(['seal-value', 'seal-time']);
    expect(wrongIn(() => ({ digest: OTHER }))).toEqual(['seal-value', 'seal-digest']);
    expect(wrongIn(() => ({ precommits: [] }))).toEqual(['seal-quorum']);
    expect(wrongIn(() => ({ round: 2 }))).toEqual(['seal-quorum']);
  });

  it('counts no signature that is unknown, is none, is by another, or on another value or round', () => {
    const founder = find('network.found');
    const given: ((seal: ProvenSeal) => string)[] = [
      () => OTHER,
      () => founder,
      ({ round }) => find('seal.prevote', (vote) => roundOf(vote) === round),
      ({ round }) => find('seal.precommit', (vote) => roundOf(vote) === round && vote.member !== founder),
      ({ round, value }) => find('seal.precommit', (vote) => roundOf(vote) === round && valueOf(vote) !== value),
      ({ round, value }) =>
        find('seal.precommit', (vote) => roundOf(vote) !== round && valueOf(vote) === value && vote.member === founder),
    ];
    for (const precommit of given)
      expect(wrongIn((seal) => ({ precommits: [precommit(seal)] }))).toEqual(['seal-quorum']);
  });

  it('takes no time from what did not ask for it', () => {
    const others = [
      ['network.found', 'member.admit'],
      ['seal.prevote', 'seal.precommit'],
    ];
    for (const types of others) {
      const more = types.map((type) => find(type));
      expect(wrongIn(({ ready }) => ({ ready: [...ready, ...more] }))).toEqual(['seal-value']);
    }
  });
});
