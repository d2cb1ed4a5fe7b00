import { type Node, Tree } from './tree';

/** One small change to a source file. */
export interface Mutant {
  readonly kind: string;
  /** Its line, what it changes there, and which of such changes in the file it is: the same when other lines come or go. */
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** Offsets in the bytes of the source. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

type Change = Pick<Mutant, 'kind' | 'start' | 'end' | 'after'>;
type Placed = Change & Pick<Mutant, 'line' | 'before'>;

/** What stands in an operator's place. An order that is turned and one that moves by its boundary are two changes. */
const OPERATORS = new Map<string, readonly string[]>(
  Object.entries({
    '<': ['<=', '>='],
    '<=': ['<', '>'],
    '>': ['>=', '<='],
    '>=': ['>', '<'],
    '===': ['!=='],
    '!==': ['==='],
    '+': ['-'],
    '-': ['+'],
    '*': ['/'],
    '%': ['*'],
    '&&': ['||'],
    '||': ['&&'],
  }),
);
const COMPARISONS = ['<', '<=', '>', '>=', '===', '!=='];
const ASSIGNMENTS = new Map([
  ['+=', '-='],
  ['-=', '+='],
]);
const OTHER_METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);
const ORDERING = ['sort', 'toSorted', 'reverse', 'toReversed'];
const MEMBERSHIP = ['has', 'includes'];
const EXTREMES = new Map([
  ['min', 'max'],
  ['max', 'min'],
]);

/** All mutants of a source, in the order of their lines. */
export function mutantsOf(source: string): Mutant[] {
  const tree = new Tree(source);
  const seen = new Set<string>();
  const found: Placed[] = [];
  for (const node of tree.nodes()) {
    for (const change of changesOf(tree, node)) {
      const key = `${change.start} ${change.end} ${change.after}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ ...change, line: tree.lineOf(change), before: tree.text(change) });
    }
  }
  return named(
    source.split('\n'),
    found.sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

function named(lines: readonly string[], found: readonly Placed[]): Mutant[] {
  const times = new Map<string, number>();
  return found.map((one) => {
    const what = `${lines[one.line - 1]!.trim()} | ${one.kind}: ${one.before} => ${one.after}`;
    const time = (times.get(what) ?? 0) + 1;
    times.set(what, time);
    return { ...one, name: `${what} (${time})` };
  });
}

/** The source with a mutant in it. */
export function mutated(source: string, { start, end, after }: Mutant): string {
  const bytes = Buffer.from(source);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(after), bytes.subarray(end)]).toString();
}

function changesOf(tree: Tree, node: Node): Change[] {
  if (node.type === 'BinaryExpression') return operator(tree, node);
  if (node.type === 'AssignmentExpression') return assignment(tree, node);
  if (node.type === 'NumericLiteral') return number(node);
  if (node.type === 'BooleanLiteral') return [{ ...spanOf(node), kind: 'boolean', after: String(!node.raw['value']) }];
  if (node.type === 'ConditionalExpression') return ternary(tree, node);
  if (node.type === 'IfStatement') return condition(tree, node);
  if (node.type === 'CallExpression') return call(tree, node);
  return [];
}

const spanOf = ({ start, end }: Node) => ({ start, end });

const isComparison = (node: Node): boolean =>
  node.type === 'BinaryExpression' && COMPARISONS.includes(String(node.raw['operator']));

function operator(tree: Tree, node: Node): Change[] {
  const left = tree.child(node, 'left')!;
  const right = tree.child(node, 'right')!;
  const before = String(node.raw['operator']);
  const isText = [left, right].some(({ type }) => type === 'StringLiteral' || type === 'TemplateLiteral');
  if (before === '+' && isText) return [];
  // In brackets, so that it stays one operand of what is around it.
  return (OPERATORS.get(before) ?? []).map((after) => ({
    ...spanOf(node),
    kind: before,
    after: `(${tree.text(left)} ${after} ${tree.text(right)})`,
  }));
}

function assignment(tree: Tree, node: Node): Change[] {
  const before = String(node.raw['operator']);
  const after = ASSIGNMENTS.get(before);
  if (after === undefined) return [];
  const [left, right] = [tree.child(node, 'left')!, tree.child(node, 'right')!];
  return [{ ...spanOf(node), kind: before, after: `${tree.text(left)} ${after} ${tree.text(right)}` }];
}

function number(node: Node): Change[] {
  const value = Number(node.raw['value']);
  return [value + 1, value - 1].map((after) => ({
    ...spanOf(node),
    kind: 'number',
    after: after < 0 ? `(${after})` : `${after}`,
  }));
}

function ternary(tree: Tree, node: Node): Change[] {
  const [test, yes, no] = ['test', 'consequent', 'alternate'].map((key) => tree.child(node, key)!);
  // A comparison that is turned is the same change.
  if (isComparison(test!) && !/[<>]/.test(String(test!.raw['operator']))) return [];
  return [
    { ...spanOf(node), kind: 'ternary', after: `(${tree.text(test!)} ? ${tree.text(no!)} : ${tree.text(yes!)})` },
  ];
}

function condition(tree: Tree, node: Node): Change[] {
  const test = tree.child(node, 'test')!;
  if (isComparison(test)) return [];
  const argument = test.raw['operator'] === '!' ? tree.child(test, 'argument') : undefined;
  if (argument !== undefined && MEMBERSHIP.includes(methodOf(tree, argument)?.name ?? '')) return [];
  const after = argument === undefined ? `!(${tree.text(test)})` : tree.text(argument);
  return [{ ...spanOf(test), kind: 'if', after }];
}

function methodOf(
  tree: Tree,
  node: Node,
): { readonly name: string; readonly object: Node; readonly property: Node } | undefined {
  const callee = tree.child(node, 'callee');
  if (callee === undefined) return undefined;
  // Of `a?.b(c)` the callee is a link of a chain.
  const member = callee.type === 'OptionalChainingExpression' ? tree.child(callee, 'base') : callee;
  if (member?.type !== 'MemberExpression') return undefined;
  const property = tree.child(member, 'property');
  const object = tree.child(member, 'object');
  if (property?.type !== 'Identifier' || object === undefined) return undefined;
  return { name: String(property.raw['value']), object, property };
}

function call(tree: Tree, node: Node): Change[] {
  const method = methodOf(tree, node);
  if (method === undefined) return [];
  const { name, object, property } = method;
  const [first] = tree.args(node);
  const other = OTHER_METHODS.get(name);
  if (other !== undefined) return [{ ...spanOf(property), kind: name, after: other }];
  if (name === 'filter' && first !== undefined) {
    return [{ ...spanOf(first), kind: name, after: `((keep) => (...of) => !keep(...of))(${tree.text(first)})` }];
  }
  if (ORDERING.includes(name)) return [{ ...spanOf(node), kind: name, after: tree.text(object) }];
  if (MEMBERSHIP.includes(name) && first !== undefined)
    return [{ ...spanOf(node), kind: name, after: `!(${tree.text(node)})` }];
  const extreme = EXTREMES.get(name);
  if (extreme !== undefined && tree.text(object) === 'Math')
    return [{ ...spanOf(property), kind: name, after: extreme }];
  return [];
}
