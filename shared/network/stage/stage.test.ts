import { describe, expect, test } from 'vitest';
import { TEXT, memberRow, networkRows, practiceRow, proposalRow, rowsOf, versionRow } from '../../../test/kit/rows';
import type { AgreementVersion } from '../agreement/model';
import type { Ballot, Proposal } from '../decisions/model';
import type { Entry } from '../ledger/model';
import type { Member } from '../membership/model';
import type { Resource } from '../resources/model';
import { type State, emptyState } from '../state';
import { type AttributeId, stageOf } from './stage';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const version = (id: string, number: number, base: string | null): AgreementVersion =>
  versionRow(id, number, base, { protocols: ['a', 'b', 'c', 'd', 'e'].map((name) => practiceRow(name)) });
const member = (id: string, number: number, fields: Partial<Member> = {}): Member =>
  memberRow(id, number, { since: `since-${id}`, why: { events: [`since-${id}`] }, ...fields });
const decision = (id: string, by: string, daysAgo: number, agree: number): Proposal =>
  proposalRow(id, {
    by,
    clause: { version: 'v1', protocol: 'd' },
    electorate: ['ann', 'bob'],
    status: 'adopted',
    tally: { electorate: 2, agree, abstain: 0, disagree: 0, block: 0 },
    decidedTime: NOW - daysAgo * DAY,
  });

const founded: State = {
  ...emptyState(),
  network: networkRows('v1'),
  versions: rowsOf(version('v1', 1, null)),
  members: rowsOf(member('ann', 1)),
};
const gathered: State = { ...founded, members: rowsOf(member('ann', 1, { seeks: TEXT }), member('bob', 2)) };
const agreed: State = {
  ...gathered,
  network: networkRows('v2'),
  versions: rowsOf(version('v1', 1, null), version('v2', 2, 'v1')),
  proposals: rowsOf(decision('v2', 'ann', 300, 2)),
  ballots: rowsOf<Ballot>({
    id: 'b1',
    proposal: 'v2',
    member: 'bob',
    choice: 'agree',
    time: 1,
    standing: 'counts',
  }),
};
const governing: State = {
  ...agreed,
  proposals: rowsOf(
    ...agreed.proposals.values(),
    decision('d1', 'bob', 90, 2),
    decision('d2', 'ann', 50, 1),
    decision('d3', 'bob', 1, 2),
  ),
};
const entry: Entry = {
  id: 'x',
  kind: 'contribution',
  date: '2026-01-01',
  memo: TEXT,
  postings: [],
  by: 'ann',
  authorisation: { status: 'not-needed' },
  time: 1,
  why: { events: ['x'] },
};
const house: Resource = {
  id: 'r',
  name: TEXT,
  about: TEXT,
  kind: 'house',
  amount: 1,
  unit: 'EUR',
  by: 'ann',
  status: 'held',
  shares: [],
  time: 1,
  why: { events: ['r', 'x'] },
};
const holding: State = { ...governing, entries: rowsOf(entry), resources: rowsOf(house) };

const report = (state: State, pages = 3, now = NOW) => stageOf(state, { pages, now });
const attribute = (state: State, id: AttributeId, pages = 3, now = NOW) =>
  report(state, pages, now)
    .stages.flatMap(({ attributes }) => attributes)
    .find((each) => each.id === id)!;

describe('the stage of a network', () => {
  test('each stage is reached once its attributes and those before it are met', () => {
    expect(report(founded).stage).toBe('forming');
    expect(report(founded).next?.id).toBe('several-members');
    expect(report(gathered, 0).stage).toBe('purpose');
    expect(report(gathered, 0).next?.id).toBe('pages-written');
    expect(report(gathered).stage).toBe('commons');
    expect(report(agreed).stage).toBe('agreement');
    expect(report(governing).stage).toBe('self-governing');
    expect(report(holding).stage).toBe('holding');
    expect(report(holding).next).toBeUndefined();
  });

  test('a later stage does not count while an earlier one is open', () => {
    expect(report(holding, 0).stage).toBe('purpose');
  });

  test('before the founding event has arrived nothing is met', () => {
    const empty = report(emptyState(), 0);
    expect(empty.stage).toBe('forming');
    expect(empty.stages.every(({ met }) => !met)).toBe(true);
  });

  test('regular means three decisions in the last four months', () => {
    expect(attribute(governing, 'decides-regularly')).toMatchObject({
      have: 3,
      needed: 3,
      met: true,
      why: { events: ['d1', 'd2', 'd3'] },
    });
    expect(attribute(governing, 'decides-regularly', 3, NOW + 31 * DAY)).toMatchObject({ have: 2, met: false });
  });

  test('turnout counts the ballots over the last five decisions, half of those entitled are needed', () => {
    expect(attribute(governing, 'many-take-part')).toMatchObject({ have: 7, needed: 4, met: true });
  });

  test('a member who agreed to any version has assented, the founder by founding', () => {
    expect(attribute(agreed, 'agreement-assented')).toMatchObject({ have: 2, needed: 1, why: { events: ['n', 'b1'] } });
  });

  test('who left does not count, and what was dropped is not held', () => {
    const left = { ...gathered, members: rowsOf(member('ann', 1), member('bob', 2, { status: 'left' })) };
    expect(attribute(left, 'several-members')).toMatchObject({ have: 1, met: false });
    const dropped = { ...holding, resources: rowsOf<Resource>({ ...house, status: 'dropped' }) };
    expect(attribute(dropped, 'resource-held').met).toBe(false);
  });

  test('a protocol that is suspended is not one that the network has', () => {
    const suspended = { ...founded, versions: rowsOf({ ...version('v1', 1, null), suspended: ['a'] }) };
    expect(attribute(founded, 'protocols-collected')).toMatchObject({ have: 5, met: true });
    expect(attribute(suspended, 'protocols-collected')).toMatchObject({ have: 4, met: false });
  });

  test('evidence names the signed events', () => {
    expect(attribute(holding, 'resource-held').why.events).toEqual(['r', 'x']);
    expect(attribute(gathered, 'several-members').why.events).toEqual(['since-ann', 'since-bob']);
  });
});
