import { createHash, createPublicKey, verify as platform } from 'node:crypto';

/** "Signatures" of docs/protocol.md. */
const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const littleEndian = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const mod = (value: bigint): bigint => ((value % FIELD) + FIELD) % FIELD;

function inverse(value: bigint): bigint {
  let result = 1n;
  let base = mod(value);
  for (let exponent = FIELD - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}
const D = mod(-121665n * inverse(121666n));

/**
 * The curve is -x² + y² = 1 + d x² y²; what three doublings bring to y = 1 is of small order. The sign of x plays no part. Here y is a
 * fraction n/m, x² is p/q.
 */
function isPoint(encoded: Buffer): boolean {
  let n = littleEndian(encoded) & (2n ** 255n - 1n);
  let m = 1n;
  if (n >= FIELD) return false;
  for (let doubling = 0; doubling < 3; doubling++) {
    const [nn, mm] = [mod(n * n), mod(m * m)];
    const [p, q] = [mod(nn - mm), mod(D * nn + mm)];
    [n, m] = [mod(nn * q + p * mm), mod(2n * mm * q + p * mm - nn * q)];
  }
  return n !== m;
}

/** Whether a signature is a key's (hexadecimal digits) over a message. */
export function verifies(key: string, message: Buffer, signature: Buffer): boolean {
  const raw = Buffer.from(key, 'hex');
  if (!isPoint(raw) || !isPoint(signature.subarray(0, 32)) || littleEndian(signature.subarray(32)) >= ORDER)
    return false;
  const handle = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  return platform(null, message, handle, signature);
}

export function sha256(...parts: readonly (Buffer | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
