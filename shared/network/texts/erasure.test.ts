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
    // Those of a page do not, whether it is public or not.
    const publish = { title: TITLE, text: TITLE, effect: { kind: 'publish', page: 'p', title: WORDS, text: OTHER } };
    expect([WORDS, OTHER].map((text) => may('proposal.open', publish, text))).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(may('page.publish', { page: 'p', title: TITLE, text: WORDS }, WORDS)).toEqual([true, true]);
    for (const type of ['network.found', 'text.erase', 'note'])
      expect(may(type, { text: WORDS }, WORDS)).toEqual([false, false]);
  });

  it('is none of what an event of any other form names', () => {
    const payloads = [null, 5, [WORDS], WORDS, { effect: null }, { effect: WORDS }, { effect: { text: WORDS } }];
    for (const payload of payloads) expect(membersMayErase({ type: 'proposal.open', payload }, WORDS)).toBe(false);
  });
});
