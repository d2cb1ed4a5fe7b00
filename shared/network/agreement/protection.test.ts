import { describe, expect, it } from 'vitest';
import { BY_MAJORITY, protocols } from '../../../test/kit/group';
import type { TextRef } from '../../record/text';
import { type Agreed, amended, amendingProblem } from './amended';
import type { Parameters, ProtocolSpec } from './model';
import { agreementProblems } from './problems';
import { protectingClasses } from './protection';

const text = 'f'.repeat(64) as TextRef;
const other = 'e'.repeat(64) as TextRef;
const base = 'a'.repeat(64);
type Protects = Parameters<'decisions'>['protects'];

function agreed(protects: Protects, suspended: readonly string[] = []): Agreed {
  const practice = { kind: 'practice' as const, id: 'care', title: 'Care', text, params: {} };
  const art = { ...practice, id: 'art' };
  const specs = [...protocols().map((spec) => ({ ...spec, text })), practice, art];
  return {
    protocols: specs.map((spec) =>
      spec.kind === 'decisions' && protects !== undefined ? { ...spec, params: { ...spec.params, protects } } : spec,
    ),
    suspended,
  };
}

const CARE = { protocol: 'care', class: 'consent' };
const DECISIONS = { protocol: 'decisions', class: 'assent' };
const MEMBERSHIP = { protocol: 'membership', class: 'majority' };
const ALL = [CARE, DECISIONS, MEMBERSHIP];
const before = agreed(ALL);

/** The same with one protocol other. */
const withSpec = (id: string, change: (spec: ProtocolSpec) => unknown, from = before): Agreed => ({
  ...from,
  protocols: from.protocols.flatMap((spec) => (spec.id === id ? ((change(spec) ?? []) as ProtocolSpec) : spec)),
});
const withDecisions = (change: (params: Parameters<'decisions'>) => Partial<Parameters<'decisions'>>): Agreed =>
  withSpec('decisions', (spec) => {
    const params = spec.params as Parameters<'decisions'>;
    return { ...spec, params: { ...params, ...change(params) } };
  });

describe('what is protected', () => {
  it.each<[string, Agreed, readonly string[]]>([
    ['nothing', before, []],
    ['what nobody protects', withSpec('admission', (spec) => ({ ...spec, text: other })), []],
    ['a text', withSpec('care', (spec) => ({ ...spec, text: other })), ['consent']],
    ['a title', withSpec('care', (spec) => ({ ...spec, title: 'Caring' })), ['consent']],
    ['a kind', withSpec('care', (spec) => ({ ...spec, kind: 'purpose' })), ['consent']],
    ['parameters', withSpec('membership', (spec) => ({ ...spec, params: {} })), ['majority']],
    ['what is dropped', withSpec('care', () => undefined), ['consent']],
    ['what goes by another short name', withSpec('care', (spec) => ({ ...spec, id: 'caring' })), ['consent']],
    ['what is suspended', { ...before, suspended: ['care'] }, ['consent']],
    ['how matters are decided', withDecisions(({ uses }) => ({ uses: { ...uses, none: 'assent' } })), ['assent']],
    [
      'a class that protects nothing',
      withDecisions(({ classes }) => ({ classes: [...classes, { ...BY_MAJORITY, id: 'new' }] })),
      ['assent'],
    ],
    [
      'what protects itself',
      withDecisions(({ classes }) => ({
        classes: classes.map((one) => (one.id === 'consent' ? { ...one, threshold: 99 } : one)),
      })),
      ['consent'],
    ],
    ['a protection that is taken away', withDecisions(() => ({ protects: [DECISIONS, MEMBERSHIP] })), ['consent']],
    [
      'a protection by another class',
      withDecisions(() => ({ protects: [{ ...CARE, class: 'assent' }, DECISIONS, MEMBERSHIP] })),
      ['consent'],
    ],
    [
      'a further protection',
      withDecisions(() => ({ protects: [...ALL, { protocol: 'admission', class: 'assent' }] })),
      ['assent'],
    ],
    ['all of it', withDecisions(() => ({ protects: [] })), ['assent', 'consent', 'majority']],
    [
      'the order of classes that each protect something',
      withDecisions(({ classes }) => ({ classes: [...classes].reverse() })),
      [],
    ],
    ['all but what decides', withSpec('decisions', () => undefined), ['assent', 'consent', 'majority']],
  ])('asks for %s just the class that protects it', (_, after, asked) => {
    expect(protectingClasses(before, after)).toEqual(asked);
  });

  it('is asked for whoever protects it by the version before, and not by what comes', () => {
    expect(protectingClasses(agreed([MEMBERSHIP]), before)).toEqual([]);
    expect(protectingClasses(before, agreed([MEMBERSHIP]))).toEqual(['assent', 'consent']);
  });
});

describe('what members make of a version', () => {
  const one = (kind: 'suspend' | 'resume' | 'retire', protocol: string) => ({ kind, base, protocol });

  it.each([
    [one('suspend', 'gone'), 'protocol-unknown'],
    [one('suspend', 'spending'), 'protocol-needed'],
    [one('retire', 'decisions'), 'protocol-needed'],
    [one('resume', 'care'), 'protocol-not-suspended'],
    [{ kind: 'parameters' as const, base, protocol: 'care', params: { more: 1 } }, 'parameters-malformed'],
    [one('suspend', 'care'), undefined],
    [one('retire', 'care'), undefined],
  ])('is refused or not: %o', (effect, problem) => {
    expect(amendingProblem(before, effect)).toBe(problem);
  });

  it('leaves what is suspended so, until it is resumed or gone', () => {
    const out = amended(before, one('suspend', 'care'));
    expect(out).toEqual({ protocols: before.protocols, suspended: ['care'] });
    expect(amendingProblem(out, one('suspend', 'care'))).toBe('protocol-suspended');
    const words = withSpec('care', (spec) => ({ ...spec, text: other }), out).protocols;
    expect(amended(out, { kind: 'adopt', base, protocols: words })).toEqual({ protocols: words, suspended: ['care'] });
    expect(amended(out, one('resume', 'care'))).toEqual(before);
    expect(amended(out, one('retire', 'care')).suspended).toEqual([]);
    expect(amended(out, one('suspend', 'art')).suspended).toEqual(['art', 'care']);
  });

  it('does not suspend by giving a suspended name to what the rules need', () => {
    const out = amended(before, one('suspend', 'care'));
    const spending = before.protocols.find(({ kind }) => kind === 'spending')!;
    const renamed = [
      ...before.protocols.filter((spec) => spec.id !== 'care' && spec !== spending),
      { ...spending, id: 'care' },
    ];
    expect(amendingProblem(out, { kind: 'adopt', base, protocols: renamed })).toBe('protocol-needed');
  });

  it('drops a protocol with its protection, and holds together', () => {
    const { protocols: left } = amended(before, one('retire', 'care'));
    expect(left.map(({ id }) => id)).not.toContain('care');
    const decisions = left.find((spec) => spec.kind === 'decisions')!;
    expect(decisions.params.protects).toEqual([DECISIONS, MEMBERSHIP]);
    expect(agreementProblems(left)).toEqual([]);
    // Where nothing is protected nothing else is other.
    const free = agreed(undefined);
    const rest = free.protocols.filter(({ id }) => id !== 'care');
    expect(amended(free, one('retire', 'care')).protocols).toEqual(rest);
    expect(protectingClasses(before, { protocols: left, suspended: [] })).toEqual(['consent']);
  });
});
