import { describe, expect, it } from 'vitest';
import { PROTOCOL_KINDS, type ProtocolKind } from './model';
import { agreementProblems, kindsToAdd, slugFrom } from './problems';
import { type TemplateProtocol, templateProtocols } from './templates';

const house = templateProtocols('house');
const changed = (kind: ProtocolKind, change: (params: never) => unknown) =>
  house.map((protocol) =>
    protocol.kind === kind ? { ...protocol, params: change(protocol.params as never) } : protocol,
  );
type ParamsOf<K extends ProtocolKind> = Extract<TemplateProtocol, { kind: K }>['params'];

describe('agreementProblems', () => {
  it('finds nothing wrong with a template', () => {
    expect(agreementProblems(house)).toEqual([]);
  });

  it('names a needed kind that is missing', () => {
    expect(agreementProblems(house.filter((protocol) => protocol.kind !== 'spending'))).toEqual([
      { code: 'missing-kind', kind: 'spending', name: 'spending' },
    ]);
  });

  it('names a kind and an id that stand twice', () => {
    expect(agreementProblems([...house, house.find((protocol) => protocol.kind === 'admission')!])).toEqual([
      { code: 'kind-twice', kind: 'admission', name: 'admission' },
      { code: 'id-twice', kind: 'admission', name: 'admission' },
    ]);
  });

  it('lets practices stand as often as members like', () => {
    expect(agreementProblems([...house, { id: 'another', kind: 'practice', params: {} }])).toEqual([]);
  });

  it('names a class that is used and not defined', () => {
    const protocols = changed('decisions', (params: ParamsOf<'decisions'>) => ({
      ...params,
      uses: { ...params.uses, spend: 'gone' },
    }));
    expect(agreementProblems(protocols)).toEqual([{ code: 'class-unknown', kind: 'decisions', name: 'gone' }]);
  });

  it('lets nobody block what is decided by assents', () => {
    const taking = (method: 'assent' | 'vote') =>
      changed('decisions', (params: ParamsOf<'decisions'>) => ({
        ...params,
        classes: params.classes.map((one) =>
          one.id === 'people' ? { ...one, method, block: 'entitled', override: 80 } : one,
        ),
      }));
    expect(agreementProblems(taking('vote'))).toEqual([]);
    expect(agreementProblems(taking('assent'))).toEqual([
      { code: 'assent-blocked', kind: 'decisions', name: 'Who belongs to us' },
    ]);
  });

  it('names membership types that decisions and dues refer to and that do not exist', () => {
    const protocols = changed('membership', (params: ParamsOf<'membership'>) => ({
      types: params.types.filter((type) => type.id !== 'investor'),
    }));
    expect(agreementProblems(protocols)).toEqual([
      { code: 'type-unknown', kind: 'decisions', name: 'investor' },
      { code: 'type-unknown', kind: 'contributions', name: 'investor' },
    ]);
  });

  it('names what a protocol of use refers to and that does not exist, and what does not fit together', () => {
    const quotas = ['resident', 'ghost', 'resident'].map((type) => ({ type, most: 5 }));
    const params = { counts: 'nights', shortest: 3, longest: 2, per: 'all', quotas };
    const using = (own: unknown) => changed('use', () => own);
    expect(agreementProblems(using(params))).toEqual([
      { code: 'stay-unordered', kind: 'use', name: 'longest' },
      { code: 'type-unknown', kind: 'use', name: 'ghost' },
      { code: 'quota-twice', kind: 'use', name: 'resident' },
    ]);
    const oneLength = { ...params, longest: 3, quotas: [] };
    expect(agreementProblems(using(oneLength))).toEqual([]);
  });

  it('names what a protocol of publication refers to and that does not exist', () => {
    const params = { class: 'gone', publishers: ['resident', 'ghost'], withdraw: 'members' };
    const terms = { class: 'gone', basis: 'equal', types: ['ghost'], reserve: 0 };
    expect(agreementProblems([...house, { id: 'parts', kind: 'distribution', params: terms }])).toEqual([
      { code: 'class-unknown', kind: 'distribution', name: 'gone' },
      { code: 'type-unknown', kind: 'distribution', name: 'ghost' },
    ]);
    expect(agreementProblems([...house, { id: 'public', kind: 'publication', params }])).toEqual([
      { code: 'class-unknown', kind: 'publication', name: 'gone' },
      { code: 'type-unknown', kind: 'publication', name: 'ghost' },
    ]);
  });

  it('says when nobody could vote, propose or invite', () => {
    const protocols = changed('membership', (params: ParamsOf<'membership'>) => ({
      types: params.types.map((type) => ({ ...type, rights: [] })),
    }));
    expect(agreementProblems(protocols).map((problem) => problem.code)).toEqual([
      'nobody-votes',
      'nobody-proposes',
      'nobody-invites',
    ]);
  });
});

