import { describe, expect, it } from 'vitest';
import { TestClock } from '../../test/kit/test-clock';
import { watchSleep } from './sleep-watch';

function watched() {
  const clock = new TestClock();
  let ahead = 0;
  let woken = 0;
  const stop = watchSleep(
    clock,
    () => clock.now() + ahead,
    () => (woken += 1),
  );
  return {
    stop,
    /** Time passes, with all that is due. */
    pass: (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1_000) clock.advance(1_000);
    },
    /** The clock of the day goes on, timers do not. */
    sleep: (ms: number) => (ahead += ms),
    woken: () => woken,
  };
}

describe('a program that is not told of sleep', () => {
  it('notices it once the machine is awake again, each time once', () => {
    const { pass, sleep, woken } = watched();
    pass(60_000);
    expect(woken()).toBe(0);
    sleep(3_600_000);
    pass(5_000);
    expect(woken()).toBe(1);
    pass(60_000);
    expect(woken()).toBe(1);
    sleep(15_000);
    pass(5_000);
    expect(woken()).toBe(2);
  });

  it('takes no notice of a moment, nor of a clock that is set back', () => {
    const { pass, sleep, woken } = watched();
    for (const ms of [14_999, -3_600_000, 14_999]) {
      sleep(ms);
      pass(5_000);
    }
    expect(woken()).toBe(0);
  });

  it('looks no more once it has ended', () => {
    const { pass, stop, sleep, woken } = watched();
    stop();
    sleep(3_600_000);
    pass(60_000);
    expect(woken()).toBe(0);
  });
});
