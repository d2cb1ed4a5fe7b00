import type { MeetingRuntime } from '../../shared/sync/meeting/meet';
import { systemClock, systemRandom } from '../../shared/sync/system';

/** The browser's own WebRTC and sockets: the one place that knows them. */
export const browser: MeetingRuntime = {
  clock: systemClock,
  random: systemRandom,
  connection: ({ iceServers }) => new RTCPeerConnection({ iceServers: iceServers.map((server) => ({ ...server })) }),
  socket: (address) => new WebSocket(address),
};
