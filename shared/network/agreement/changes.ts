import type { ProtocolKind } from './model';

/** A protocol as it is compared: the text is whatever identifies it, a reference between versions or the words in a draft. */
export interface ComparedProtocol<Text> {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly title: string;
  readonly text: Text;
  readonly params: unknown;
}

/** One protocol that differs between two sets. `before` is missing when it was added, `after` when it was dropped. */
export interface ProtocolChange<Before, After> {
  readonly id: string;
  readonly before?: Before;
  readonly after?: After;
  readonly title: boolean;
  readonly text: boolean;
  readonly params: boolean;
}

/**
 * What changed from one set of protocols to another, in the order of the new set and then the dropped ones. Protocols that are equal
 * are left out. `sameText` says whether two texts say the same; by default, whether they are the same value.
 */
export function protocolChanges<B extends ComparedProtocol<unknown>, A extends ComparedProtocol<unknown>>(
  before: readonly B[],
  after: readonly A[],
  sameText: (before: B['text'], after: A['text']) => boolean = Object.is,
): readonly ProtocolChange<B, A>[] {
  const old = new Map(before.map((protocol) => [protocol.id, protocol]));
  const kept = new Set(after.map((protocol) => protocol.id));
  const changes: ProtocolChange<B, A>[] = [];
  for (const next of after) {
    const previous = old.get(next.id);
    if (previous === undefined) {
      changes.push({ id: next.id, after: next, title: true, text: true, params: true });
      continue;
    }
    const change = {
      id: next.id,
      before: previous,
      after: next,
      title: previous.title !== next.title,
      text: !sameText(previous.text, next.text),
      params: previous.kind !== next.kind || !sameValue(previous.params, next.params),
    };
    if (change.title || change.text || change.params) changes.push(change);
  }
  for (const previous of before)
    if (!kept.has(previous.id))
      changes.push({ id: previous.id, before: previous, title: true, text: true, params: true });
  return changes;
}

/** Whether two plain values (parameters) are equal, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && sameValue(value, right[key]))
  );
}
