/**
 * What is used of WebRTC (W3C, "WebRTC: Real-Time Communication in Browsers"), by whichever runtime has it: a browser's window, or a
 * library in Node. Adapters: `renderer/sync/browser.ts`, `node/sync/webrtc.ts`.
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
  close(): void;
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
