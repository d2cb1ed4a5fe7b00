import { nodeRuntime } from '../../node/sync/runtime';
import type { DataChannel, PeerConnection } from '../../shared/sync/webrtc/ports';

/** Bytes of an event with what goes round it. */
const MESSAGE = 400;
const ROUNDS = 200;

/** The floor of P6: milliseconds that a message takes one way over a bare data channel between two ends in this process; the median. */
export async function rawLatency(): Promise<number> {
  const ends = [nodeRuntime.connection({ iceServers: [] }), nodeRuntime.connection({ iceServers: [] })] as const;
  const channels = ends.map((end) => end.createDataChannel('raw', { negotiated: true, id: 0 }));
  const [here, there] = channels as [DataChannel, DataChannel];
  try {
    const opened = Promise.all(
      channels.map((channel) => new Promise<void>((resolve) => channel.addEventListener('open', () => resolve()))),
    );
    const offer = await described(ends[0], await ends[0].createOffer());
    await ends[1].setRemoteDescription({ type: 'offer', sdp: offer });
    const answer = await described(ends[1], await ends[1].createAnswer());
    await ends[0].setRemoteDescription({ type: 'answer', sdp: answer });
    await opened;
    const message = new Uint8Array(MESSAGE);
    there.addEventListener('message', () => there.send(message));
    const times: number[] = [];
    let back = (): void => undefined;
    here.addEventListener('message', () => back());
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await new Promise<void>((resolve) => {
        back = resolve;
        here.send(message);
      });
      times.push((performance.now() - start) / 2);
    }
    return times.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
  } finally {
    for (const end of ends) end.close();
  }
}

/** A description with all its candidates. */
async function described(end: PeerConnection, description: unknown): Promise<string> {
  await end.setLocalDescription(description as never);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (end.iceGatheringState === 'complete') resolve();
    };
    end.addEventListener('icegatheringstatechange', look);
    look();
  });
  return end.localDescription!.sdp;
}
