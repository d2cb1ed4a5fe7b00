import { describe, expect, it } from 'vitest';
import type { Entry } from '../record/entry';
import { type BrokenRule, brokenRules } from './broken-rules';
import { type Vote, Votes } from './votes';

type Kind = Exclude<Vote['type'], 'seal.ready'>;

/** Four sealers, of whom three are a quorum; each vote has seen all that came before it in these lists, unless a test says otherwise. */
function found(votes: readonly Vote[], unseen: readonly (readonly [ancestor: Vote, vote: Vote])[] = []) {
  const before = (ancestor: Entry, entry: Entry): boolean =>
    votes.indexOf(ancestor as Vote) < votes.indexOf(entry as Vote) &&
    !unseen.some(([one, other]) => one === ancestor && other === entry);
  return brokenRules(new Votes(votes), 3, before).map(({ kind, events }: BrokenRule) => [kind, ...events]);
}

const cast = (type: Kind, device: string, round: number, value: string | null, id = ''): Vote => {
  const name = `${device}${round}${type === 'seal.prevote' ? 'prevote' : 'precommit'}${value ?? 'nil'}${id}`;
  const payload = { height: 1, round, value };
  return { id: name, type, device, member: `member ${device}`, payload } as unknown as Vote;
};
const prevotes = (round: number, value: string | null, devices = 'abc') =>
  devices.split('').map((device) => cast('seal.prevote', device, round, value));
const precommits = (round: number, value: string | null, devices = 'abc') =>
  devices.split('').map((device) => cast('seal.precommit', device, round, value));

describe('a rule of sealing', () => {
  it('is kept by who prevotes and precommits what a quorum prevoted, and by who votes for nothing', () => {
    expect(found([...prevotes(0, 'v'), ...precommits(0, 'v'), ...prevotes(1, 'v'), ...precommits(1, null)])).toEqual(
      [],
    );
    expect(found([...precommits(0, null), ...prevotes(1, 'w')])).toEqual([]);
  });

  it('is broken by two votes of one kind in one round, also of one value', () => {
    const one = cast('seal.prevote', 'a', 0, 'v');
    const other = cast('seal.prevote', 'a', 0, null);
    expect(found([one, other])).toEqual([['double-vote', ...[one.id, other.id].sort()]]);
    const again = cast('seal.prevote', 'a', 0, 'v', ' again');
    expect(found([one, again])).toEqual([['double-vote', one.id, again.id]]);
    expect(found([one, cast('seal.prevote', 'a', 1, 'v'), cast('seal.prevote', 'b', 0, 'w')])).toEqual([]);
    const put = (id: string) =>
      ({ ...cast('seal.prevote', 'a', 0, null), id, type: 'seal.propose' }) as unknown as Vote;
    expect(found([put('p'), put('q')])).toEqual([['double-vote', 'p', 'q']]);
    const ready = (id: string) => ({ ...put(id), type: 'seal.ready' }) as unknown as Vote;
    expect(found([ready('p'), ready('q')])).toEqual([]);
  });

  it('is broken by a precommit for what its signer had not seen a quorum prevote in its round', () => {
    const first = prevotes(0, 'v');
    const [commit] = precommits(0, 'v', 'a') as [Vote];
    expect(found([...first, commit])).toEqual([]);
    expect(found([...first.slice(1), commit])).toEqual([['groundless-precommit', commit.id]]);
    expect(found([...first, commit], [[first[1]!, commit]])).toEqual([['groundless-precommit', commit.id]]);
    expect(found([...prevotes(1, 'v'), commit])).toEqual([['groundless-precommit', commit.id]]);
    expect(found([...prevotes(0, 'w'), commit])).toEqual([['groundless-precommit', commit.id]]);
    // One device's two votes are one voter's.
    const twice = [first[0]!, first[1]!, cast('seal.prevote', 'b', 0, 'v', ' again'), commit];
    expect(found(twice).map(([kind]) => kind)).toEqual(['double-vote', 'groundless-precommit']);
  });

  it('is broken by a prevote against the own lock that no quorum in between justified', () => {
    const locked = [...prevotes(0, 'v'), ...precommits(0, 'v', 'a')];
    const lock = locked.at(-1)!;
    const vote = cast('seal.prevote', 'a', 3, 'w');
    expect(found([...locked, vote])).toEqual([['broken-lock', lock.id, vote.id]]);
    const later = prevotes(2, 'w', 'bcd');
    expect(found([...locked, ...later, vote])).toEqual([]);
    expect(found([...locked, ...later, vote], [[later[0]!, vote]])).toEqual([['broken-lock', lock.id, vote.id]]);
    expect(found([...locked, ...prevotes(2, 'u', 'bcd'), vote])).toEqual([['broken-lock', lock.id, vote.id]]);
    // In its own round, or before the lock, a quorum justifies nothing.
    expect(found([...locked, ...prevotes(3, 'w', 'bcd'), vote])).toEqual([['broken-lock', lock.id, vote.id]]);
    const locks = [...prevotes(0, 'w', 'bcd'), ...prevotes(1, 'v', 'abc'), ...precommits(1, 'v', 'a')];
    expect(found([...locks, vote])).toEqual([['broken-lock', locks.at(-1)!.id, vote.id]]);
    // In the round of the lock one does; it could not have come about without others breaking a rule.
    expect(found([...locked, ...prevotes(0, 'w', 'bcd'), vote]).filter(([kind]) => kind === 'broken-lock')).toEqual([]);
  });

  it('is broken towards the newest lock that is gone back on; what comes to hold the lock itself is not', () => {
    const first = [...prevotes(0, 'v'), ...precommits(0, 'v', 'a')];
    const second = [...prevotes(1, 'w', 'bcd'), ...precommits(1, 'w', 'a')];
    const lock = second.at(-1)!;
    expect(found([...first, ...second])).toEqual([]);
    expect(found([...first, ...second, cast('seal.prevote', 'a', 2, 'w')])).toEqual([]);
    const back = cast('seal.prevote', 'a', 2, 'v');
    expect(found([...first, ...second, back])).toEqual([['broken-lock', lock.id, back.id]]);
    const third = cast('seal.prevote', 'a', 2, 'u');
    expect(found([...first, ...second, third])).toEqual([['broken-lock', lock.id, third.id]]);
    expect(found([...first, ...second, cast('seal.prevote', 'b', 2, 'u')])).toEqual([]);
  });
});
