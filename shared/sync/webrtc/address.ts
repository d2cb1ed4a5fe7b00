/** How far an address reaches: this machine, a network that no router of the internet leads to, or anywhere. */
export type Reach = 'loopback' | 'local' | 'public';

/** IPv4 of this machine (RFC 1122), private (RFC 1918), and of one link (RFC 3927). */
const IPV4: readonly (readonly [base: number, bits: number, reach: Reach])[] = [
  [0x7f000000, 8, 'loopback'],
  [0x0a000000, 8, 'local'],
  [0xac100000, 12, 'local'],
  [0xc0a80000, 16, 'local'],
  [0xa9fe0000, 16, 'local'],
];

/** Undefined for what names no address of a machine: a name, nothing at all, or one of no machine in particular (`0.0.0.0`, `::`). */
export function reachOf(address: string): Reach | undefined {
  const v4 = ipv4(address);
  if (v4 !== undefined) return reachOfV4(v4);
  const groups = ipv6(address);
  if (groups === undefined) return undefined;
  const first = groups[0]!;
  if (groups.slice(0, 5).every((group) => group === 0)) {
    // An IPv4 address in the form of IPv6 (RFC 4291, section 2.5.5.2).
    if (groups[5] === 0xffff) return reachOfV4(groups[6]! * 0x10000 + groups[7]!);
    if (groups[5] === 0 && groups[6] === 0) return groups[7] === 1 ? 'loopback' : undefined;
  }
  // Of one link (fe80::/10), and unique local (fc00::/7, RFC 4193).
  return (first & 0xffc0) === 0xfe80 || (first & 0xfe00) === 0xfc00 ? 'local' : 'public';
}

/** Whether two IPv6 addresses are of one network: the first 64 bits are a link's, the rest a machine's (RFC 4291, section 2.5.1). */
export function sameLink(a: string, b: string): boolean {
  const [left, right] = [ipv6(a), ipv6(b)];
  return left !== undefined && right !== undefined && left.slice(0, 4).every((group, index) => group === right[index]);
}

function reachOfV4(address: number): Reach | undefined {
  if (address >>> 24 === 0) return undefined;
  return IPV4.find(([base, bits]) => address >>> (32 - bits) === base >>> (32 - bits))?.[2] ?? 'public';
}

function ipv4(address: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
  const bytes = address.split('.').map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The eight groups of an IPv6 address, without its zone. */
function ipv6(address: string): readonly number[] | undefined {
  const [text = ''] = address.replace(/^\[|\]$/g, '').split('%');
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = tail === null ? undefined : ipv4(tail[2]!);
  if (tail !== null && last === undefined) return undefined;
  const hex = last === undefined ? text : `${tail![1]}${(last >>> 16).toString(16)}:${(last & 0xffff).toString(16)}`;
  const [head = '', rest, ...more] = hex.split('::');
  if (more.length > 0 || !hex.includes(':')) return undefined;
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(rest ?? '')];
  const gap = 8 - before.length - after.length;
  if (rest === undefined ? gap !== 0 : gap < 1) return undefined;
  const all = [...before, ...Array<string>(rest === undefined ? 0 : gap).fill('0'), ...after];
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? all.map((group) => parseInt(group, 16)) : undefined;
}
