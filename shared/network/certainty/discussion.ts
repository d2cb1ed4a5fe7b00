import { CERTAINTIES, type Certainty } from './model';

/** A protocol in force or a living page, with its certainty. */
export interface Judged {
  readonly kind: 'protocol' | 'page';
  readonly id: string;
  readonly title: string;
  readonly certainty: Certainty;
}

export interface Discussion {
  /** What needs more discussion, the most urgent first. */
  readonly open: readonly Judged[];
  /** What members are certain of. */
  readonly settled: readonly Judged[];
  /** Pages on which there was no decision: of a page nobody expects one, so that is no reason to talk about it. */
  readonly undecided: number;
}

/** What members have to talk about more, and what not. Within a level protocols come first, then what there is most reason for. */
export function discussionOf(all: readonly Judged[]): Discussion {
  const isUndecided = ({ kind, certainty: { level } }: Judged): boolean => kind === 'page' && level === 'untested';
  const listed = all
    .filter((one) => !isUndecided(one))
    .sort((a, b) => levelOf(a) - levelOf(b) || kindOf(a) - kindOf(b) || weightOf(b) - weightOf(a));
  return {
    open: listed.filter(({ certainty }) => certainty.level !== 'adopted'),
    settled: listed.filter(({ certainty }) => certainty.level === 'adopted'),
    undecided: all.length - listed.length,
  };
}

const levelOf = ({ certainty }: Judged): number => CERTAINTIES.indexOf(certainty.level);
const kindOf = ({ kind }: Judged): number => (kind === 'protocol' ? 0 : 1);
/** Proposals, ballots, comments or days: within one level of one kind the first reason mostly counts the same. */
const weightOf = ({ certainty }: Judged): number => certainty.reasons[0]?.count ?? 0;
