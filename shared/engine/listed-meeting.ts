import { protocolOf, versionInForce } from '../network/agreement/queries';
import { defaultParameters } from '../network/agreement/templates';
import type { Helpers } from '../invite/link';
import type { State } from '../network/state';
import type { IceServer } from '../sync/webrtc/ports';

/** As WebRTC takes them. */
export const iceServersOf = ({ stun, turn }: Helpers): readonly IceServer[] => [
  ...stun.map((urls) => ({ urls })),
  ...turn.map(({ address, username, credential }) => ({ urls: address, username, credential })),
];

/** Where the agreement in force has its members meet, and whom their apps ask for help with connections; nobody where it says nothing. */
export function listedMeeting(state: State): {
  readonly places: readonly string[];
  readonly helpers: Helpers;
} {
  const { places, stun, turn } = protocolOf(versionInForce(state), 'meeting')?.params ?? defaultParameters('meeting');
  return { places, helpers: { stun, turn } };
}
