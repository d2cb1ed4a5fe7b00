import { isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** An interface by its IPv4 address and mask. */
export interface LocalInterface {
  readonly address: string;
  readonly netmask: string;
}

/** One for each network that a machine may be on at once, with room to spare. */
const MAX_INTERFACES = 4;

/** This machine's interfaces to networks of others: the first IPv4 address of each. */
export function localInterfaces(
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): readonly LocalInterface[] {
  return Object.values(interfaces)
    .flatMap((entries) => entries?.find(({ family, internal }) => family === 'IPv4' && !internal) ?? [])
    .slice(0, MAX_INTERFACES);
}

/** Private (RFC 1918), link-local (RFC 3927) and this machine's own. */
const LOCAL_RANGES = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const;

/**
 * Whether a connection to an address stays in the network of one of these interfaces. mDNS does not leave it either, so an answer that
 * comes from elsewhere is forged; and nothing that is said on a LAN is to make this machine call an address on the internet.
 */
export function isLocal(address: string, interfaces: readonly LocalInterface[]): boolean {
  if (!isIPv4(address)) return false;
  const number = numberOf(address);
  return (
    LOCAL_RANGES.some(([base, bits]) => number >>> (32 - bits) === numberOf(base) >>> (32 - bits)) &&
    interfaces.some((own) => (number & numberOf(own.netmask)) === (numberOf(own.address) & numberOf(own.netmask)))
  );
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
