/**
 * What is used of WebRTC (W3C, "WebRTC: Real-Time Communication in Browsers"), by whichever runtime has it: a browser's window, or a
 * library in Node. Adapters: `renderer/sync/browser.ts`, `node/sync/runtime.ts`.
 */
export interface RtcConfiguration {
  readonly iceServers: readonly IceServer[];
}

/** A STUN or TURN server of the network's own. */
export interface IceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

type Listener = (event: { readonly data?: unknown }) => void;

export interface PeerConnection {
  createDataChannel(label: string, options: { readonly negotiated: true; readonly id: number }): DataChannel;
  createOffer(): Promise<unknown>;
  createAnswer(): Promise<unknown>;
  /** `description`: what `createOffer` or `createAnswer` gave. */
  setLocalDescription(description: never): Promise<void>;
  setRemoteDescription(description: Description): Promise<void>;
  readonly localDescription: { readonly sdp: string } | null;
  readonly iceGatheringState: string;
  readonly connectionState: string;
  addEventListener(type: 'connectionstatechange' | 'icegatheringstatechange', listener: () => void): void;
  /** Absent where a runtime has none; it may reject once the connection is closed. */
  getStats?(): Promise<StatsReport>;
  readonly sctp?: { readonly transport?: { readonly iceTransport?: IceTransport } } | null;
  close(): void;
}

/** The rows of the statistics by their ids (W3C, "Identifiers for WebRTC's Statistics API"). */
export interface StatsReport {
  forEach(run: (row: unknown) => void): void;
}

/** Not every runtime tells when the pair of candidates in use becomes another one. */
export interface IceTransport {
  addEventListener?(type: 'selectedcandidatepairchange', listener: () => void): void;
  removeEventListener?(type: 'selectedcandidatepairchange', listener: () => void): void;
}

export interface DataChannel {
  binaryType: string;
  bufferedAmountLowThreshold: number;
  readonly bufferedAmount: number;
  readonly readyState: string;
  send(data: Uint8Array<ArrayBuffer>): void;
  addEventListener(type: 'open' | 'close' | 'message' | 'bufferedamountlow', listener: Listener): void;
  close(): void;
}

/** May throw where the runtime has no more connections to give. */
export type NewConnection = (configuration: RtcConfiguration) => PeerConnection;
