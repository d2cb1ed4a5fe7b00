import { expect, it } from 'vitest';
import { isPicture, pictureType } from './picture-types';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

it('what is a picture is told by its first bytes, not by what it says of itself', () => {
  expect(pictureType(bytes('\x89PNG\r\n\x1a\nxxxx'))).toBe('image/png');
  expect(pictureType(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
  expect(pictureType(bytes('GIF89a'))).toBe('image/gif');
  expect(pictureType(bytes('RIFF0000WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(bytes('\0\0\0 ftypavif'))).toBe('image/avif');
  for (const other of ['', '<svg onload=alert(1)>', '%PDF-1.7', '\x89PNX', 'RIFF0000WAVE', '\0\0\0 ftypmp42'])
    expect(pictureType(bytes(other))).toBeNull();
  expect(isPicture('image/svg+xml')).toBe(false);
  expect(isPicture('image/png')).toBe(true);
});
