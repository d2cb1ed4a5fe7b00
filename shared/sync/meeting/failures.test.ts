import { describe, expect, it } from 'vitest';
import { SimClock } from '../../../test/channel/sim-clock';
import { PLACE, seeded } from '../../../test/channel/sim-meeting';
import { MEETING_LIMITS, RETRY } from './limits';
import { Meeting } from './meeting';

describe('why peers that were heard of are not connected', () => {
  const [low, high] = ['0'.repeat(32), 'f'.repeat(32)];

  /** One that dials whoever is `high`, and answers whoever is `low`. */
  function one(limits: Partial<typeof MEETING_LIMITS> = {}) {
    const clock = new SimClock();
    const attempts: string[] = [];
    let told = 0;
    const meeting = new Meeting(
      {
        clock,
        random: seeded(4),
        publish: () => undefined,
        offer: (attempt) => void attempts.push(attempt),
        answer: (attempt) => void attempts.push(attempt),
        accept: () => undefined,
        drop: () => undefined,
        changed: () => (told += 1),
      },
      { ...MEETING_LIMITS, ...limits },
    );
    meeting.start();
    const hear = (from: string): void => meeting.receive({ type: 'announce', from, degree: 0 }, PLACE);
    const newest = async (): Promise<string> => {
      await clock.advance(500);
      return attempts.at(-1)!;
    };
    return { clock, meeting, hear, newest, told: () => told };
  }
  const answerTo = (meeting: Meeting, attempt: string): void =>
    meeting.receive({ type: 'answer', from: high, to: meeting.id, attempt, sdp: 'x' }, 'ws://other');

  it('is that an offer was not answered', async () => {
    const { clock, meeting, hear, newest, told } = one();
    hear(high);
    meeting.described(await newest(), 'offer');
    const before = told();
    expect(meeting.failures).toEqual({});
    await clock.advance(MEETING_LIMITS.attemptTime);
    expect(meeting.failures).toEqual({ 'no-answer': 1 });
    expect(told()).toBeGreaterThan(before);
  });

  it('is forgotten when it ends: no timer holds it in memory until the next try', async () => {
    const { clock, meeting, hear, newest } = one();
    hear(high);
    meeting.ended(await newest(), 'channel.lost');
    expect(clock.pending).toBeGreaterThan(0);
    meeting.stop('channel.closed');
    expect(clock.pending).toBe(0);
  });

  it.each(['dialler', 'answerer'])(
    'is that nothing came through, for the %s, by time or by word of the runtime',
    async (role) => {
      for (const how of ['time', 'word']) {
        const { clock, meeting, hear, newest } = one();
        if (role === 'dialler') {
          hear(high);
          const attempt = await newest();
          meeting.described(attempt, 'offer');
          answerTo(meeting, attempt);
        } else {
          meeting.receive(
            { type: 'offer', from: low, to: meeting.id, attempt: '2'.repeat(16), sdp: 'x', degree: 0 },
            PLACE,
          );
          meeting.described(await newest(), 'answer');
        }
        if (how === 'time') await clock.advance(MEETING_LIMITS.attemptTime);
        else meeting.ended(await newest(), 'channel.lost');
        expect(meeting.failures).toEqual({ 'no-route': 1 });
      }
    },
  );

  it('is that there was no room, or no connection could be made here', async () => {
    const { meeting, hear, newest } = one();
    hear(high);
    const attempt = await newest();
    meeting.described(attempt, 'offer');
    meeting.receive({ type: 'refuse', from: high, to: meeting.id, attempt, why: 'full' }, PLACE);
    expect(meeting.failures).toEqual({ full: 1 });
    const other = one();
    other.hear(high);
    other.meeting.ended(await other.newest(), 'channel.attempt-failed');
    expect(other.meeting.failures).toEqual({ 'not-begun': 1 });
  });

  it('is over once they are connected, or not heard of any more', async () => {
    const { clock, meeting, hear, newest } = one();
    hear(high);
    meeting.ended(await newest(), 'channel.attempt-failed');
    await clock.advance(3_000);
    const attempt = await newest();
    meeting.described(attempt, 'offer');
    answerTo(meeting, attempt);
    expect(meeting.placeOf(attempt)).toBe('ws://other');
    meeting.opened(attempt);
    expect(meeting.failures).toEqual({});
    meeting.trusted(attempt);
    meeting.ended(attempt, 'channel.dead');
    expect(meeting.failures).toEqual({});
    await clock.advance(3_000);
    meeting.ended(await newest(), 'channel.attempt-failed');
    expect(meeting.failures).toEqual({ 'not-begun': 1 });
    await clock.advance(RETRY.forget);
    expect([meeting.failures, meeting.known]).toEqual([{}, 0]);
  });

  it('is not told of what a connection that was up ended with, whatever that is called', async () => {
    const { meeting, hear, newest } = one();
    hear(high);
    const attempt = await newest();
    meeting.described(attempt, 'offer');
    answerTo(meeting, attempt);
    meeting.opened(attempt);
    meeting.ended(attempt, 'channel.not-authorised');
    expect([meeting.failures, meeting.known]).toEqual([{}, 1]);
  });
});
