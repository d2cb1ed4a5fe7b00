import { type Rules, refuse } from '../rule';
import type { TextPayloads } from './model';

export const textRules: Rules<keyof TextPayloads> = {
  'text.erase': ({ tables, past }, event) => {
    const holder = past.get(event.payload.event);
    if (holder === undefined || holder.member !== event.member || !mentions(holder.payload, event.payload.text)) {
      return refuse('text-not-yours');
    }
    tables.set('erased', event.payload.text, { event: event.id });
    return undefined;
  },
};

function mentions(value: unknown, ref: string): boolean {
  if (typeof value === 'string') return value === ref;
  return typeof value === 'object' && value !== null && Object.values(value).some((field) => mentions(field, ref));
}
