import type { DnsPacket, DnsRecord } from 'multicast-dns';

/** DNS-SD (RFC 6763) over mDNS (RFC 6762). */
const SERVICE = '_peerhold._tcp.local';
const INSTANCE = /^([0-9a-f]{16})\._peerhold\._tcp\.local$/;
/** Seconds for which an announcement is good. */
export const TTL = 120;
/** Records that are looked at in one packet. */
const MAX_RECORDS = 32;
/** Ports below are other programs' (a router's page, a printer): a meeting place's own is drawn by the system above. */
const LEAST_PORT = 1_024;

/** That somebody's meeting place is there, or with no seconds left that it goes. */
export interface Announcement {
  readonly instance: string;
  readonly port: number;
  readonly seconds: number;
}

export const QUESTION = { questions: [{ name: SERVICE, type: 'PTR' }] } as const;

export const isAsked = ({ questions }: DnsPacket): boolean =>
  questions?.some(({ name, type }) => name.toLowerCase() === SERVICE && (type === 'PTR' || type === 'ANY')) === true;

/**
 * What is told on a LAN: that a meeting place is here, at which port, under a name that is drawn anew at each start. Not of which network,
 * member or machine. Where it is follows from who sends it.
 */
export function recordsOf({ instance, port, seconds }: Announcement): readonly DnsRecord[] {
  const name = `${instance}.${SERVICE}`;
  return [
    { name: SERVICE, type: 'PTR', ttl: seconds, data: name },
    { name, type: 'SRV', ttl: seconds, data: { port, target: `${instance}.local`, priority: 0, weight: 0 } },
    { name, type: 'TXT', ttl: seconds, data: '' },
  ];
}

/** The announcements in a packet of anybody; whatever else is in it is passed over. */
export function announcementsIn({ answers = [], additionals = [] }: DnsPacket): readonly Announcement[] {
  return [...answers, ...additionals].slice(0, MAX_RECORDS).flatMap(({ name, type, ttl, data }) => {
    const instance = type === 'SRV' ? INSTANCE.exec(name.toLowerCase())?.[1] : undefined;
    const { port } = (data ?? {}) as { readonly port?: unknown };
    if (instance === undefined || typeof port !== 'number' || port < LEAST_PORT || port > 65_535) return [];
    return [{ instance, port, seconds: Math.max(0, Math.min(TTL, ttl ?? 0)) }];
  });
}
