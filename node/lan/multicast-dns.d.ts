/** What is used of the library, which has no types of its own. */
declare module 'multicast-dns' {
  export interface DnsRecord {
    readonly name: string;
    readonly type: string;
    readonly ttl?: number;
    readonly data?: unknown;
  }
  export interface DnsPacket {
    readonly questions?: readonly { readonly name: string; readonly type: string }[];
    readonly answers?: readonly DnsRecord[];
    readonly additionals?: readonly DnsRecord[];
  }
  export interface MulticastDns {
    on(event: 'query' | 'response', listener: (packet: DnsPacket, sender: { readonly address: string }) => void): void;
    on(event: 'error' | 'warning', listener: (error: Error) => void): void;
    query(packet: { readonly questions: readonly { readonly name: string; readonly type: string }[] }): void;
    respond(packet: { readonly answers: readonly DnsRecord[] }, done?: () => void): void;
    destroy(): void;
  }
  export default function multicastDns(options: {
    readonly interface: string;
    /** Multicast is received only by who is bound to all addresses. */
    readonly bind: string;
    readonly port?: number;
  }): MulticastDns;
}
