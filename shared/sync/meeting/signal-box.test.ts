import { describe, expect, it } from 'vitest';
import { utf8 } from '../../record/bytes';
import { SignalBox } from './signal-box';

const NETWORK = 'ab'.repeat(32);

describe('signal box', () => {
  it('opens what it sealed, and says neither network nor content', async () => {
    const box = await SignalBox.forNetwork(NETWORK);
    const again = await SignalBox.forNetwork(NETWORK);
    const sealed = await box.seal(utf8('an offer'));
    expect(await again.open(sealed)).toEqual(utf8('an offer'));
    expect(again.topic).toBe(box.topic);
    expect(box.topic).toMatch(/^[0-9a-f]{64}$/);
    expect(box.topic).not.toContain('abab');
    expect(await box.seal(utf8('an offer'))).not.toBe(sealed);
  });

  it('opens nothing else, without an error', async () => {
    const box = await SignalBox.forNetwork(NETWORK);
    const other = await SignalBox.forNetwork('cd'.repeat(32));
    const sealed = await box.seal(utf8('an offer'));
    const flipped = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1);
    const foreign: unknown[] = [
      await other.seal(utf8('an offer')),
      flipped,
      sealed.slice(4),
      sealed.slice(0, 8),
      '',
      '*',
      'x'.repeat(200_000),
      null,
      7,
      { sealed },
    ];
    for (const value of foreign) expect(await box.open(value)).toBeUndefined();
  });
});
