import { type Rules, refuse } from '../rule';
import type { TextPayloads } from './model';

/** Texts about people may be erased. What was proposed, adopted or founded on may not: others decided by those words. */
const ERASABLE: ReadonlySet<string> = new Set([
  'member.admit',
  'member.describe',
  'ballot.cast',
  'entry.post',
  'pledge.make',
  'resource.seek',
]);

export const textRules: Rules<keyof TextPayloads> = {
  'text.erase': ({ tables, past }, event) => {
    const { event: id, text } = event.payload;
    const holder = past.get(id);
    // Only what the author had seen: whether a later event is here must not decide what this one does.
    if (holder === undefined || !past.before(holder, past.get(event.id)!)) return refuse('event-unknown');
    const own = holder.member === event.member || (holder.type === 'member.admit' && holder.id === event.member);
    if (!own || !mentions(holder.payload, text)) return refuse('text-not-yours');
    if (!ERASABLE.has(holder.type)) return refuse('text-not-erasable');
    tables.set('erased', `${text}|${holder.device}`, { text, author: holder.device, event: event.id });
    return undefined;
  },
};

function mentions(value: unknown, ref: string): boolean {
  if (typeof value === 'string') return value === ref;
  return typeof value === 'object' && value !== null && Object.values(value).some((field) => mentions(field, ref));
}