describe('who is left to act', () => {
  const only = (...rights: readonly string[]) =>
    changed('membership', () => ({ types: [{ id: 'member', label: 'Member', rights }] })) as typeof house;
  const codes = (protocols: Parameters<typeof agreementProblems>[0]) =>
    agreementProblems(protocols)
      .map(({ code }) => code)
      .filter((code) => code.startsWith('nobody'));

  it('is somebody with each right that a network can not do without, be there one type or none', () => {
    expect(codes(only('vote', 'propose', 'invite'))).toEqual([]);
    expect(codes(only('vote', 'invite'))).toEqual(['nobody-proposes']);
    expect(codes(only('propose'))).toEqual(['nobody-votes', 'nobody-invites']);
    // Then it is the protocol itself that is missing.
    expect(codes(house.filter(({ kind }) => kind !== 'membership'))).toEqual([]);
  });

  it('is somebody who seals: all who vote, or one of the types that are named', () => {
    const membership = house.find(({ kind }) => kind === 'membership')!.params as ParamsOf<'membership'>;
    const known = membership.types[0]!;
    const sealing = (...types: readonly string[]) => [
      ...house.filter(({ kind }) => kind !== 'sealing'),
      { id: 'sealing', kind: 'sealing', params: { types, quorum: 'majority' } } as const,
    ];
    const problem = (code: string, name: string) => ({ code, kind: 'sealing', name });
    expect(agreementProblems(sealing())).toEqual([]);
    expect(agreementProblems(sealing(known.id))).toEqual([]);
    expect(agreementProblems(sealing('gone', known.id))).toEqual([problem('type-unknown', 'gone')]);
    expect(agreementProblems(sealing('gone', 'away'))).toEqual([
      problem('type-unknown', 'gone'),
      problem('type-unknown', 'away'),
      problem('nobody-seals', 'gone'),
      problem('nobody-seals', 'away'),
    ]);
  });
});

describe('what an agreement protects', () => {
  const protecting = (...names: readonly (readonly [string, string])[]) =>
    agreementProblems(
      changed('decisions', (params: ParamsOf<'decisions'>) => ({
        ...params,
        protects: names.map(([protocol, id]) => ({ protocol, class: id })),
      })),
    );
  const problem = (code: string, name: string) => ({ code, kind: 'decisions', name });

  it('is there, by a way that is there, once, and who votes before all', () => {
    expect(protecting(['membership', 'people'], ['purpose', 'important'])).toEqual([]);
    expect(protecting(['membership', 'people'], ['gone', 'people'])).toEqual([problem('protected-unknown', 'gone')]);
    expect(protecting(['membership', 'gone'])).toEqual([problem('class-unknown', 'gone')]);
    expect(protecting(['membership', 'people'], ['membership', 'important'])).toEqual([
      problem('protected-twice', 'membership'),
    ]);
    expect(protecting(['purpose', 'people'])).toEqual([problem('membership-unprotected', 'membership')]);
  });
});

describe('tiers of spending', () => {
  const tiered = (free: number | null, ...tiers: readonly (readonly [number, string])[]) =>
    agreementProblems(
      changed('spending', (params: ParamsOf<'spending'>) => ({
        ...params,
        free,
        tiers: tiers.map(([to, id]) => ({ to, class: id })),
      })),
    );
  const unordered = [{ code: 'tiers-unordered', kind: 'spending', name: 'tiers' }];

  it('grow, from more than is free on, each by a way that is there', () => {
    expect(tiered(100, [101, 'people'], [102, 'important'])).toEqual([]);
    expect(tiered(null, [1, 'people'])).toEqual([]);
    expect(tiered(100, [100, 'people'])).toEqual(unordered);
    expect(tiered(100, [200, 'people'], [200, 'important'])).toEqual(unordered);
    expect(tiered(null, [200, 'people'], [150, 'important'])).toEqual(unordered);
    expect(tiered(null, [1, 'gone'])).toEqual([{ code: 'class-unknown', kind: 'spending', name: 'gone' }]);
  });
});

describe('slugFrom', () => {
  it.each([
    ['Co-owner', 'co-owner'],
    ['Förderer 2', 'forderer-2'],
    ['  3 friends ', 'friends'],
    ['居民', 'type'],
    ['x'.repeat(80), 'x'.repeat(34)],
  ])('makes %s a short name', (words, expected) => {
    expect(slugFrom(words, [], 'type')).toBe(expected);
  });

  it('never gives a name that is taken', () => {
    expect(slugFrom('Guest', ['guest'], 'type')).toBe('guest-2');
    expect(slugFrom('Guest', ['guest', 'guest-2'], 'type')).toBe('guest-3');
  });
});

describe('kindsToAdd', () => {
  it('offers practices always and other kinds once', () => {
    expect(kindsToAdd(['practice', 'membership', 'purpose'], PROTOCOL_KINDS)).toEqual([
      'practice',
      'admission',
      'decisions',
      'spending',
      'contributions',
      'ownership',
      'distribution',
      'sealing',
      'publication',
      'leaving',
      'meeting',
      'use',
    ]);
  });
});
