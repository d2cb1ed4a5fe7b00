import type { Random } from './random';
import type { Timeline } from './timeline';
import type { World } from './world';

/** What the parts of a story share while it is told: proposals and resources by the ids that the story gives them. */
export interface Story {
  readonly world: World;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly proposals: Map<string, string>;
  readonly resources: Map<string, string>;
}
