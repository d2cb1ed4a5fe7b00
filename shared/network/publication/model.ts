import { type Of, matching, object } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import type { Why } from '../why';

/** Id of a page of the commons, as its document's name has it. */
export const pageId = matching(/^[0-9a-z-]{1,64}$/);

/**
 * What is made public of a page: its title and its canonical text as they stand when this is signed, bound by their hashes. What is written
 * in the page afterwards is not public.
 */
export const published = { page: pageId, title: textRef, text: textRef } as const;

export const publicationEvents = {
  /** A member makes a page public by themselves, where the agreement lets them; else members decide (effect `publish`). */
  'page.publish': object(published),
  /** Whatever of the page is public or about to be is so no longer: all that was put forward without knowing of this. */
  'page.withdraw': object({ page: pageId }),
} as const;
export type PublicationPayloads = { [T in keyof typeof publicationEvents]: Of<(typeof publicationEvents)[T]> };

/** One text of a page that was made public, or was to be. */
export interface Publication {
  /** The event that has the text: `page.publish`, or the proposal. */
  readonly id: string;
  readonly page: string;
  readonly title: TextRef;
  readonly text: TextRef;
  /** Who signed that event. */
  readonly by: string;
  /**
   * `waiting`: for the seal from which it is public; `replaced`: a newer text of the page is; `withdrawn`: taken back; `clashing`: one of
   * several that were put forward without knowing of each other; `lapsed`: who made it public might not any more when the seal came.
   */
  readonly status: 'waiting' | 'public' | 'replaced' | 'withdrawn' | 'clashing' | 'lapsed';
  /** Height of the seal that settled it; until then nothing of it is public. */
  readonly sealed?: number;
  /** The events that take it back, ascending. */
  readonly withdrawals: readonly string[];
  /** Claimed time of that event. */
  readonly time: number;
  readonly why: Why;
}
