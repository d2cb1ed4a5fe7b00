import { PeerholdError, errorCode } from '../../shared/errors';
import type { MeetStatus } from '../../shared/sync/meeting/meet';
import type { Session } from './session';
import { syncWords } from './words';

/**
 * Looks for whoever a link leads to, and says so, since it can take half a minute. Where nobody is there, it tells what is in the way and
 * what to do; rejects with `nobody-reachable` then, which names that as `obstacle`.
 */
export async function lookingFor<T>(session: Session, link: string, run: () => Promise<T>): Promise<T> {
  const engine = await session.engine();
  const { network, device } = await engine.host.readInvite(link);
  session.progress(device ? 'Looking for the device that made the link…' : 'Looking for the app of a member…');
  try {
    return await run();
  } catch (error) {
    if (errorCode(error) !== 'nobody-reachable') throw error;
    const obstacle = obstacleOf(engine.meeting(network));
    session.progress(`${syncWords(`obstacle.${obstacle}.title`)}. ${syncWords(`obstacle.${obstacle}.text`)}`);
    session.progress(`  What you can do: ${device ? REMEDY.device : REMEDY.invite}`);
    throw new PeerholdError('nobody-reachable', { obstacle }, { cause: error });
  }
}

const REMEDY = {
  device: 'keep `peerhold add-device`, or the app that made the link, open until this is done',
  invite: 'ask whoever invited you to be online, in the app or with `peerhold sync --serve`; then try again',
};

/** As for a network that one is in; what is known of it is only how the search went. */
function obstacleOf(meeting: MeetStatus | undefined): 'no-place' | 'places-unreachable' | 'nobody-there' | 'no-answer' {
  const servers = meeting?.servers ?? [];
  if (servers.length === 0) return 'no-place';
  if (meeting!.known > 0) return 'no-answer';
  return servers.some(({ connected }) => connected) ? 'nobody-there' : 'places-unreachable';
}
