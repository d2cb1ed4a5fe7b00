/** A proposal of the story, and what people said to it. */
export interface StoryProposal {
  readonly id: string;
  readonly by: string;
  /** Civil date on which it is opened. */
  readonly on: string;
  readonly title: string;
  readonly text: string;
  readonly effect: StoryEffect;
  /**
   * Ballots in their order: a name and `+` agree, `0` abstain, `-` disagree, `!` block. Those that would come after the decision are left
   * out, since the app would not offer them.
   */
  readonly votes: string;
  /** Why, by the ballot as it stands in `votes`. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What its author does in the end, unless the ballots have decided. */
  readonly end?: 'close' | 'withdraw';
  /** Days over which the ballots come in; 6 unless told. */
  readonly days?: number;
  /** Who said what in the discussion, before the first ballot. */
  readonly talk?: readonly (readonly [who: string, text: string])[];
}

export type StoryEffect =
  | { readonly kind: 'none' }
  /** Cents. */
  | { readonly kind: 'spend'; readonly amount: number }
  /** Fields that change; the others stay as they are in force. */
  | { readonly kind: 'parameters'; readonly protocol: string; readonly change: Readonly<Record<string, unknown>> }
  /** New texts of protocols by id, and protocols that are added. */
  | {
      readonly kind: 'adopt';
      readonly texts: Readonly<Record<string, string>>;
      readonly added: readonly { readonly id: string; readonly title: string; readonly text: string }[];
    }
  | { readonly kind: 'admit'; readonly who: string }
  | { readonly kind: 'buy'; readonly resource: string; readonly amount: number };
