import { describe, expect, it } from 'vitest';
import { authorMayErase, membersMayErase, mentions } from './erasure';

const [TITLE, WORDS, OTHER] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string];

describe('a text', () => {
  it('is one of an event’s if it is named anywhere in its payload', () => {
    const payload = {
      memo: WORDS,
      more: [{ deep: TITLE, none: null, count: 5, some: undefined }],
      bytes: new Uint8Array(2),
    };
    expect([WORDS, TITLE, OTHER, 'memo', '5'].map((ref) => mentions(payload, ref))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([null, 5, undefined, {}, []].map((value) => mentions(value, WORDS))).toEqual(Array(5).fill(false));
  });

  it('about people may be erased by its author and by members’ decision; a proposal’s words by members only', () => {
    const may = (type: string, payload: unknown, text: string) => [
      authorMayErase({ type, payload }, text),
      membersMayErase({ type, payload }, text),
    ];
    expect(may('entry.post', { memo: WORDS }, WORDS)).toEqual([true, true]);
    expect(may('entry.post', { memo: WORDS }, OTHER)).toEqual([false, false]);
    const proposal = { title: TITLE, text: WORDS, effect: { kind: 'adopt', protocols: [{ text: OTHER }] } };
    expect([TITLE, WORDS, OTHER].map((text) => may('proposal.open', proposal, text))).toEqual([
      [false, true],
      [false, true],
      // The words of an agreement that it proposes stand.
      [false, false],
    ]);
    for (const type of ['network.found', 'text.erase', 'note'])
      expect(may(type, { text: WORDS }, WORDS)).toEqual([false, false]);
  });
});
