/** A page of the story's knowledge commons, in Markdown. */
export interface StoryPage {
  readonly id: string;
  readonly title: string;
  readonly parent?: string;
  readonly by: string;
  /** Civil date on which it is begun. */
  readonly on: string;
  readonly text: string;
  readonly tags?: readonly string[];
  /** What others add at the end later. */
  readonly added?: readonly { readonly by: string; readonly on: string; readonly text: string }[];
}
