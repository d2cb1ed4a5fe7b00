import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import { PeerholdError } from '../../shared/errors';
import type { MeetingRuntime } from '../../shared/sync/meeting/meet';
import type { Socket } from '../../shared/sync/meeting/signalling';
import { systemClock, systemRandom } from '../../shared/sync/system';
import { countAtOnce } from './buffer';
import type { PeerConnection, RtcConfiguration } from '../../shared/sync/webrtc/ports';

interface Library {
  readonly RTCPeerConnection: new (configuration: RtcConfiguration) => PeerConnection;
}
let library: Library | undefined;

/**
 * WebRTC and sockets for Node: the one place that knows their libraries. Its connections are the same as a browser's
 * (`test/e2e/transports.test.ts`). Opening one throws `webrtc-missing` on systems for which the library has no binary.
 */
export const nodeRuntime: MeetingRuntime = {
  clock: systemClock,
  random: systemRandom,
  connection(configuration) {
    // Loaded when it is needed: most commands never connect.
    library ??= load();
    return countAtOnce(new library.RTCPeerConnection(configuration));
  },
  // Its listeners take events of more fields than are asked for here.
  socket: (address) => new WebSocket(address) as unknown as Socket,
};

function load(): Library {
  try {
    return createRequire(import.meta.url)('@roamhq/wrtc') as Library;
  } catch (cause) {
    throw new PeerholdError('webrtc-missing', {}, { cause });
  }
}
