import { expect, it } from 'vitest';
import { type Person, certify, group } from '../../test/kit/group';

it('a text is asked for again where its erasure does not hold any more', async () => {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const phone = await certify(ben, 'bens phone');
  const event = await phone.act('member.describe', { name: { text: 'Benjamin' } });
  const name = phone.replica.state.members.get(ben.member)!.name;
  for (const other of [ana, ben]) await other.pull(phone);
  // The phone, stolen, erases; the laptop revokes it without knowing of that, and comes before it in the order.
  for (const text of ['One', 'Two', 'Three']) await phone.act('member.describe', { name: { text } });
  await phone.act('text.erase', { event, text: name });
  await ana.pull(phone);
  expect(ana.replica.state.erased.size).toBe(1);
  expect(ana.replica.textless()).not.toContain(event);
  await ben.act('device.revoke', { device: phone.signer.device });
  await ana.pull(ben);
  expect(ana.replica.state.erased.size).toBe(0);
  expect(ana.replica.textless()).toContain(event);
});
