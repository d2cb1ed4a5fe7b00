const FIELD = 2n ** 255n - 19n;
/** What doubling brings to nothing in three steps at most, on the curve of RFC 7748 or its twist. */
export function isUsable(key: string): boolean {
  const u = BigInt(`0x${key.match(/../g)!.reverse().join('')}`);
  if (u >= FIELD) return false;
  const mod = (value: bigint): bigint => ((value % FIELD) + FIELD) % FIELD;
  let [x, z] = [u, 1n];
  for (let step = 0; step < 3 && z !== 0n; step++) {
    const [plus, minus] = [mod((x + z) ** 2n), mod((x - z) ** 2n)];
    const cross = mod(plus - minus);
    [x, z] = [mod(plus * minus), mod(cross * (minus + 121_666n * cross))];
  }
  return z !== 0n;
}
