import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group, testSigner } from '../../test/kit/group';
import type { PeerholdError } from '../errors';
import { consentMessage, restoringMessage } from '../network/certificates';
import { detach } from '../record/compose';
import type { EventBody, SignedEvent } from '../record/event';
import type { DetachedText } from '../record/text';
import { type Replica, collectIds } from './replica';

const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);
const give = (to: Replica, events: readonly SignedEvent[], texts: readonly DetachedText[] = []) =>
  to.receive({ events, texts });

/** Signs by a person's key what follows their newest event, or another one. */
const after = (
  by: Person,
  last: SignedEvent | undefined,
  type: string,
  payload: unknown,
  more: Partial<EventBody> = {},
) =>
  forge(by, { ...(last && { previous: last.id, sequence: last.sequence + 1, parents: [] }), type, payload, ...more });

/** Ben's record, and what Ana says of herself, with the text beside it. */
async function told() {
  const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
  const { payload, texts } = detach<unknown>({ name: { text: 'Anna' } }, ana.signer.device);
  const [ref, text] = [...texts][0]!;
  const event = await after(ana, undefined, 'member.describe', payload);
  const erasure = await after(ana, event, 'text.erase', { event: event.id, text: ref });
  return { ana, cleo, ben: ben.replica, event, payload, erasure, ref, text };
}

describe('a text', () => {
  it('that comes after its event is told of once, with the event that has all of its texts now', async () => {
    const { ben, event, ref, text } = await told();
    expect(give(ben, [event]).completed).toEqual([]);
    expect(ben.textless()).toContain(event.id);
    const { texts, completed } = give(ben, [event], [text]);
    expect([[...texts], ids(completed)]).toEqual([[[ref, text]], [event.id]]);
    expect(ben.textless()).not.toContain(event.id);
    const again = give(ben, [event], [text]);
    expect([again.texts.size, again.completed]).toEqual([0, []]);
  });

  it('of two that stand beside an event leaves it without all of them', async () => {
    const { ana, ben } = await told();
    const draft = { title: { text: 'A' }, text: { text: 'B' }, effect: { kind: 'none' }, deadline: 0 };
    const { payload, texts } = detach<unknown>(draft, ana.signer.device);
    const event = await after(ana, undefined, 'proposal.open', payload);
    const [one, two] = [...texts.values()];
    expect(give(ben, [event], [one!]).completed).toEqual([]);
    expect(ben.textless()).toContain(event.id);
    expect(ben.textsOf(event)).toEqual([one]);
    expect(ids(give(ben, [event], [two!]).completed)).toEqual([event.id]);
    expect(ben.textsOf(event)).toHaveLength(2);
  });

  it('that is erased is gone, told of once, and not taken again', async () => {
    const { ben, event, erasure, ref, text } = await told();
    give(ben, [event], [text]);
    expect(ben.text(ref)).toBe('Anna');
    expect(give(ben, [erasure]).erased).toEqual([ref]);
    expect([ben.text(ref), ben.textsOf(event), ben.textless().includes(event.id)]).toEqual([null, [], false]);
    const { texts, erased } = give(ben, [event, erasure], [text]);
    expect([texts.size, erased, ben.text(ref)]).toEqual([0, [], null]);
  });

  it('that was erased before it came is missed no more, and did not come', async () => {
    const { ben, event, erasure, ref } = await told();
    give(ben, [event]);
    const { erased, completed } = give(ben, [erasure]);
    expect([erased, completed]).toEqual([[], []]);
    expect(ben.textless()).not.toContain(event.id);
    expect(ben.text(ref)).toBeNull();
  });

  it('that waited for its event is not taken where it is erased by then, nor told of where another event brought it', async () => {
    for (const isErased of [true, false]) {
      const { ana, cleo, ben, event, payload, erasure, ref, text } = await told();
      const missing = await after(cleo, undefined, 'note', {});
      const late = await after(ana, isErased ? erasure : event, 'member.describe', payload, { parents: [missing.id] });
      if (!isErased) give(ben, [event]);
      expect(give(ben, [late], [text]).texts.size).toBe(0);
      if (isErased) expect(give(ben, [event, erasure]).texts.size).toBe(0);
      else expect(give(ben, [event], [text]).texts.size).toBe(1);
      const { entries, texts } = give(ben, [missing]);
      expect([ids(entries), texts.size]).toEqual([[missing.id, late.id], 0]);
      expect(ben.text(ref)).toBe(isErased ? null : 'Anna');
    }
  });
});

describe('the ids in a payload', () => {
  it('are all those in it, however deep, and beside whatever else', () => {
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
    const found = new Set<string>();
    collectIds({ none: null, bytes: new Uint8Array(32), count: 5, is: true, list: ['x', one, { two }, [null]] }, found);
    expect([...found]).toEqual([one, two]);
  });
});

describe('what a device signs', () => {
  it('says which part of it has not the form, where it is a part, and of what has it none', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const refused = (payload: unknown) =>
      ana.act('ballot.cast', payload as never).then(
        () => undefined,
        ({ code, params }: PeerholdError) => [code, params],
      );
    expect(await refused({ proposal: 'none', choice: 'agree' })).toEqual([
      'refused-payload-malformed',
      { field: 'proposal' },
    ]);
    expect(await refused([])).toEqual(['refused-payload-malformed', {}]);
    expect(await refused({ proposal: '1'.repeat(64), choice: 'agree' })).toEqual(['refused-proposal-unknown', {}]);
  });

  it('holds no proof that is none', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const phone = await testSigner('phone');
    const proof = await phone.sign(consentMessage('0'.repeat(64), ana.signer.device));
    const certificate = { device: phone.device, label: 'phone', proof };
    await expect(ana.act('device.certify', certificate)).rejects.toMatchObject({ code: 'proof-wrong' });
    expect(ana.replica.record.certificatesOf(phone.device)).toEqual([]);
  });

  it('goes on from the longest of its branches, in whatever order they came', async () => {
    for (const turned of [false, true]) {
      const [ana] = (await group(['ana'])) as [Person];
      const fork = ana.replica.record.tips().find(({ device }) => device === ana.signer.device)!;
      const short = await after(ana, fork, 'note', { n: 1 });
      const first = await after(ana, fork, 'note', { n: 2 });
      const long = await after(ana, first, 'note', { n: 3 });
      const branches = [[short], [first, long]];
      for (const branch of turned ? branches.reverse() : branches) give(ana.replica, branch);
      const { event } = await ana.replica.compose(ana.signer, { type: 'member.leave', payload: {} }, 0);
      expect([event.previous, event.sequence]).toEqual([long.id, long.sequence + 1]);
    }
  });

  it('is refused by what the rules say of a key that is only proposed', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const key = await testSigner('key');
    await expect(ana.replica.compose(key, { type: 'member.leave', payload: {} }, 0)).rejects.toMatchObject({
      code: 'not-certified',
    });
    const consent = await key.sign(restoringMessage(ana.replica.id, ana.signer.device));
    const effect = { kind: 'restore' as const, member: ben.member, device: key.device, consent };
    await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await expect(ana.replica.compose(key, { type: 'member.leave', payload: {} }, 0)).rejects.toMatchObject({
      code: 'refused-device-not-active',
    });
  });
});
