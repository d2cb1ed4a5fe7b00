/** What is used of the platform's Base64, which browsers, workers and Node share. */
interface Platform {
  atob(text: string): string;
  btoa(binary: string): string;
}
const { atob, btoa } = globalThis as unknown as Platform;

/** Bytes that are turned at once: a call takes only so many arguments. */
const AT_ONCE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(binary);
}

/** Throws for what is not Base64. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
