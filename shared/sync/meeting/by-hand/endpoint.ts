import { PeerholdError } from '../../../errors';
import { fromHex, toHex } from '../../../record/bytes';
import { id, integer, list, matching, object, type Of, oneOf } from '../../../record/shape';
import { fingerprintOf } from '../../webrtc/fingerprint';

/** An address as ICE names one: IPv4, IPv6, or the `.local` name behind which a browser hides either. No other name: it would be looked up. */
const address = matching(
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local)$/,
);
export const candidateShape = object({ kind: oneOf('host', 'srflx', 'relay'), address, port: integer(1, 65_535) });
export const MAX_CANDIDATES = 8;
/** Characters of ICE's own alphabet (RFC 8839); all that is here goes into a session description as it is. */
export const endpointShape = object({
  ufrag: matching(/^[A-Za-z0-9+/]{4,60}$/),
  password: matching(/^[A-Za-z0-9+/]{22,60}$/),
  fingerprint: id,
  candidates: list(candidateShape, MAX_CANDIDATES, 1),
});

/** What the other side must know of this end of a connection: all else in a session description is the same each time. */
export type Endpoint = Of<typeof endpointShape>;
type Candidate = Endpoint['candidates'][number];

const CANDIDATE = /^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (\S+)/gim;

/**
 * The end that a session description of our own describes. Of its addresses the eight that ICE prefers, over UDP alone: two browsers do not
 * connect over its TCP candidates. Throws `by-hand-no-address` where there is none, and `channel.bad-description` for what is no
 * description of one data channel.
 */
export function endpointOf(sdp: string): Endpoint {
  const value = (name: string): string => new RegExp(`^a=${name}:(.*?)\r?$`, 'm').exec(sdp)?.[1] ?? '';
  const candidates = [...sdp.matchAll(CANDIDATE)]
    .map(([, priority, where, port, kind]) => ({
      priority: Number(priority),
      candidate: { kind, address: where?.toLowerCase(), port: Number(port) },
    }))
    .sort((a, b) => b.priority - a.priority)
    .flatMap(({ candidate }) => (candidateShape(candidate) ? [candidate] : []))
    .slice(0, MAX_CANDIDATES);
  const endpoint = {
    ufrag: value('ice-ufrag'),
    password: value('ice-pwd'),
    fingerprint: toHex(fingerprintOf(sdp)),
    candidates,
  };
  if (candidates.length === 0) throw new PeerholdError('by-hand-no-address');
  if (!endpointShape(endpoint) || value('mid') !== '0') throw new PeerholdError('channel.bad-description');
  return endpoint;
}

/** Kinds in the order in which ICE prefers them (RFC 8445, section 5.1.2). */
const PREFERENCE = { host: 126, srflx: 100, relay: 0 } as const;

/** The session description that says this of the other end. */
export function descriptionOf(type: 'offer' | 'answer', endpoint: Endpoint): string {
  const { ufrag, password, fingerprint, candidates } = endpoint;
  const print = [...fromHex(fingerprint)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...candidates.map(candidateLine),
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${print}`,
    `a=setup:${type === 'offer' ? 'actpass' : 'active'}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ].join('\r\n');
}

function candidateLine({ kind, address: where, port }: Candidate, index: number): string {
  const priority = PREFERENCE[kind] * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255;
  const behind = kind === 'host' ? '' : where.includes(':') ? ' raddr :: rport 0' : ' raddr 0.0.0.0 rport 0';
  return `a=candidate:${index + 1} 1 udp ${priority} ${where} ${port} typ ${kind}${behind}`;
}
