import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../errors';
import { type Endpoint, MAX_CANDIDATES, descriptionOf, endpointOf } from './endpoint';
import { endpoints } from '../../../../test/kit/endpoints';

const FINGERPRINT = 'e3963ac0670fc8ffd500baf88810ff4c6661d933e9b7eba17962fb5cab2c15b0';
const print = FINGERPRINT.match(/../g)!.join(':').toUpperCase();
/** As Chromium describes itself, shortened. */
const lines = [
  'v=0',
  'o=- 989259592136131958 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=msid-semantic: WMS',
  'm=application 54591 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 192.0.2.2',
  'a=candidate:1510613869 1 udp 2122063615 127.0.0.1 49842 typ host generation 0 network-id 3',
  'a=candidate:3077952869 1 udp 2122265343 fd00::2 47432 typ host generation 0 network-id 2',
  'a=candidate:3229573512 1 udp 2122194687 192.0.2.2 54591 typ host generation 0 network-id 1',
  'a=candidate:842163049 1 udp 1677729535 203.0.113.9 54591 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  'a=candidate:4193659285 1 tcp 1518285567 fd00::2 9 typ host tcptype active generation 0 network-id 2',
  'a=ice-ufrag:1FPR',
  'a=ice-pwd:dWMYSCo6i5LwaJYfM0nhEW+b',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${print}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
];
const sdp = (change: (line: string) => string | undefined = (line) => line): string =>
  lines.flatMap((line) => change(line) ?? []).join('\r\n');
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    return errorCode(error);
  }
};

describe('an endpoint', () => {
  it('is read from a description, with the addresses that ICE prefers first, and none of TCP', () => {
    expect(endpointOf(sdp())).toEqual({
      ufrag: '1FPR',
      password: 'dWMYSCo6i5LwaJYfM0nhEW+b',
      fingerprint: FINGERPRINT,
      candidates: [
        { kind: 'host', address: 'fd00::2', port: 47432 },
        { kind: 'host', address: '192.0.2.2', port: 54591 },
        { kind: 'host', address: '127.0.0.1', port: 49842 },
        { kind: 'srflx', address: '203.0.113.9', port: 54591 },
      ],
    } satisfies Endpoint);
  });

  it('is the same after a description was made of it and read again', () => {
    fc.assert(
      fc.property(endpoints, fc.constantFrom('offer' as const, 'answer' as const), (endpoint, type) => {
        const order = { host: 0, srflx: 1, relay: 2 };
        const candidates = endpoint.candidates.toSorted((a, b) => order[a.kind] - order[b.kind]);
        expect(endpointOf(descriptionOf(type, endpoint))).toEqual({ ...endpoint, candidates });
      }),
    );
  });

  it('has at most eight addresses, and at least one', () => {
    const many = Array.from({ length: 20 }, (_, i) => `a=candidate:1 1 udp ${i + 1} 192.0.2.${i} 9000 typ host`);
    expect(endpointOf(sdp((line) => (line === 's=-' ? [line, ...many].join('\r\n') : line))).candidates).toHaveLength(
      MAX_CANDIDATES,
    );
    expect(codeOf(() => endpointOf(sdp((line) => (line.startsWith('a=candidate') ? undefined : line))))).toBe(
      'by-hand-no-address',
    );
  });

  it('is not made of another kind of description', () => {
    for (const change of [
      (line: string) => (line === 'a=mid:0' ? 'a=mid:data' : line),
      (line: string) => (line.startsWith('a=fingerprint') ? undefined : line),
      (line: string) => (line.startsWith('a=ice-pwd') ? 'a=ice-pwd:short' : line),
      (line: string) => line.replace('m=application', 'm=audio'),
    ])
      expect(codeOf(() => endpointOf(sdp(change)))).toBe('channel.bad-description');
  });
});
