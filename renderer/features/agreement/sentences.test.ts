import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOL_KINDS } from '../../../shared/network/agreement/model';
import { PRESETS, templateProtocols } from '../../../shared/network/agreement/templates';
import templates from '../../../shared/words/en/templates.json';
import type { Translate } from '../../../shared/words/translate';
import { type Words, parameterSentences, ruleSentence, sentenceChanges } from './sentences';

let words: Words;
beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'en', resources: { en: { templates } }, interpolation: { escapeValue: false } });
  const t = i18n.getFixedT('en', 'templates') as Translate;
  words = {
    t,
    locale: 'en',
    typeLabel: (id) => ({ resident: 'Resident', investor: 'Investor' })[id] ?? id,
    classLabel: (id) => `way ${id}`,
    protocolTitle: (id) => `the words of ${id}`,
  };
});

const paramsOf = (kind: string) => templateProtocols('house').find((protocol) => protocol.kind === kind)!.params;

describe('parameterSentences', () => {
  it.each(PRESETS)('says every parameter of %s in words that exist', (preset) => {
    for (const { kind, params } of templateProtocols(preset)) {
      const sentences = parameterSentences(kind, params, words);
      expect(sentences.length > 0).toBe(kind !== 'purpose' && kind !== 'practice');
      expect(new Set(sentences.map((sentence) => sentence.key)).size).toBe(sentences.length);
      for (const { text } of sentences) expect(text).not.toMatch(/(sentences|rights|matters)\.\w|\{\{|undefined/);
    }
  });

  it('tells where members meet, and never a password', () => {
    const none = { places: [], stun: [], turn: [] };
    expect(parameterSentences('meeting', none, words).map(({ key }) => key)).toEqual(['nowhere', 'no-servers']);
    const place = 'wss://meet.example.org/signal';
    const turn = { address: 'turn:t.example.org', username: 'mill', credential: 'sesame' };
    const said = parameterSentences('meeting', { places: [place], stun: ['stun:s.example.org'], turn: [turn] }, words);
    expect(said.map(({ text }) => text)).toEqual([
      'Apps look for each other at wss://meet.example.org/signal.',
      'Apps ask stun:s.example.org for the address at which others see them.',
      'Where two apps find no other way, turn:t.example.org passes their connection on (as “mill”).',
    ]);
  });

  it('tells how long somebody may have what is held, and how much of a year', () => {
    const said = (params: object) => parameterSentences('use', params, words).map(({ text }) => text);
    const quotas = [
      { type: 'resident', most: 21 },
      { type: 'investor', most: 1 },
    ];
    expect(said({ counts: 'nights', shortest: 2, longest: 14, per: 'all', quotas })).toEqual([
      'A booking has 2 to 14 nights.',
      'Resident: 21 nights at most in a year.',
      'Investor: one night at most in a year.',
      'That is for all things together.',
    ]);
    expect(said({ counts: 'days', shortest: 1, longest: 3, per: 'resource', quotas: [] })).toEqual([
      'A booking has 1 to 3 days.',
      'Whoever may book may have as many as they want.',
    ]);
  });

  it('tells who makes a page public, and who takes it back', () => {
    const said = (publishers: readonly string[], withdraw: 'members' | 'voters') =>
      parameterSentences('publication', { class: 'people', publishers, withdraw }, words).map(({ text }) => text);
    expect(said([], 'members')).toEqual([
      'Making a page public is decided as: way people.',
      'Nobody makes a page public alone.',
      'Every member can take a page back alone, at once.',
    ]);
    expect(said(['resident', 'investor'], 'voters').slice(1)).toEqual([
      'Resident and Investor can make a page public alone.',
      'Members who vote, who can make pages public alone, or who put it forward can take it back alone, at once.',
    ]);
  });

  it('tells how money is distributed', () => {
    const said = (params: object) => parameterSentences('distribution', params, words).map(({ text }) => text);
    expect(said({ class: 'people', basis: 'capital', types: [], reserve: 0 })).toEqual([
      'Distributing money is decided as: way people.',
      'A sum is divided by what each has put into the network.',
      'All members get a part.',
      'Nothing of it stays as a reserve.',
    ]);
    expect(said({ class: 'people', basis: 'shares', types: ['resident'], reserve: 15 }).slice(1)).toEqual([
      'A sum is divided by shares in the thing that the proposal names.',
      'These get a part: Resident.',
      '15 % of it stays with the network as a reserve.',
    ]);
  });

  it('tells what whoever leaves settles first', () => {
    const said = (settle: readonly ('pledges' | 'debts' | 'dues')[], notice: number, pledges: 'stay' | 'lapse') =>
      parameterSentences('leaving', { settle, notice, pledges }, words).map(({ text }) => text);
    expect(said([], 0, 'stay')).toEqual([
      'Nobody has to announce that they leave.',
      'Whoever leaves has nothing to settle first.',
      'Pledges that are not due stay when their member leaves.',
    ]);
    expect(said(['pledges', 'debts', 'dues'], 90, 'lapse')).toEqual([
      'Whoever leaves announces it 90 days ahead. Who goes at once is not kept, and it is noted.',
      'Whoever leaves pays first what they pledged and is due.',
      'Whoever leaves pays first what the books say they owe.',
      'Whoever leaves pays first the contributions that are due.',
      'Pledges that are not due lapse when their member leaves.',
    ]);
  });

  it('tells sums in the unit’s own writing', () => {
    expect(parameterSentences('spending', { unit: 'EUR', free: 10_000 }, words)).toEqual([
      { key: 'free', text: 'A member with the right to spend may spend up to €100.00 at a time without a decision.' },
    ]);
    expect(parameterSentences('spending', { unit: 'EUR', free: null }, words)[0]?.text).toBe(
      'Every expense needs a decision first.',
    );
  });

  it('tells what is protected, and how more and more money is decided on', () => {
    const tiers = [{ to: 50_000, class: 'people' }];
    expect(parameterSentences('spending', { unit: 'EUR', free: null, tiers }, words)[1]?.text).toBe(
      'A proposal to spend up to €500.00 is decided as: way people.',
    );
    const decisions = paramsOf('decisions');
    const protects = [{ protocol: 'purpose', class: 'people' }];
    expect(parameterSentences('decisions', { ...decisions, protects }, words).at(-1)).toEqual({
      key: 'protects:purpose',
      text: 'Whatever changes “the words of purpose” is decided as: Who belongs to us.',
    });
  });

  it.each(PROTOCOL_KINDS.filter((kind) => kind !== 'purpose' && kind !== 'practice'))(
    'says nothing of parameters that are none of %s',
    (kind) => expect(parameterSentences(kind, { nonsense: 1 }, words)).toEqual([]),
  );
});

describe('ruleSentence', () => {
  it('tells an assent', () => {
    const rule = templateProtocols('circle').find((protocol) => protocol.kind === 'decisions')!.params.classes[0]!;
    expect(ruleSentence(rule, words)).toBe(
      'Everyone with the right to vote decides. Adopted as soon as 51% of them agree; an agreement can not be taken back. 7 days to talk about it.',
    );
  });

  it('tells a vote with electorate, quorum and blocks', () => {
    const rule = templateProtocols('house').find((protocol) => protocol.kind === 'decisions')!.params.classes[2]!;
    expect(ruleSentence(rule, words)).toBe(
      'Resident and Investor decide. Adopted if 66% of those who take a side agree. At least 50% must take part. ' +
        'Members with the right to block can; 80% agreement overcomes a block. 14 days to talk about it.',
    );
  });
});

describe('sentenceChanges', () => {
  it('pairs what a parameter said before and after', () => {
    const before = parameterSentences('admission', { mode: 'invite', days: 14 }, words);
    const after = parameterSentences('admission', { mode: 'invite', days: 1 }, words);
    expect(sentenceChanges(before, after)).toEqual([
      { key: 'days', before: 'An invite is good for 14 days.', after: 'An invite is good for one day.' },
    ]);
  });

  it('lists what was added and what was dropped', () => {
    const before = parameterSentences('membership', paramsOf('membership'), words);
    const after = [{ key: 'type:new', text: 'New.' }, ...before.slice(1)];
    expect(sentenceChanges(before, after)).toEqual([
      { key: 'type:new', after: 'New.' },
      { key: 'type:resident', before: before[0]!.text },
    ]);
  });
});
