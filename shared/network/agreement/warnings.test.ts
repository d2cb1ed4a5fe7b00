import { describe, expect, it } from 'vitest';
import type { TextRef } from '../../record/text';
import type { Member } from '../membership/model';
import type { Parameters, ProtocolKind } from './model';
import { type TemplateProtocol, templateProtocols } from './templates';
import { agreementWarnings } from './warnings';

type ParamsOf<K extends ProtocolKind> = Extract<TemplateProtocol, { kind: K }>['params'];
const house = templateProtocols('house');
const changed = <K extends ProtocolKind>(kind: K, change: (params: ParamsOf<K>) => unknown) =>
  house.map((protocol) =>
    protocol.kind === kind ? { ...protocol, params: change(protocol.params as ParamsOf<K>) } : protocol,
  );
const member = (id: string, type: string, status: Member['status'] = 'active'): [string, Member] => [
  id,
  {
    id,
    name: 'f'.repeat(64) as TextRef,
    type,
    status,
    devices: [],
    number: 1,
    since: id,
    time: 1,
    why: { events: [id] },
  },
];
const members = (...all: readonly [string, Member][]) => ({ members: new Map(all) });
const ann = member('ann', 'resident');

describe('agreementWarnings', () => {
  it('has none about a template with a member who may do all', () => {
    expect(agreementWarnings(members(ann), house)).toEqual([]);
  });

  it('tells that nobody could put an applicant to the members', () => {
    const withMode = (mode: 'invite' | 'decision') =>
      changed('membership', ({ types }) => ({
        types: types.map((one) => ({ ...one, rights: one.rights.filter((right) => right !== 'sponsor') })),
      })).map((one) => (one.kind === 'admission' ? { ...one, params: { mode, days: 14 } } : one));
    expect(agreementWarnings(members(ann), withMode('invite'))).toEqual([]);
    expect(agreementWarnings(members(ann), withMode('decision'))).toEqual([
      { code: 'nobody-sponsors', name: '', count: 0 },
    ]);
  });

  it('counts the present members whose kind would be gone, and no others', () => {
    const given = members(ann, member('bo', 'lodger'), member('cy', 'lodger'), member('di', 'ghost', 'left'));
    expect(agreementWarnings(given, house)).toEqual([{ code: 'type-dropped', name: 'lodger', count: 2 }]);
  });

  it('names a way to decide that is used and by which nobody who is here would vote', () => {
    const supporter = members(member('bo', 'supporter'));
    expect(agreementWarnings(supporter, house).map(({ code, name }) => `${code} ${name}`)).toEqual([
      'class-without-voters Everyday matters',
      'class-without-voters Who belongs to us',
      'class-without-voters Important matters',
    ]);
    const unused = changed('decisions', ({ classes, uses }) => ({
      classes: [...classes, { ...classes[0]!, id: 'unused', label: 'Unused', electorate: ['supporter'] }],
      uses,
    }));
    expect(agreementWarnings(members(ann), unused)).toEqual([]);
    const protecting = changed('decisions', ({ classes, uses }) => ({
      classes: [...classes, { ...classes[0]!, id: 'guard', label: 'Guard', electorate: ['investor'] }],
      uses,
      protects: [{ protocol: 'purpose', class: 'guard' }],
    }));
    expect(agreementWarnings(members(ann), protecting)).toEqual([
      { code: 'class-without-voters', name: 'Guard', count: 0 },
    ]);
  });

  it('looks at the way to decide on what is public, and says where nobody is asked about it', () => {
    const params = { class: 'guard', publishers: ['resident', 'investor'], withdraw: 'members' } as const;
    const guarded = changed('decisions', ({ classes, uses }) => ({
      classes: [...classes, { ...classes[0]!, id: 'guard', label: 'Guard', electorate: ['investor'] }],
      uses,
    }));
    const with_ = (publishers: readonly string[]) => [
      ...guarded,
      { kind: 'publication' as const, params: { ...params, publishers } },
    ];
    expect(agreementWarnings(members(ann), with_(['resident', 'investor']))).toEqual([
      { code: 'class-without-voters', name: 'Guard', count: 0 },
    ]);
    const given = members(ann, member('bo', 'investor'));
    expect(agreementWarnings(given, with_(['resident', 'investor', 'supporter']))).toEqual([
      { code: 'each-publishes', name: '', count: 2 },
    ]);
  });

  it('says where blocks are allowed and nobody has the right, and a sum is free that nobody may spend', () => {
    const rights = changed('membership', ({ types }) => ({
      types: types.map((type) => ({
        ...type,
        rights: type.rights.filter((right) => right !== 'block' && right !== 'spend'),
      })),
    }));
    expect(agreementWarnings(members(ann), rights)).toEqual([
      { code: 'nobody-blocks', name: 'Important matters', count: 0 },
      { code: 'nobody-spends', name: '', count: 0 },
    ]);
    const none = rights.map((protocol) =>
      protocol.kind === 'spending'
        ? { ...protocol, params: { unit: 'EUR', free: null } satisfies Parameters<'spending'> }
        : protocol,
    );
    expect(agreementWarnings(members(ann), none).map(({ code }) => code)).toEqual(['nobody-blocks']);
  });

  it('says where nobody who is here would get what is distributed, or would seal', () => {
    const parts = (types: readonly string[]) => ({
      kind: 'distribution' as const,
      params: { class: 'important', basis: 'equal', types, reserve: 0 },
    });
    const sealing = (types: readonly string[]) => changed('sealing', () => ({ types, quorum: 'majority' }));
    expect(agreementWarnings(members(ann), [...sealing(['investor']), parts(['supporter'])])).toEqual([
      { code: 'nobody-gets', name: '', count: 0 },
      { code: 'none-seals', name: '', count: 0 },
    ]);
    for (const types of [[], ['investor', 'resident']])
      expect(agreementWarnings(members(ann), [...sealing(types), parts(types)])).toEqual([]);
  });

  it('names a quota of a kind that may not book, and rules on use by which nobody may', () => {
    const quotas = [
      { type: 'resident', most: 20 },
      { type: 'supporter', most: 5 },
    ];
    const params = { counts: 'nights', shortest: 1, longest: 7, per: 'resource', quotas };
    expect(
      agreementWarnings(
        members(ann),
        changed('use', () => params),
      ),
    ).toEqual([{ code: 'quota-without-right', name: 'supporter', count: 0 }]);
    const nobody = changed('membership', ({ types }) => ({
      types: types.map((type) => ({ ...type, rights: type.rights.filter((right) => right !== 'book') })),
    }));
    expect(agreementWarnings(members(ann), nobody)).toEqual([{ code: 'nobody-books', name: '', count: 0 }]);
  });
});
