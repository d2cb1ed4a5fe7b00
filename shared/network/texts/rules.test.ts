import { describe, expect, it } from 'vitest';
import { type Person, admit, group } from '../../../test/kit/group';
import type { Payloads } from '../events';

describe('erasing a text', () => {
  it('is also for who was admitted: the name that their admission gave them is theirs', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const dora = await admit(ana, 'dora');
    await ben.pull(ana);
    const { name } = dora.replica.record.get(dora.member)!.payload as Payloads['member.admit'];
    const erasure = { event: dora.member, text: name };
    await expect(ben.act('text.erase', erasure)).rejects.toMatchObject({ code: 'refused-text-not-yours' });
    await dora.act('text.erase', erasure);
    expect([...dora.replica.state.erased.values()].map(({ text }) => text)).toEqual([name]);
  });
});
