import type { Entry } from '../../record/entry';
import { isRecord } from '../../record/shape';
import type { TextRef } from '../../record/text';
import type { Past } from '../rule';
import type { Tables } from '../tables';

/** Texts about people. What was proposed, adopted or founded on is not one author's to erase: others decided by those words. */
const BY_AUTHOR: ReadonlySet<string> = new Set([
  'member.admit',
  'member.describe',
  'ballot.cast',
  'entry.post',
  'pledge.make',
  'resource.seek',
  'page.publish',
]);

/** Whether the author of an event may erase this text of it. */
export function authorMayErase({ type, payload }: Pick<Entry, 'type' | 'payload'>, text: string): boolean {
  return BY_AUTHOR.has(type) && mentions(payload, text);
}

/** Whether members may decide to erase this text of an event: also the words of a proposal or a page in it, but not those of the agreement. */
export function membersMayErase({ type, payload }: Pick<Entry, 'type' | 'payload'>, text: string): boolean {
  if (type !== 'proposal.open') return BY_AUTHOR.has(type) && mentions(payload, text);
  // Of any form: an event that is named need not have been of effect.
  if (!isRecord(payload)) return false;
  const { title, text: words, effect } = payload;
  if (title === text || words === text) return true;
  return isRecord(effect) && effect['kind'] === 'publish' && (effect['title'] === text || effect['text'] === text);
}

/** Why a proposal made `here` can not erase this text; only what its author had seen counts. */
export function checkErasure(
  past: Past,
  { event, text }: { readonly event: string; readonly text: TextRef },
  here: Entry,
): 'event-unknown' | 'text-not-erasable' | undefined {
  const holder = past.get(event);
  if (holder === undefined || !past.before(holder, here)) return 'event-unknown';
  return membersMayErase(holder, text) ? undefined : 'text-not-erasable';
}

/** Notes the erasure of a text that `holder` names; each replica deletes the words. */
export function erase(tables: Tables, { device }: Entry, text: TextRef, by: string): void {
  tables.set('erased', `${text}|${device}`, { text, author: device, event: by });
}

export function mentions(value: unknown, ref: string): boolean {
  if (typeof value === 'string') return value === ref;
  return typeof value === 'object' && value !== null && Object.values(value).some((field) => mentions(field, ref));
}
