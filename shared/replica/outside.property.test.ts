import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group, meet, protocols } from '../../test/kit/group';
import { live, step } from '../../test/kit/history';
import { SealingGroup } from '../../test/kit/sealing';
import type { Entry } from '../record/entry';
import { stateDigest } from '../network/digest/digest';
import { Replica } from './replica';

const NAMES = ['ana', 'ben', 'cleo', 'dora', 'eli'];

const happening = fc.oneof(
  { weight: 5, arbitrary: step.map((one) => ({ kind: 'step' as const, step: one })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('forge' as const), who: fc.nat(4), to: fc.nat(4), pick: fc.nat(200) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), who: fc.nat(4), to: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('seal' as const),
      minutes: fc.integer({ min: 1, max: 5 }),
      online: fc.integer({ min: 7, max: 31 }),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Something that a device says whatever it may, from where it likes, to one other only. */
async function lie(by: Person, to: Person, pick: number, forked: Set<Person>): Promise<void> {
  const { record, state } = by.replica;
  const all = record.all();
  const own = all.filter(({ device }) => device === by.signer.device);
  const forks = pick % 5 === 0 && own.length > 1 && !forked.has(by);
  if (forks) forked.add(by);
  const tips = record.tips().filter(({ device }) => device === by.signer.device);
  const last = forks ? record.get(own.at(-1)!.previous!) : tips[pick % Math.max(1, tips.length)];
  const proposal = [...state.proposals.keys()].sort()[pick % Math.max(1, state.proposals.size)] ?? by.replica.id;
  const [type, payload] = [
    ['member.describe', { name: String(pick % 10).repeat(64) }],
    ['member.leave', {}],
    ['device.revoke', { device: by.signer.device }],
    ['ballot.cast', { proposal, choice: 'agree' }],
  ][(pick >> 2) % 4] as [string, unknown];
  const place = last === undefined ? {} : { previous: last.id, sequence: last.sequence + 1 };
  const heads = record.heads().filter((id) => id !== last?.id);
  const parents = last === undefined ? {} : { parents: pick % 3 === 0 ? heads : [] };
  const event = await forge(by, { type, payload, ...place, ...parents });
  for (const person of [by, to]) person.replica.receive({ events: [event], texts: [] });
}

/** Whether a device has more than two histories, of which peers may hold different ones: that is tested elsewhere. */
function isStorm(events: readonly Entry[]): boolean {
  const seen = new Set<string>();
  const forked = new Set<string>();
  return events.some(({ device, previous }) => {
    const key = `${device} ${previous ?? ''}`;
    const branches = seen.has(key);
    seen.add(key);
    return branches && forked.size === forked.add(device).size;
  });
}

/** What can count, and what it was built on. */
function countingIn(replica: Replica): string[] {
  const { record } = replica;
  const found = new Set<string>();
  const frontier = record.all().filter((entry) => !replica.isOutside(entry));
  for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
    if (found.has(next.id)) continue;
    found.add(next.id);
    expect(replica.kept.has(next)).toBe(true);
    frontier.push(...record.cited(next));
  }
  return [...found].sort();
}

describe('replicas', () => {
  it('end with the same of what can count and one state, whatever the ended sign, and whoever heard of it when', async () => {
    let outside = 0;
    let dropped = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 20, maxLength: 50 }),
        fc.infiniteStream(fc.nat()),
        async (life: readonly Happening[], chance) => {
          const people = await group(NAMES, protocols({ remove: 'majority', none: 'majority' }));
          const forked = new Set<Person>();
          const sealing = new SealingGroup(people);
          await sealing.pass(3);
          for (const one of life) {
            if (one.kind === 'step') await live(people, one.step);
            else if (one.kind === 'pull') await people[one.who]!.pull(people[one.to]!);
            else if (one.kind === 'forge') await lie(people[one.who]!, people[one.to]!, one.pick, forked);
            else {
              const online = people.filter((_, index) => (one.online >> index) & 1);
              await sealing.pass(one.minutes, online);
            }
          }
          await sealing.pass(4);
          for (const [index, person] of people.entries())
            await lie(person, people[(index + 1) % 5]!, index * 3, forked);
          // What was refused comes again.
          for (let again = 0; again < 3; again++) await meet(people);
          const byId = new Map(people.flatMap(({ replica }) => replica.record.all().map((entry) => [entry.id, entry])));
          const events = [...byId.values()];
          if (isStorm(events)) return;
          const piecemeal = new Replica(people[0]!.replica.id);
          const pending = [...events];
          while (pending.length > 0) {
            const [event] = pending.splice((chance.next().value as number) % pending.length, 1);
            piecemeal.receive({ events: [event!], texts: [] });
          }
          const whole = new Replica(piecemeal.id);
          whole.receive({ events, texts: [] });
          for (const replica of [piecemeal, ...people.map((person) => person.replica)]) {
            for (let size = -1; size < replica.record.size;) {
              size = replica.record.size;
              replica.receive({ events, texts: [] });
            }
            expect(replica.seals.seals.map(({ value }) => value)).toEqual(whole.seals.seals.map(({ value }) => value));
            expect(countingIn(replica)).toEqual(countingIn(whole));
            expect(stateDigest(replica.state)).toBe(stateDigest(whole.state));
            const tips = replica.kept.tips();
            const uncited = tips.filter((tip) => !tips.some((other) => replica.record.before(tip, other)));
            expect(replica.kept.heads()).toEqual(uncited.map(({ id }) => id).sort());
            outside = Math.max(outside, replica.record.all().filter((entry) => replica.isOutside(entry)).length);
            dropped = Math.max(dropped, events.length - replica.record.size);
          }
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
    // Otherwise all of the above holds of nothing.
    expect(outside).toBeGreaterThan(0);
    expect(dropped).toBeGreaterThan(0);
  }, 120_000);
});
