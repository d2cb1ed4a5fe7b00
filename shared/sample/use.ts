import type { Story } from './story';
import { BOOKINGS, CLASH } from './story/use';
import { HOUR, midnight } from './time';

/** Who books the house, takes a booking back, and wants the same dates as another. */
export function scheduleUse({ world, timeline, resources }: Story): void {
  const book = (by: string, from: string, until: string): Promise<string> =>
    world.act(by, 'use.book', { resource: resources.get('house')!, from, until });
  for (const { by, on, from, until, cancelled } of BOOKINGS) {
    let booking = '';
    timeline.at(midnight(on) + 19 * HOUR, async () => {
      booking = await book(by, from, until);
    });
    if (cancelled !== undefined)
      timeline.at(midnight(cancelled) + 8 * HOUR, () => world.act(by, 'use.cancel', { booking }));
  }
  const { on, away, home } = CLASH;
  timeline.at(midnight(on) + 10 * HOUR, async () => {
    world.part([away.by]);
    await book(away.by, away.from, away.until);
    await book(home.by, home.from, home.until);
    world.meet();
  });
}
