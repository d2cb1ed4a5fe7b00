import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { detach } from '../record/compose';
import type { EventBody } from '../record/event';

/** Ben's record, and an event of Ana's with a text beside it. */
async function told(change: Partial<EventBody> = {}) {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const first = await forge(ana, { type: 'note', payload: {} });
  const { payload, texts } = detach<unknown>({ name: { text: 'Anna' } }, ana.signer.device);
  const [ref, text] = [...texts][0]!;
  const place = { previous: first.id, sequence: first.sequence + 1, parents: [] };
  const event = await forge(ana, { type: 'member.describe', payload, ...place, ...change });
  return { ben: ben.replica, first, event, ref, text };
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

  it('is not kept where the event is refused', async () => {
    const { ben, event, ref, text } = await told({ network: '9'.repeat(64) });
    expect(ben.receive({ events: [event], texts: [text] }).refused.get(event.id)).toBe('wrong-network');
    expect(ben.text(ref)).toBeNull();
  });
});
