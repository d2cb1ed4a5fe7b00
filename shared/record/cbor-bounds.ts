/**
 * Bounds of one canonical value, the same for every peer whatever its stack or memory: one that a peer took and another refused would split a
 * network. No event of ours is nested more than ten deep.
 */
export const MAX_DEPTH = 32;
/** Of all lists, maps and what is in them: a full message of events and texts has half as many. */
export const MAX_VALUES = 262_144;
