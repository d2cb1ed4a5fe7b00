import { describe, expect, it, vi } from 'vitest';
import { HeldNetworks } from './held-networks';

describe('networks that are held open', () => {
  it('are closed once nobody holds them any more, and by each holder once', async () => {
    const open = vi.fn(async () => undefined);
    const close = vi.fn(async () => undefined);
    const held = new HeldNetworks({ open, close });
    const [screen, watch] = [held.hold('a'), held.hold('a')];
    await screen.opened;
    expect(open.mock.calls).toEqual([['a'], ['a']]);
    screen.release();
    screen.release();
    expect(close).not.toHaveBeenCalled();
    const again = held.hold('a');
    watch.release();
    expect(close).not.toHaveBeenCalled();
    again.release();
    expect(close.mock.calls).toEqual([['a']]);
    held.hold('a').release();
    expect(close).toHaveBeenCalledTimes(2);
  });
});
