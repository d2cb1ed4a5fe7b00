import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { detach } from '../record/compose';
import type { EventBody } from '../record/event';
import { refOf } from '../record/text';

/** Ben's record, and an event of Ana's with a text beside it. */
async function told(change: Partial<EventBody> = {}) {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const first = await forge(ana, { type: 'note', payload: {} });
  const { payload, texts } = detach<unknown>({ name: { text: 'Anna' } }, ana.signer.device);
  const [ref, text] = [...texts][0]!;
  const place = { previous: first.id, sequence: first.sequence + 1, parents: [] };
  const event = await forge(ana, { type: 'member.describe', payload, ...place, ...change });
  return { ana, ben: ben.replica, first, event, ref, text };
}

describe('a text whose event waits', () => {
  it('is kept with the event, once that is here', async () => {
    const { ben, first, event, ref, text } = await told();
    expect(ben.receive({ events: [event], texts: [text] }).texts.size).toBe(0);
    expect(ben.text(ref)).toBeNull();
    const { entries, texts } = ben.receive({ events: [first], texts: [] });
    expect([entries.map(({ id }) => id), [...texts]]).toEqual([[first.id, event.id], [[ref, text]]]);
    expect(ben.text(ref)).toBe('Anna');
    expect(ben.textless()).not.toContain(event.id);
  });

  it('is kept as long as all that wait are no more than four mebi letters, 64 of them for each: the oldest is forgotten', async () => {
    // 64 texts that come to just as much, and one letter more.
    for (const more of [0, 1]) {
      const { ana, ben, first } = await told();
      const author = first.device;
      const texts = Array.from({ length: 64 }, (_, i) => ({
        ...{ author, salt: new Uint8Array(16).fill(i) },
        text: 'x'.repeat(65_472 + (i === 63 ? more : 0)),
      }));
      const place = { previous: first.id, sequence: first.sequence + 1, parents: [], type: 'note' };
      const event = await forge(ana, { ...place, payload: texts.slice(0, -1).map(refOf) });
      const next = { type: 'note', previous: event.id, sequence: event.sequence + 1, parents: [] };
      const last = await forge(ana, { ...next, payload: texts.slice(-1).map(refOf) });
      ben.receive({ events: [event], texts: texts.slice(0, -1) });
      ben.receive({ events: [last], texts: texts.slice(-1) });
      const { texts: kept } = ben.receive({ events: [first], texts: [] });
      expect([...kept.keys()]).toEqual(texts.slice(more).map(refOf));
    }
  });

  it('is not kept where the event is refused', async () => {
    const { ben, event, ref, text } = await told({ network: '9'.repeat(64) });
    expect(ben.receive({ events: [event], texts: [text] }).refused.get(event.id)).toBe('wrong-network');
    expect(ben.text(ref)).toBeNull();
  });
});
