import type { Why } from '../why';

/** How certain members are of a protocol or a page; where several hold, the first is what is shown. */
export const CERTAINTIES = ['review', 'contested', 'untested', 'stale', 'adopted'] as const;
export type CertaintyLevel = (typeof CERTAINTIES)[number];

/** Of the ballots that took a side, the part that did not agree, in percent, from which on what was adopted is contested. */
export const CONTESTED_PERCENT = 20;
/** How often at least two members have to write in a page's discussion since its text last changed for the page to be contested. */
export const CONTESTED_TALK = 5;
/** Open comments on a protocol from which on it is contested. */
export const CONTESTED_COMMENTS = 5;
/** After so many days in which nobody decided on it, acted by it, or wrote in it, what was adopted is stale. */
export const STALE_DAYS = 365;

/** One reason for a level, with the figure that its words name and the events behind it. */
export interface CertaintyReason {
  readonly level: CertaintyLevel;
  readonly code:
    | 'open-proposal'
    | 'mentioned'
    | 'blocked'
    | 'dissent'
    | 'comments'
    | 'talk'
    | 'founding-only'
    | 'never-decided'
    | 'quiet'
    | 'decided'
    | 'applied';
  /** How many: proposals, ballots, comments; of `quiet`, whole days. */
  readonly count: number;
  readonly why: Why;
}

export interface Certainty {
  readonly level: CertaintyLevel;
  /** Those of the level shown come first. */
  readonly reasons: readonly CertaintyReason[];
}

/** The certainty that the reasons amount to: that of the first level for which there is one. */
export function certaintyOf(reasons: readonly CertaintyReason[]): Certainty {
  const sorted = [...reasons].sort((a, b) => CERTAINTIES.indexOf(a.level) - CERTAINTIES.indexOf(b.level));
  return { level: sorted[0]?.level ?? 'untested', reasons: sorted };
}
