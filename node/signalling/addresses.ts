import { isIPv4 } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';

/** How many addresses an invite has room for. */
const MAX_ADDRESSES = 8;

/** An address that others can reach without a zone: no loopback, no link-local ones. */
function isReachable({ address, internal }: NetworkInterfaceInfo): boolean {
  return !internal && !/^fe[89ab]/i.test(address) && !address.startsWith('169.254.');
}

/** The `ws://` addresses at which others reach a server on this machine that listens on every interface; IPv4 first. */
export function lanAddresses(
  port: number,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
  const addresses = Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    .filter(isReachable)
    .map(({ address }) => address);
  const hosts = [
    ...addresses.filter((address) => isIPv4(address)),
    ...addresses.filter((address) => !isIPv4(address)).map((address) => `[${address}]`),
  ];
  return [...new Set(hosts)].slice(0, MAX_ADDRESSES).map((host) => `ws://${host}:${port}${SIGNALLING_PATH}`);
}
