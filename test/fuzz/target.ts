/** One reader of foreign bytes. */
export interface Target {
  readonly name: string;
  /** Well-formed inputs to begin with. */
  readonly samples: readonly Uint8Array[];
  /**
   * Reads an input. Throws (or rejects with) a `PeerholdError`, or what is not one and then a fault; true where the input was taken.
   */
  read(bytes: Uint8Array): boolean | Promise<boolean>;
}
