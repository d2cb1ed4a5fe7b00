import type { Session } from './session';

/** What a command tells: `data` with `--json`, else `lines`. */
export interface Answer {
  readonly data: object;
  readonly lines: readonly string[];
  /** `EXIT.no` where the question was answered, and the answer is no. */
  readonly exit?: number;
}

/** What was given after a command's name. */
export interface Given {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for its value in the help; none where it has no value. */
  readonly value?: string;
  readonly about: string;
}

export interface Command {
  readonly name: string;
  /** One line of the list of commands. */
  readonly about: string;
  /** What comes after the name, with `[ ]` around what may be left out. */
  readonly usage: string;
  readonly examples: readonly string[];
  readonly options?: Readonly<Record<string, Option>>;
  /** Whether it is about one network, which `--network` chooses; so unless this says no. */
  readonly inNetwork?: boolean;
  /** How many words may follow. */
  readonly words?: { readonly least: number; readonly most: number };
  /** Whether it connects to others: all else is done on this machine alone. */
  readonly meets?: boolean;
  run(session: Session, given: Given): Promise<Answer>;
}
