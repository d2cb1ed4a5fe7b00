import { describe, expect, it } from 'vitest';
import { type Person, group } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { SealingGroup } from '../../test/kit/sealing';
import { decodeInvite, encodeInvite } from '../invite/link';
import { stateDigest } from '../network/digest/digest';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const same = (a: Peer, b: Peer): boolean => stateDigest(a.state) === stateDigest(b.state);

/** From now on it says to everyone that what it has by now is the newest, and passes on nothing that comes after. */
function stayBehind({ replica: { record } }: Peer): void {
  const [all, tips] = [[...record.all()], [...record.tips()]];
  record.all = () => all;
  record.tips = () => tips;
}

describe('an old head offered as current', () => {
  it('takes nothing back, and what it hides comes from whoever has it', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
    stayBehind(cleo.peer);
    const hidden = await rename(ana.peer, 'Anna');
    const wire = link(ana.peer, cleo.peer);
    await until(() => cleo.peer.replica.record.has(hidden));
    wire.cut();
    const bens = await rename(ben.peer, 'Benno');
    link(cleo.peer, ben.peer);
    await until(() => ben.peer.connections.length === 1 && cleo.peer.replica.record.has(bens));
    const digest = stateDigest(ben.peer.state);
    // Ben has no way to know of it, and has lost nothing.
    expect(ben.peer.replica.record.has(hidden)).toBe(false);
    const size = ben.peer.replica.record.size;
    link(ana.peer, ben.peer);
    await until(() => same(ana.peer, ben.peer));
    expect(stateDigest(ben.peer.state)).not.toBe(digest);
    expect(ben.peer.replica.record.size).toBeGreaterThan(size);
    expect(ben.peer.connections).toHaveLength(2);
    for (const { peer } of [ana, ben, cleo]) await peer.close();
  });

  it('is refused by a newcomer whose link names a later seal', async () => {
    const sealing = new SealingGroup(await group(['ana']));
    const [person] = sealing.people as [Person];
    await person.act('member.describe', { name: { text: 'Ana' } });
    const before = [...person.replica.record.all()];
    await person.act('member.describe', { name: { text: 'Anna' } });
    await sealing.pass(3);
    const seal = person.replica.seals.seals.at(-1)!.value;
    const old = new MemoryStore();
    const texts = before.flatMap((entry) => person.replica.textsOf(entry));
    await old.append({ events: before.map(({ bytes }) => bytes), texts });
    const behind = await Peer.open(person.replica.id, person.signer, old, around);
    const text = encodeInvite({ ...decodeInvite(await invite(behind)), seal });
    await expect(join(behind, text, 'ben')).rejects.toMatchObject({ code: expect.stringMatching(/^join-/) });
    await behind.close();
  });
});
