import { protocolOf, versionInForce } from '../network/agreement/queries';
import { defaultParameters } from '../network/agreement/templates';
import type { State } from '../network/state';
import type { IceServer } from '../sync/webrtc/ports';

/** Where the agreement in force has its members meet, and whom their apps ask for help with connections; nobody where it says nothing. */
export function listedMeeting(state: State): {
  readonly places: readonly string[];
  readonly iceServers: readonly IceServer[];
} {
  const { places, stun, turn } = protocolOf(versionInForce(state), 'meeting')?.params ?? defaultParameters('meeting');
  return {
    places,
    iceServers: [
      ...stun.map((urls) => ({ urls })),
      ...turn.map(({ address, username, credential }) => ({ urls: address, username, credential })),
    ],
  };
}
