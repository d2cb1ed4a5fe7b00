import type { Surroundings } from '../../shared/peer/surroundings';
import { systemClock, systemRandom } from '../../shared/sync/system';

/** Real time and chance, for peers that run in this worker. */
export const surroundings: Surroundings = { clock: systemClock, random: systemRandom, now: () => Date.now() };
