import { PeerholdError } from '../errors';

/** Where events give something the name by which people know it: the way to it through the payload. */
const NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'network.found': [['name'], ['founder', 'name'], ['founder', 'device']],
  'member.admit': [['name']],
  'member.describe': [['name']],
  'device.certify': [['label']],
  'proposal.open': [['title']],
  'resource.seek': [['name']],
};

/**
 * Throws `name-blank` where an action gives a name in which there is nothing to read. The record holds only the hash of a text: nobody but
 * whoever signs can refuse it.
 */
export function checkNames({ type, payload }: { readonly type: string; readonly payload: unknown }): void {
  for (const way of Object.hasOwn(NAMES, type) ? NAMES[type]! : []) {
    const named = way.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], payload);
    const words = typeof named === 'string' ? named : (named as { readonly text?: unknown } | undefined)?.text;
    if (typeof words === 'string' && words.trim() === '')
      throw new PeerholdError('name-blank', { field: way.join('.') });
  }
}
