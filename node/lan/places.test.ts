import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimClock } from '../../test/channel/sim-clock';
import { announcementsIn, isAsked, recordsOf } from './announcement';
import { FoundPlaces } from './found-places';
import { isLocal, localInterfaces } from './local-address';

const instance = '0123456789abcdef';
const name = `${instance}._peerhold._tcp.local`;
const srv = (data: unknown, ttl = 120, of = name) => ({ name: of, type: 'SRV', ttl, data });

describe('an announcement', () => {
  it('is read as it was written', () => {
    const told = { instance, port: 4444, seconds: 120 };
    expect(announcementsIn({ answers: recordsOf(told) })).toEqual([told]);
    expect(announcementsIn({ answers: recordsOf({ ...told, seconds: 0 }) })).toEqual([{ ...told, seconds: 0 }]);
    expect(announcementsIn({ additionals: recordsOf(told) })).toEqual([told]);
  });

  it.each([
    ['another program’s port', srv({ port: 80 })],
    ['no port', srv({ port: 65_536 })],
    ['a port in words', srv({ port: '4444' })],
    ['no data', srv(null)],
    ['another service', srv({ port: 4444 }, 120, `${instance}._http._tcp.local`)],
    ['another name', srv({ port: 4444 }, 120, `Ana’s laptop._peerhold._tcp.local`)],
    ['a name with more before it', srv({ port: 4444 }, 120, `x.${name}`)],
  ])('is not one of %s', (_what, record) => expect(announcementsIn({ answers: [record] })).toEqual([]));

  it('is good for two minutes at most, and one packet holds few', () => {
    expect(announcementsIn({ answers: [srv({ port: 4444 }, 2 ** 31)] })[0]?.seconds).toBe(120);
    expect(announcementsIn({ answers: [srv({ port: 4444 }, -5)] })[0]?.seconds).toBe(0);
    expect(announcementsIn({ answers: Array.from({ length: 500 }, () => srv({ port: 4444 })) })).toHaveLength(32);
  });

  it('is asked for by the question for it, and no other', () => {
    expect(isAsked({ questions: [{ name: '_Peerhold._tcp.local', type: 'PTR' }] })).toBe(true);
    expect(isAsked({ questions: [{ name: '_http._tcp.local', type: 'PTR' }] })).toBe(false);
    expect(isAsked({})).toBe(false);
  });
});

describe('found places', () => {
  it('last as long as they are announced', async () => {
    const clock = new SimClock();
    const found = new FoundPlaces(clock);
    found.hear('10.0.0.2', { instance, port: 4444, seconds: 120 });
    await clock.advance(100_000);
    found.hear('10.0.0.2', { instance, port: 4444, seconds: 120 });
    await clock.advance(100_000);
    expect(found.addresses).toEqual(['ws://10.0.0.2:4444/signal']);
    await clock.advance(30_000);
    expect(found.addresses).toEqual([]);
    found.hear('10.0.0.2', { instance, port: 4444, seconds: 120 });
    found.hear('10.0.0.2', { instance, port: 4444, seconds: 0 });
    expect(found.addresses).toEqual([]);
  });

  it('are bounded, in all and of each sender, and nobody can take back or crowd out another’s', () => {
    const announcement = fc.record({
      instance: fc.constant(instance),
      port: fc.integer({ min: 1_024, max: 65_535 }),
      seconds: fc.integer({ min: 0, max: 120 }),
    });
    const others = fc.array(fc.tuple(fc.integer({ min: 3, max: 250 }), announcement), { maxLength: 200 });
    fc.assert(
      fc.property(others, (heard) => {
        const found = new FoundPlaces(new SimClock());
        found.hear('10.0.0.2', { instance, port: 4444, seconds: 120 });
        for (const [last, one] of heard) found.hear(`10.0.0.${last}`, one);
        expect(found.addresses).toContain('ws://10.0.0.2:4444/signal');
        expect(found.addresses.length).toBeLessThanOrEqual(8);
        for (let last = 3; last <= 250; last++)
          expect(found.addresses.filter((address) => address.includes(`//10.0.0.${last}:`)).length).toBeLessThan(3);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an address is local', () => {
  const home = [
    { address: '192.168.1.5', netmask: '255.255.255.0' },
    { address: '172.20.0.9', netmask: '255.255.0.0' },
    { address: '203.0.113.5', netmask: '255.255.255.0' },
    { address: '10.1.2.3', netmask: '0.0.0.0' },
  ];
  it.each(['192.168.1.77', '172.20.255.1', '10.200.0.1', '169.254.3.4'])('%s', (address) =>
    expect(isLocal(address, home)).toBe(true),
  );
  it.each(['203.0.113.77', '8.8.8.8', '172.32.0.1', '192.169.1.1', '11.0.0.1', 'fe80::1', 'printer.local', '', '10.1'])(
    'never %s, whatever the masks are',
    (address) => expect(isLocal(address, home)).toBe(false),
  );
  it('only in the network of an interface of one’s own', () => {
    expect(isLocal('192.168.2.77', home.slice(0, 2))).toBe(false);
    expect(isLocal('192.168.1.77', [])).toBe(false);
  });
  it('of interfaces there are few, each by its first IPv4 address', () => {
    const ipv4 = (address: string, internal = false) =>
      ({ address, netmask: '255.255.255.0', family: 'IPv4', internal }) as never;
    const ipv6 = { address: 'fe80::1', netmask: 'ffff::', family: 'IPv6', internal: false } as never;
    expect(localInterfaces({ lo: [ipv4('127.0.0.1', true)], eth: [ipv6, ipv4('10.0.0.1'), ipv4('10.0.0.2')] })).toEqual(
      [ipv4('10.0.0.1')],
    );
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`eth${i}`, [ipv4(`10.0.${i}.1`)]]));
    expect(localInterfaces(many)).toHaveLength(4);
  });
});
