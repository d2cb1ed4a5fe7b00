import { describe, expect, it } from 'vitest';
import { type Person, group } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { newestOf, pageOf } from './event-view';

describe('the newest events', () => {
  it('are what people did: no votes on seals, and no keys that apps publish by themselves', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await ana.act('device.receives', { key: '9'.padStart(64, '0') });
    await new SealingGroup([ana]).pass(3);
    const types = newestOf(ana.replica, 2).map(({ type }) => type);
    expect(types).toEqual(['member.describe', 'network.found']);
    const all = new Set(pageOf(ana.replica, 0, 100).events.map(({ type }) => type));
    for (const type of ['device.receives', 'seal.precommit']) expect(all).toContain(type);
  });
});
