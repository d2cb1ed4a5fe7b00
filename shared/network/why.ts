/** Where a derived fact comes from: each figure on a screen opens down to this. */
export interface Why {
  /** Ids of the signed events, oldest first. */
  readonly events: readonly string[];
  readonly clause?: Clause;
}

/** A protocol as it stood in one version of the agreement. */
export interface Clause {
  /** Version id: the founding event or the proposal that adopted it. */
  readonly version: string;
  /** Slug of the protocol in that version. */
  readonly protocol: string;
}

/** Why an event that is in the record has no effect. `code` has its words in i18n under `effects.<code>`. */
export interface WithoutEffect {
  readonly event: string;
  readonly code: string;
  readonly clause?: Clause;
  readonly events?: readonly string[];
}
