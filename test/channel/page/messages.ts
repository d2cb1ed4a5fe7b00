import type { MeetStatus } from '../../../shared/sync/meeting/meet';
import type { ExposedTransport } from '../../../renderer/sync/port-transport';

/** What a test asks of a peer in the harness. */
export interface PeerOrder {
  readonly network: string;
  readonly servers: readonly string[];
  /** Base64 of a PKCS #8 Ed25519 key and hex of its public half; a fresh pair where absent. */
  readonly key?: { readonly secret: string; readonly device: string };
  /** Breaks one thing, as an attacker would. */
  readonly tamper?: 'remote-fingerprint' | 'network' | 'description';
}

export type ToWorker =
  | { readonly type: 'peer'; readonly order: PeerOrder }
  | { readonly type: 'transport'; readonly network: string; readonly exposed: ExposedTransport }
  | { readonly type: 'bulk'; readonly network: string; readonly bytes: number; readonly small: number };

/** What happened in the worker, in order. `at` is milliseconds since the epoch. */
export type HarnessEvent =
  | { readonly type: 'open'; readonly network: string; readonly device: string; readonly after: number }
  | { readonly type: 'refused'; readonly network: string; readonly code: string }
  | { readonly type: 'closed'; readonly network: string; readonly code: string; readonly by: string }
  | { readonly type: 'sent'; readonly network: string; readonly digest: string; readonly at: number }
  | { readonly type: 'got-small'; readonly network: string; readonly value: number }
  | {
      readonly type: 'got-bulk';
      readonly network: string;
      readonly bytes: number;
      readonly digest: string;
      readonly at: number;
    };

export interface Harness {
  readonly events: HarnessEvent[];
  start(order: PeerOrder): Promise<void>;
  bulk(network: string, bytes: number, small: number): void;
  /** Of each peer, in the order in which they were started. */
  statuses(): MeetStatus[];
}
