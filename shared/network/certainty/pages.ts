import { CONTESTED_TALK, type Certainty, type CertaintyReason, STALE_DAYS, certaintyOf } from './model';

const DAY = 86_400_000;

/** A time at which something was written in a document, and by whom, as far as is known. */
export interface Written {
  /** Claimed, ms. */
  readonly time: number;
  readonly member: string | null;
}

export interface PageFacts {
  readonly now: number;
  /** Open proposals whose texts mention the page. */
  readonly open: readonly string[];
  /** Adopted ones, newest first. */
  readonly adopted: readonly string[];
  /** When it was made, ms. */
  readonly made: number;
  /** Changes of its text, and of its discussion, oldest first. Neither is in the record: they are claims of whoever wrote. */
  readonly text: readonly Written[];
  readonly talk: readonly Written[];
}

/** How certain a page is. */
export function pageCertainty(facts: PageFacts): Certainty {
  const reasons: CertaintyReason[] = [];
  const { open, adopted, text, talk, now } = facts;
  if (open.length > 0) reasons.push({ level: 'review', code: 'mentioned', count: open.length, why: { events: open } });
  const changed = latest(text, facts.made);
  const since = talk.filter(({ time }) => time > changed);
  if (since.length >= CONTESTED_TALK && new Set(since.map(({ member }) => member)).size > 1)
    reasons.push({ level: 'contested', code: 'talk', count: since.length, why: { events: [] } });
  const days = Math.floor((now - latest(talk, changed)) / DAY);
  if (days >= STALE_DAYS) reasons.push({ level: 'stale', code: 'quiet', count: days, why: { events: [] } });
  if (adopted.length > 0)
    reasons.push({
      level: 'adopted',
      code: 'decided',
      count: adopted.length,
      why: { events: [...adopted].reverse() },
    });
  // Nobody expects a decision on a page; that nobody looks at it says more.
  else if (days < STALE_DAYS) reasons.push({ level: 'untested', code: 'never-decided', count: 0, why: { events: [] } });
  return certaintyOf(reasons);
}

function latest(written: readonly Written[], first: number): number {
  return written.reduce((last, { time }) => Math.max(last, time), first);
}
