import { EventEmitter } from 'node:events';
import multicastDns, { type DnsPacket, type MulticastDns } from 'multicast-dns';
import { QUESTION, announcementsIn, isAsked, recordsOf } from '../../node/lan/announcement';
import { FoundPlaces } from '../../node/lan/found-places';
import type { Target } from './target';

/** A socket that is on no network, and has what was sent last. */
class Socket extends EventEmitter {
  sent: Uint8Array = new Uint8Array();
  send(message: Uint8Array, _from: number, _bytes: number, _port: number, _host: string, done: () => void): void {
    this.sent = Uint8Array.from(message);
    done();
  }
}
const socket = new Socket();
/** The library as the product uses it, between the wire and the product's own reader. */
const onWire = multicastDns as unknown as (options: {
  readonly socket: EventEmitter;
  readonly bind: false;
  readonly multicast: false;
}) => MulticastDns;
const dns = onWire({ socket, bind: false, multicast: false });

const told = (answers: DnsPacket['answers'] & {}): Promise<Uint8Array> =>
  new Promise((resolve) => dns.respond({ answers }, () => resolve(socket.sent)));
async function asked(): Promise<Uint8Array> {
  dns.query(QUESTION);
  await new Promise((resolve) => setImmediate(resolve));
  return socket.sent;
}

const SENDER = '192.168.1.7';
const records = recordsOf({ instance: '0123456789abcdef', port: 50_123, seconds: 120 });
const samples = [await told(records), await told(records.map((record) => ({ ...record, ttl: 0 }))), await asked()];

let taken = false;
// Of what is no packet the product hears nothing.
dns.on('warning', () => undefined);
dns.on('query', (packet) => (taken ||= isAsked(packet)));
dns.on('response', (packet) => {
  const places = new FoundPlaces({ now: () => 0, setTimer: () => () => undefined });
  for (const announcement of announcementsIn(packet)) {
    places.hear(SENDER, announcement);
    taken = true;
  }
  const { addresses } = places;
  const wrong = addresses.find((address) => !/^ws:\/\/192\.168\.1\.7:\d{4,5}\/signal$/.test(address));
  if (wrong !== undefined || addresses.length > 2) throw new Error(`found: ${addresses.join(' ')}`);
});

/** What anybody on a LAN may send. */
export const PACKETS: Target = {
  name: 'packets on a LAN',
  samples,
  read(bytes) {
    taken = false;
    socket.emit('message', Buffer.from(bytes), { address: SENDER });
    return taken;
  },
};
