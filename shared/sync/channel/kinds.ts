/** Every sub-stream of a channel. A number is given once and never again; peers ignore kinds that they do not know. */
export const KIND = {
  control: 0,
  record: 1,
  docs: 2,
  presence: 3,
  join: 4,
  files: 5,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** What passes between a member and someone who is not one yet. */
export function openToJoiners(kind: number): boolean {
  return kind === KIND.control || kind === KIND.join;
}
