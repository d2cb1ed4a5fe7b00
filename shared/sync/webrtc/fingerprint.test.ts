import { describe, expect, it } from 'vitest';
import { errorCode } from '../../errors';
import { toHex } from '../../record/bytes';
import { fingerprintOf } from './fingerprint';

const hex = (byte: string): string => Array(32).fill(byte).join(':');
const sdp = (...lines: string[]): string =>
  ['v=0', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', ...lines, ''].join('\r\n');

describe('fingerprint of a session description', () => {
  it('is read, in either case', () => {
    expect(toHex(fingerprintOf(sdp(`a=fingerprint:sha-256 ${hex('AB')}`)))).toBe('ab'.repeat(32));
    expect(toHex(fingerprintOf(sdp(`a=fingerprint:SHA-256 ${hex('0c')}`)))).toBe('0c'.repeat(32));
  });

  it.each([
    ['nothing', ''],
    ['no fingerprint', sdp()],
    ['another hash', sdp(`a=fingerprint:sha-1 ${hex('ab')}`)],
    ['a short one', sdp('a=fingerprint:sha-256 AB:CD')],
    ['two different ones', sdp(`a=fingerprint:sha-256 ${hex('ab')}`, `a=fingerprint:sha-256 ${hex('ac')}`)],
    ['a second one with another hash', sdp(`a=fingerprint:sha-256 ${hex('ab')}`, `a=fingerprint:sha-512 ${hex('ab')}`)],
    ['a second section', sdp(`a=fingerprint:sha-256 ${hex('ab')}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 111')],
    ['no data section', `v=0\r\na=fingerprint:sha-256 ${hex('ab')}\r\n`],
  ])('is refused with %s', (_name, text) => {
    let code = '';
    try {
      fingerprintOf(text);
    } catch (error) {
      code = errorCode(error);
    }
    expect(code).toBe('channel.bad-description');
  });
});
