import { describe, expect, test } from 'vitest';
import type { Need } from '../../../shared/network/needs/needs';
import { NOTHING, readChoice } from './choice';
import { News } from './news';
import { isQuiet, minutesOf, timeText } from './quiet';

describe('quiet hours', () => {
  const at = (time: string) => new Date(`2026-03-01T${time}:00`);
  const night = { on: true, from: 22 * 60, until: 7 * 60 };
  const noon = { on: true, from: 12 * 60, until: 13 * 60 + 30 };
  test.each([
    [night, '21:59', false],
    [night, '22:00', true],
    [night, '00:00', true],
    [night, '06:59', true],
    [night, '07:00', false],
    [noon, '11:59', false],
    [noon, '12:00', true],
    [noon, '13:29', true],
    [noon, '13:30', false],
    [{ ...night, on: false }, '23:00', false],
    [{ on: true, from: 60, until: 60 }, '01:00', false],
  ])('%j at %s: %s', (quiet, time, expected) => {
    expect(isQuiet(quiet, at(time))).toBe(expected);
  });

  test('are written and read as a time field has them', () => {
    for (const minutes of [0, 59, 60, 725, 1439]) expect(minutesOf(timeText(minutes))).toBe(minutes);
    expect(timeText(425)).toBe('07:05');
    for (const text of ['', '7:05', '24:00', '12:60', 'ab:cd']) expect(minutesOf(text)).toBeUndefined();
  });
});

describe('what the person wants to be told', () => {
  test('is nothing until they choose, and no content with it', () => {
    expect(readChoice(undefined)).toEqual(NOTHING);
    expect([NOTHING.notify, NOTHING.contents, NOTHING.badge, NOTHING.quiet.on]).toEqual([false, false, false, false]);
  });

  test.each([
    { notify: 'yes', contents: 1, badge: null, quiet: { on: 'x', from: -1, until: 1440 } },
    { quiet: 7 },
    { quiet: { from: 1.5, until: '7' } },
    'text',
  ])('is read from %j as nothing', (stored) => {
    expect(readChoice(stored)).toEqual(NOTHING);
  });

  test('is kept as it was chosen', () => {
    const chosen = { notify: true, contents: true, badge: true, quiet: { on: true, from: 0, until: 1439 } };
    expect(readChoice(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });
});

describe('news', () => {
  const vote = (proposal: string): Need => ({ kind: 'vote', proposal, deadline: 0 });

  test('is what was not there before, once', () => {
    const news = new News();
    news.take('a', [vote('1')]);
    expect(news.tell()).toEqual([]);
    news.take('a', [vote('1'), vote('2')]);
    news.take('a', [vote('1'), vote('2'), vote('3')]);
    expect(news.tell()).toEqual([{ network: 'a', needs: [vote('2'), vote('3')] }]);
    news.take('a', [vote('1'), vote('2'), vote('3')]);
    expect(news.tell()).toEqual([]);
  });

  test('is not what was done meanwhile, or seen', () => {
    const news = new News();
    news.take('a', []);
    news.take('a', [vote('1'), vote('2')]);
    news.take('a', [vote('2')]);
    expect(news.tell()).toEqual([{ network: 'a', needs: [vote('2')] }]);
    news.take('a', [vote('2'), vote('3')]);
    news.seen();
    expect(news.tell()).toEqual([]);
  });

  test('is told again where it came to need the person again', () => {
    const news = new News();
    for (const needs of [[], [vote('1')]]) news.take('a', needs);
    news.tell();
    news.take('a', []);
    news.take('a', [vote('1')]);
    expect(news.tell()).toHaveLength(1);
  });

  test('is counted over all networks that are watched', () => {
    const news = new News();
    news.take('a', [vote('1'), vote('2')]);
    news.take('b', [vote('1')]);
    expect(news.count).toBe(3);
    news.drop('a');
    expect(news.count).toBe(1);
  });
});
