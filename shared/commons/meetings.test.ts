import { beforeEach, expect, it } from 'vitest';
import type { Clock } from '../sync/clock';
import type { Meeting } from './apart-sides';
import { Meetings } from './meetings';

const [HERE, THERE] = [Uint8Array.of(1), Uint8Array.of(2)];
let met: [string, Meeting][];
let timers: Set<() => void>;
let meetings: Meetings;

beforeEach(() => {
  met = [];
  timers = new Set();
  const clock: Clock = {
    now: () => 0,
    setTimer: (_, run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  };
  meetings = new Meetings(clock, (doc, meeting) => met.push([doc, meeting]));
});

const ring = () => {
  for (const run of [...timers]) {
    timers.delete(run);
    run();
  }
};

it.each([
  ['asks first', ['asks', 'asked', 'answered']],
  ['is asked first', ['asked', 'asks', 'answered']],
  ['has the answer first', ['asks', 'answered', 'asked']],
] as const)('two have met once both have asked and the answer is here, also who %s', (_, order) => {
  const steps = {
    asks: () => meetings.asks('ben', 'page:1', HERE),
    asked: () => meetings.asked('ben', 'page:1', THERE),
    answered: () => meetings.answered('ben', 'page:1'),
  };
  for (const step of order) {
    expect(met).toEqual([]);
    steps[step]();
  }
  expect(met).toEqual([['page:1', { here: HERE, there: THERE }]]);
  for (const step of order) steps[step]();
  expect(met).toHaveLength(1);
  expect(timers.size).toBe(0);
});

it('one of two who asks is not met, and what is asked long after is of something else', () => {
  meetings.asks('ben', 'page:1', HERE);
  meetings.answered('ben', 'page:1');
  ring();
  meetings.asked('ben', 'page:1', THERE);
  expect(met).toEqual([]);
});

it('two who were together already meet nowhere', () => {
  meetings.equal('ben', 'page:1');
  meetings.equal('carl', null);
  for (const [peer, doc] of [
    ['ben', 'page:1'],
    ['carl', 'page:2'],
  ] as const) {
    meetings.asks(peer, doc, HERE);
    meetings.asked(peer, doc, THERE);
    meetings.answered(peer, doc);
  }
  expect(met).toEqual([]);
  meetings.left('ben');
  meetings.asks('ben', 'page:1', HERE);
  meetings.asked('ben', 'page:1', THERE);
  meetings.answered('ben', 'page:1');
  expect(met).toHaveLength(1);
});

it('who only looks at a document is not met', () => {
  meetings.asks('ben', 'page:1', HERE);
  meetings.asked('ben', 'page:1', new Uint8Array(0));
  meetings.answered('ben', 'page:1');
  expect(met).toEqual([]);
  meetings.close();
  expect(timers.size).toBe(0);
});
