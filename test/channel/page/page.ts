import { browser } from '../../../renderer/sync/browser';
import { exposeTransport } from '../../../renderer/sync/port-transport';
import { type Meet, meet } from '../../../shared/sync/meeting/meet';
import type { Harness, HarnessEvent, PeerOrder, ToWorker } from './messages';

/** The page's half: what the app's main thread does, and `window.harness` for the test. */
declare global {
  interface Window {
    harness: Harness;
  }
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const { port1, port2 } = new MessageChannel();
worker.postMessage(port2, [port2]);
const tell = (message: ToWorker, moved: Transferable[] = []): void => port1.postMessage(message, moved);

const events: HarnessEvent[] = [];
port1.addEventListener('message', ({ data }: MessageEvent<HarnessEvent>) => void events.push(data));
port1.start();
const meets: Meet[] = [];

/** Whoever relays an offer and puts a certificate of its own in. */
function tamperWithDescriptions(): void {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    override setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
      // One fingerprint in 256 begins with 00 itself.
      const swap = (_line: string, name: string, first: string): string => name + (first === '00' ? 'FF' : '00');
      return super.setRemoteDescription({ type, sdp: sdp?.replace(/(a=fingerprint:sha-256 )(..)/, swap) ?? '' });
    }
  };
}

async function start(order: PeerOrder): Promise<void> {
  if (order.tamper === 'description') tamperWithDescriptions();
  tell({ type: 'peer', order });
  const made = await meet(browser, {
    network: order.network,
    servers: order.servers,
    onTransport(transport) {
      const exposed = exposeTransport(transport);
      const seen = { ...exposed };
      if (order.tamper === 'remote-fingerprint') seen.remoteFingerprint = exposed.remoteFingerprint.map((b) => b ^ 1);
      tell({ type: 'transport', network: order.network, exposed: seen }, [exposed.port]);
    },
  });
  meets.push(made);
}

window.harness = {
  events,
  start,
  bulk: (network, bytes, small) => tell({ type: 'bulk', network, bytes, small }),
  statuses: () => meets.map(({ status }) => status),
};
