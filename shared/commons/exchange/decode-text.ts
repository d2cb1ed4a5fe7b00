import { PeerholdError } from '../../errors';

/** What is used of the platform's decoder, which browsers, workers and Node share. */
interface Platform {
  readonly TextDecoder: new (
    encoding: string,
    options: { readonly fatal: boolean },
  ) => {
    decode(bytes: Uint8Array): string;
  };
}
const { TextDecoder } = globalThis as unknown as Platform;

/** A file's text: UTF-8, or UTF-16 where its first bytes say so. Throws `import-not-text`. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PeerholdError('import-not-text', {}, { cause });
  }
}

/** The name of a file in an archive: UTF-8, or where it is none each byte a character. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
