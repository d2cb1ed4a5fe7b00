import { describe, expect, it } from 'vitest';
import { mutantsOf, mutated } from './mutants';

/** What each mutant makes of a source. */
const changes = (source: string): string[] => mutantsOf(source).map((mutant) => mutated(source, mutant));

describe('mutants', () => {
  it('turns a comparison and moves it by its boundary', () => {
    expect(changes('const a = b < c;')).toEqual(['const a = (b <= c);', 'const a = (b >= c);']);
    expect(changes('const a = b === c;')).toEqual(['const a = (b !== c);']);
  });

  it('keeps a changed operand one operand of what is around it', () => {
    expect(changes('x = a && b || c;')).toEqual(['x = (a || b) || c;', 'x = (a && b && c);']);
  });

  it('changes arithmetic and constants, not the joining of texts', () => {
    expect(changes('x = a + 1;')).toEqual(['x = (a - 1);', 'x = a + 2;', 'x = a + 0;']);
    expect(changes("x = a + 'b';")).toEqual([]);
    expect(changes('x[0] += y;')).toEqual(['x[0] -= y;', 'x[1] += y;', 'x[(-1)] += y;']);
  });

  it('changes what is asked of a list, and drops its order', () => {
    expect(changes('x = a.some(f);')).toEqual(['x = a.every(f);']);
    expect(changes('x = a.filter(f);')).toEqual(['x = a.filter(((keep) => (...of) => !keep(...of))(f));']);
    expect(changes('x = [...a].sort(f);')).toEqual(['x = [...a];']);
    expect(changes('x = Math.max(a, b);')).toEqual(['x = Math.min(a, b);']);
    expect(changes('x = a.valueOf(b) + a.constructor();')).toEqual(['x = (a.valueOf(b) - a.constructor());']);
    expect(changes('x = a?.has(b);')).toEqual(['x = !(a?.has(b));']);
  });

  it('negates conditions, and does so once where a comparison is turned already', () => {
    expect(changes('if (a) b();')).toEqual(['if (!(a)) b();']);
    expect(changes('if (!a) b();')).toEqual(['if (a) b();']);
    expect(changes('if (a === b) c();')).toEqual(['if ((a !== b)) c();']);
    expect(changes('if (!a.has(b)) c();')).toEqual(['if (!!(a.has(b))) c();']);
    expect(changes('x = a ? b : true;')).toEqual(['x = (a ? true : b);', 'x = a ? b : false;']);
  });

  it('leaves types alone, and sees what is inside them at run time', () => {
    expect(changes('type A = 1 | 2; let a: { b: true } = c as { b: 1 }; interface D { e: 3 }')).toEqual([]);
    expect(changes('const x = (a as 1 | 2)! > b;')).toHaveLength(2);
  });

  it('has a name that stays while other lines come and go', () => {
    const names = (source: string) => mutantsOf(source).map(({ name }) => name);
    const first = names('const a = b < c;\nconst d = b < c;\n');
    expect(new Set(first).size).toBe(4);
    expect(names('const e = f > g;\n\nconst a = b < c;\nconst d = b < c;\n').slice(2)).toEqual(first);
  });

  it('finds its places by bytes, after a comment, and however often it has parsed before', () => {
    const source = "// Größe €\nconst a = '€';\nconst b = c < d;\n";
    for (let again = 0; again < 2; again++) {
      expect(changes(source)[0]).toBe("// Größe €\nconst a = '€';\nconst b = (c <= d);\n");
      expect(mutantsOf(source).map(({ line }) => line)).toEqual([3, 3]);
    }
  });
});
