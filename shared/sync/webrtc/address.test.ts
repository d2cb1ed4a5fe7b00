import { describe, expect, it } from 'vitest';
import { reachOf, sameLink } from './address';

describe('how far an address reaches', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.0.0.1', 'local'],
    ['172.16.0.1', 'local'],
    ['172.31.255.255', 'local'],
    ['192.168.178.20', 'local'],
    ['169.254.7.7', 'local'],
    ['::ffff:192.168.0.1', 'local'],
    ['fe80::1', 'local'],
    ['fe80::1%eth0', 'local'],
    ['febf:ffff::1', 'local'],
    ['fd00::2', 'local'],
    ['fc12:3456::1', 'local'],
    ['9.255.255.255', 'public'],
    ['172.15.0.1', 'public'],
    ['172.32.0.1', 'public'],
    ['192.169.0.1', 'public'],
    ['100.64.0.1', 'public'],
    ['203.0.113.5', 'public'],
    ['255.255.255.255', 'public'],
    ['2001:db8::1', 'public'],
    ['[2001:db8::1]', 'public'],
    ['fec0::1', 'public'],
    ['::ffff:203.0.113.5', 'public'],
    ['::2:1', 'public'],
  ])('%s: %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });

  it.each([
    '',
    '0.0.0.0',
    '::',
    '256.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    'localhost',
    '1:2:3',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '12345::1',
    'fe80::g',
    '::ffff:256.0.0.1',
    '0b1f7a9e-0001-4c47-9485-e449f1a41678.local',
    '(redacted)',
  ])('%j is none', (address) => {
    expect(reachOf(address)).toBeUndefined();
  });
});

describe('the link that addresses are of', () => {
  it.each([
    ['2001:db8:1:2::5', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', true],
    ['2001:db8:1:2::5', '2001:0DB8:0001:0002::5', true],
    ['2001:db8:1:2::5', '2001:db8:1:3::5', false],
    ['203.0.113.5', '203.0.113.5', false],
    ['', '', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameLink(a, b)).toBe(same);
  });
});
