import { type Rules, refuse } from '../rule';
import { authorMayErase, erase, mentions } from './erasure';
import type { TextPayloads } from './model';

export const textRules: Rules<keyof TextPayloads> = {
  'text.erase': ({ tables, past }, event) => {
    const { event: id, text } = event.payload;
    const holder = past.get(id);
    // Only what the author had seen: whether a later event is here must not decide what this one does.
    if (holder === undefined || !past.before(holder, past.get(event.id)!)) return refuse('event-unknown');
    const own = holder.member === event.member || (holder.type === 'member.admit' && holder.id === event.member);
    if (!own || !mentions(holder.payload, text)) return refuse('text-not-yours');
    if (!authorMayErase(holder, text)) return refuse('text-not-erasable');
    erase(tables, holder, text, event.id);
    return undefined;
  },
};
