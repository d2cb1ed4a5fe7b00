import { PeerholdError } from '../../errors';
import { fromHex } from '../../record/bytes';

const LINE = /^a=fingerprint:(.*?)\r?$/gim;
const SHA256 = /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i;

/**
 * The certificate's SHA-256 fingerprint in a session description (RFC 8122): what DTLS will be checked against. A description with
 * several different ones, another hash, or anything but one data section could mean something else to the browser than to us: refused
 * with `channel.bad-description`.
 */
export function fingerprintOf(sdp: string): Uint8Array {
  const prints = [...sdp.matchAll(LINE)].map(([, value = '']) => SHA256.exec(value.trim())?.[1]?.toLowerCase());
  const [print] = prints;
  const [section, ...others] = sdp.match(/^m=.*$/gm) ?? [];
  const oneDataSection = others.length === 0 && section?.startsWith('m=application ') === true;
  if (print === undefined || prints.some((other) => other !== print) || !oneDataSection)
    throw new PeerholdError('channel.bad-description');
  return fromHex(print.replaceAll(':', ''));
}
