import { systemClock, systemRandom } from '../../../shared/sync/system';
import { PortTransport } from '../../../renderer/sync/port-transport';
import { errorCode } from '../../../shared/errors';
import { toHex } from '../../../shared/record/bytes';
import { KIND } from '../../../shared/sync/channel/kinds';
import { Neighbours } from '../../../shared/sync/channel/neighbours';
import { PRIORITY, type Signer, type Verify } from '../../../shared/sync/channel/ports';
import type { HarnessEvent, PeerOrder, ToWorker } from './messages';

/** The worker's half of the harness: a peer for each network, with the real channel and keys, and nothing behind it. */
const peers = new Map<string, { neighbours: Neighbours; started: number }>();

const verify: Verify = async (key, bytes, signature) => {
  const raw = await crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', raw, signature as Uint8Array<ArrayBuffer>, bytes as Uint8Array<ArrayBuffer>);
};

async function signerOf({ key }: PeerOrder): Promise<Signer> {
  let secret: CryptoKey;
  let deviceKey: Uint8Array;
  if (key === undefined) {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    secret = pair.privateKey;
    deviceKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  } else {
    const bytes = Uint8Array.from(atob(key.secret), (char) => char.charCodeAt(0));
    secret = await crypto.subtle.importKey('pkcs8', bytes, 'Ed25519', false, ['sign']);
    deviceKey = Uint8Array.from(key.device.match(/../g) ?? [], (digits) => parseInt(digits, 16));
  }
  return {
    deviceKey,
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', secret, bytes as Uint8Array<ArrayBuffer>)),
  };
}

const at = (): number => performance.timeOrigin + performance.now();
const digestOf = async (bytes: Uint8Array): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));

function serve(port: MessagePort): void {
  const tell = (event: HarnessEvent): void => port.postMessage(event);
  const orders: Record<ToWorker['type'], (order: ToWorker) => void | Promise<void>> = {
    async peer(message) {
      if (message.type !== 'peer') return;
      const { network, tamper } = message.order;
      const signer = await signerOf(message.order);
      const neighbours = new Neighbours({
        network: tamper === 'network' ? network.replace(/^../, (first) => (first === '00' ? 'ff' : '00')) : network,
        signer,
        verify,
        random: systemRandom,
        clock: systemClock,
        inviteKey: () => undefined,
        authorise: () => true,
      });
      peers.set(network, { neighbours, started: performance.now() });
    },
    async transport(message) {
      if (message.type !== 'transport') return;
      const { network, exposed } = message;
      const peer = peers.get(network);
      if (peer === undefined) return;
      try {
        const channel = await peer.neighbours.add(new PortTransport(exposed), (opening) => {
          opening.on(KIND.presence, ([value = -1]) => tell({ type: 'got-small', network, value }));
          opening.on(KIND.files, async (bytes) => {
            const arrived = at();
            tell({ type: 'got-bulk', network, bytes: bytes.length, digest: await digestOf(bytes), at: arrived });
          });
        });
        const device = channel.remote?.device ?? '';
        tell({ type: 'open', network, device, after: performance.now() - peer.started });
        channel.onClose(({ code, by }) => tell({ type: 'closed', network, code, by }));
      } catch (error) {
        tell({ type: 'refused', network, code: errorCode(error) });
      }
    },
    async bulk(message) {
      if (message.type !== 'bulk') return;
      const { network, bytes, small } = message;
      const [channel] = peers.get(network)?.neighbours.all() ?? [];
      const body = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(body.subarray(at, at + 65_536));
      tell({ type: 'sent', network, digest: await digestOf(body), at: at() });
      channel?.send(KIND.files, body, PRIORITY.bulk);
      for (let value = 0; value < small; value++) {
        channel?.send(KIND.presence, new Uint8Array([value]), PRIORITY.urgent);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
  port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void orders[data.type](data));
  port.start();
}

addEventListener('message', ({ data }: MessageEvent<MessagePort>) => serve(data), { once: true });
