import type { MeetingRuntime } from '../../shared/sync/meeting/meet';
import { systemClock, systemRandom } from '../../shared/sync/system';

/** Connections that this window has, some of them closed since. */
const connections = new Set<RTCPeerConnection>();

/** The browser's own WebRTC and sockets: the one place that knows them. */
export const browser: MeetingRuntime = {
  clock: systemClock,
  random: systemRandom,
  connection: ({ iceServers }) => {
    for (const each of connections) if (each.connectionState === 'closed') connections.delete(each);
    const connection = new RTCPeerConnection({ iceServers: iceServers.map((server) => ({ ...server })) });
    connections.add(connection);
    return connection;
  },
  socket: (address) => new WebSocket(address),
};

/** A window that goes takes leave: by itself it would leave the others to find out by its silence, which takes them some ten seconds. */
export function leaveWithWindow(window: EventTarget): void {
  window.addEventListener('pagehide', () => {
    for (const connection of connections) connection.close();
  });
}
