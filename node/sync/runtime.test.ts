import { expect, it, vi } from 'vitest';
import { connect } from '../../test/channel/end';
import { NodeEnd } from '../../test/channel/node-end';

it('two connections of one machine say so, from what the library tells of itself', async () => {
  const { ends, destroy } = await connect(new NodeEnd(), new NodeEnd());
  await vi.waitFor(() => expect(ends.map(({ route }) => route)).toEqual(['machine', 'machine']));
  await destroy?.();
});
