import { expect, it } from 'vitest';
import { protocols } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { stateDigest } from '../network/digest/digest';
import { Peer } from './peer';

/** A mark of the byte order, half a surrogate pair, a zero, a change of direction. */
const ODD = '\ufeffAnn\ud800\0\u202e';

it('what a person writes with odd letters reaches everybody as it is, in the event and beside it', async () => {
  const named = protocols().map((protocol) =>
    protocol.kind === 'membership'
      ? {
          ...protocol,
          title: '\ufeffWho we are',
          params: {
            types: protocol.params.types.map((type) =>
              type.id === 'resident' ? type : { ...type, label: `\ufeff${type.label}` },
            ),
          },
        }
      : protocol,
  );
  const ana = await founder(named);
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  link(ana.peer, ben.peer);
  const done = await ana.peer.act({ type: 'member.describe', payload: { name: { text: ODD } } });
  await until(() => ben.peer.replica.record.has(done));
  const again = await (async () => {
    await ana.peer.close();
    return Peer.open(ana.peer.id, ana.signer, ana.store, around);
  })();
  expect(again.problem).toBeNull();
  for (const { replica, state } of [ana.peer, again, ben.peer]) {
    expect(stateDigest(state)).toBe(stateDigest(ana.peer.state));
    const name = state.members.get(ana.peer.me!.member)!.name;
    expect(replica.text(name)).toBe('\ufeffAnn\ufffd\0\u202e');
  }
  for (const peer of [again, ben.peer]) await peer.close();
});
