import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepLinkHash, deepLinkOfHash, formatDeepLink, MAX_DEEP_LINK_LENGTH, parseDeepLink } from './deep-link';
import { isSafeExternalUrl } from './external-url';
import { MAX_FILE_NAME_LENGTH, safeFileName } from './file-name';

describe('deep links', () => {
  test('a join link is read, written and mapped to its route and back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._~-]{1,200}$/), (payload) => {
        const link = { action: 'join', payload } as const;
        expect(parseDeepLink(formatDeepLink(link))).toEqual(link);
        expect(deepLinkOfHash(deepLinkHash(link))).toEqual(link);
      }),
    );
  });

  test.each([
    'https://join/abc',
    'peerhold://join/',
    'peerhold://join',
    'peerhold://leave/abc',
    'peerhold://join/abc/def',
    'peerhold://join/abc?x=1',
    'peerhold://join/abc#x',
    'peerhold://join/%61',
    'peerhold://join/abc\n',
    ' peerhold://join/abc',
    'peerhold://user@join/abc',
    'PEERHOLD://join/abc',
    `peerhold://join/${'a'.repeat(MAX_DEEP_LINK_LENGTH)}`,
    '',
    undefined,
    7,
    { toString: () => 'peerhold://join/abc' },
  ])('refuses %j', (text) => {
    expect(parseDeepLink(text)).toBeUndefined();
  });
});

describe('external addresses', () => {
  test.each(['https://example.org', 'https://example.org:8443/a?b=c#d', 'mailto:a@example.org?subject=Hello'])(
    'allows %s',
    (url) => {
      expect(isSafeExternalUrl(url)).toBe(true);
    },
  );

  test.each([
    'http://example.org',
    'https://user:pass@example.org/',
    'https://example.org\\@evil.org',
    'https://',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://server/share',
    'mailto:',
    'mailto:a@b@c',
    ' https://example.org',
    'https://example.org/a b',
    `https://example.org/${'a'.repeat(5000)}`,
    null,
  ])('refuses %j', (url) => {
    expect(isSafeExternalUrl(url)).toBe(false);
  });
});

describe('file names', () => {
  test('any text becomes one plain name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = safeFileName(text);
        expect(name).not.toBe('');
        expect(name.length).toBeLessThanOrEqual(MAX_FILE_NAME_LENGTH + 1);
        expect(name).not.toMatch(/[/\\:]|^\.|\.$/);
      }),
    );
  });

  test.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['con.txt', '_con.txt'],
    ['…', '…'],
    ['...', 'peerhold'],
  ])('%j becomes %j', (from, to) => {
    expect(safeFileName(from)).toBe(to);
  });
});
