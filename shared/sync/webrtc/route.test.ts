import { describe, expect, it } from 'vitest';
import type { Route } from '../channel/ports';
import { routeOf } from './route';

type Kind = 'host' | 'srflx' | 'prflx' | 'relay';
type End = readonly [Kind, string?];

const candidate = (id: string, side: 'local' | 'remote', [candidateType, address]: End): object => ({
  id,
  type: `${side}-candidate`,
  candidateType,
  ...(address === undefined ? {} : { address }),
});
const pair = (more: object = {}): object => ({
  id: 'pair',
  type: 'candidate-pair',
  localCandidateId: 'here',
  remoteCandidateId: 'there',
  state: 'succeeded',
  ...more,
});
const transport = { id: 'transport', type: 'transport', selectedCandidatePairId: 'pair' };
const report = (...rows: unknown[]): Map<number, unknown> => new Map(rows.entries());

/** As a runtime reports it: the pair in use, and other addresses of this machine besides. */
const connected = (here: End, there: End, ...own: readonly string[]): Map<number, unknown> =>
  report(
    candidate('here', 'local', here),
    candidate('there', 'remote', there),
    ...own.map((address, index) => candidate(`own${index}`, 'local', ['host', address])),
    pair(),
    transport,
  );

const MDNS = '0b1f7a9e-0001-4c47-9485-e449f1a41678.local';

describe('the route of a connection', () => {
  it.each<[string, End, End, Route | null]>([
    ['loopback', ['host', '127.0.0.1'], ['host', '127.0.0.1'], 'machine'],
    ['loopback of IPv6', ['host', '::1'], ['host', '::1'], 'machine'],
    ['loopback at one end', ['host', '192.168.1.5'], ['host', '127.0.0.1'], 'machine'],
    ['this machine by its address in the LAN', ['host', '192.168.1.5'], ['host', '192.168.1.5'], 'machine'],
    ['this machine by a public address', ['host', '2001:db8::5'], ['prflx', '2001:db8::5'], 'machine'],
    ['private addresses', ['host', '192.168.1.5'], ['host', '192.168.1.6'], 'lan'],
    ['link-local ones', ['host', '169.254.1.5'], ['host', '169.254.1.6'], 'lan'],
    ['link-local ones of IPv6', ['host', 'fe80::5'], ['host', 'fe80::6'], 'lan'],
    ['unique local ones of IPv6', ['host', 'fd00::5'], ['host', 'fd00:1::6'], 'lan'],
    ['public ones of one link', ['host', '2001:db8:0:1::5'], ['host', '2001:db8:0:1::6'], 'lan'],
    ['a name that the link resolves', ['host', MDNS], ['host', MDNS], 'lan'],
    ['names that the browser does not tell', ['host', ''], ['host', ''], 'lan'],
    ['a redacted address', ['host', '(redacted)'], ['host', '(redacted)'], 'lan'],
    ['a private one that was learnt on the way', ['host', '10.0.0.5'], ['prflx', '10.0.0.6'], 'lan'],
    ['an unknown one that was learnt on the way', ['host', ''], ['prflx', ''], null],
    ['an unknown one behind a router', ['host', '10.0.0.5'], ['srflx'], null],
    ['public addresses', ['host', '198.51.100.5'], ['host', '203.0.113.6'], 'internet'],
    ['routers at both ends', ['srflx', '198.51.100.5'], ['srflx', '203.0.113.6'], 'internet'],
    ['one learnt on the way', ['prflx', '198.51.100.5'], ['prflx', '203.0.113.6'], 'internet'],
    ['public ones of two links', ['host', '2001:db8:0:1::5'], ['host', '2001:db8:0:2::6'], 'internet'],
    ['a host that says it is one, at a public address', ['host', '10.0.0.5'], ['host', '203.0.113.6'], 'internet'],
    ['our relay', ['relay', '203.0.113.9'], ['host', '192.168.1.6'], 'relay'],
    ['our relay, to the other side’s loopback', ['relay', '203.0.113.9'], ['host', '127.0.0.1'], 'relay'],
    ['their relay', ['srflx', '198.51.100.5'], ['relay', '203.0.113.9'], 'relay'],
    ['relays at both ends', ['relay', '203.0.113.9'], ['relay', '203.0.113.9'], 'relay'],
    ['a relay in the LAN', ['host', '192.168.1.5'], ['relay', '192.168.1.9'], 'relay'],
  ])('%s', (_name, here, there, route) => {
    expect(routeOf(connected(here, there))).toBe(route);
  });

  it('is this machine where the other end has another address of it', () => {
    expect(routeOf(connected(['host', '192.168.1.5'], ['host', '203.0.113.6'], '203.0.113.6'))).toBe('machine');
    expect(routeOf(connected(['srflx', '203.0.113.6'], ['srflx', '203.0.113.6']))).toBe('internet');
    expect(routeOf(connected(['host', ''], ['prflx', ''], ''))).toBeNull();
  });

  it('is that of the pair in use, however the runtime names it', () => {
    const ends = [candidate('here', 'local', ['host', '10.0.0.5']), candidate('there', 'remote', ['host', '10.0.0.6'])];
    const far = candidate('far', 'remote', ['host', '203.0.113.6']);
    const other = { ...pair(), id: 'other', remoteCandidateId: 'far', nominated: true };
    expect(routeOf(report(...ends, far, other, pair(), transport))).toBe('lan');
    expect(routeOf(report(...ends, far, other, pair({ selected: true })))).toBe('lan');
    expect(routeOf(report(...ends, far, other))).toBe('internet');
    expect(routeOf(report(...ends, far, other, pair({ nominated: true })))).toBeNull();
    expect(routeOf(report(...ends, far, { ...other, state: 'in-progress' }))).toBeNull();
  });

  it('is not known from what says nothing', () => {
    const [here, there] = [candidate('here', 'local', ['host']), candidate('there', 'remote', ['host', '10.0.0.6'])];
    for (const rows of [[], [transport], [pair(), transport], [here, pair(), transport], [null, 7, 'x', {}]])
      expect(routeOf(report(...rows))).toBeNull();
    expect(routeOf(report(here, there, pair(), transport))).toBe('lan');
  });

  it('is read from older runtimes too, which call an address `ip`', () => {
    const here = { id: 'here', type: 'local-candidate', candidateType: 'host', ip: '10.0.0.5' };
    const there = { id: 'there', type: 'remote-candidate', candidateType: 'host', ip: '203.0.113.6' };
    expect(routeOf(report(here, there, pair(), transport))).toBe('internet');
  });
});
