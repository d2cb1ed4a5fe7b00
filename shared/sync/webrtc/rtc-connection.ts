import { FramedTransport } from '../channel/framed-transport';
import { type Link, LINK_LOW, type LinkEvents, type Met, type Role } from '../channel/ports';
import type { Clock } from '../clock';
import { fingerprintOf } from './fingerprint';
import type { DataChannel, NewConnection, PeerConnection, RtcConfiguration } from './ports';
import { RouteWatch } from './route-watch';

/** Milliseconds. */
const GATHER_TIME = 2_000;
/** The buffer's low event has been seen missing, so it is asked for as well. */
const POLL_EVERY = 50;
const FLUSH_TIME = 1_000;
/** What may arrive before our own open event: the other side's hello, and room to spare. */
const MAX_EARLY_FRAMES = 64;

export interface RtcOptions {
  readonly open: NewConnection;
  readonly configuration: RtcConfiguration;
  readonly clock: Clock;
  /** Before it is open, hearing nothing of the other side does not end it: its answer may still be on the way. The owner has a limit of its own. */
  readonly patient?: boolean;
  /** By what the two ends found each other; asked once it is open. */
  readonly met?: () => Met | undefined;
}

export interface RtcEvents {
  opened(transport: FramedTransport): void;
  /** Told once, also for attempts that never opened. */
  ended(code: string): void;
}

/**
 * One RTCPeerConnection with one pre-negotiated data channel: on an announced one Chromium lost the answering side's first messages in
 * one of five connections (protocol.md). One offer and one answer, complete with candidates. No method rejects or throws: what fails
 * ends the attempt.
 */
export class RtcConnection {
  readonly #role: Role;
  readonly #connection: PeerConnection;
  readonly #link: RtcLink;
  readonly #clock: Clock;
  readonly #events: RtcEvents;
  readonly #met: () => Met | undefined;
  #route: RouteWatch | undefined;
  // Kept by ourselves: Chromium's own `remoteDescription` can still be empty when the channel opens.
  #localSdp = '';
  #remoteSdp = '';
  #transport: FramedTransport | undefined;
  #ended = false;

  /** Throws where the runtime has no more connections to give. */
  constructor(
    role: Role,
    { open, configuration, clock, patient = false, met = () => undefined }: RtcOptions,
    events: RtcEvents,
  ) {
    this.#role = role;
    this.#clock = clock;
    this.#events = events;
    this.#met = met;
    this.#connection = opened(open, configuration);
    const channel = this.#connection.createDataChannel('peerhold', { negotiated: true, id: 0 });
    this.#link = new RtcLink(this.#connection, channel, clock);
    channel.addEventListener('open', () => this.#open());
    channel.addEventListener('close', () => this.#end('channel.lost'));
    this.#connection.addEventListener('connectionstatechange', () => {
      const waits = patient && this.#transport === undefined;
      if (this.#connection.connectionState === 'failed' && !waits) this.#end('channel.lost');
    });
  }

  /** The complete offer; nothing when the attempt ended. */
  offer(): Promise<string | undefined> {
    return this.#try(async () => this.#describe(await this.#connection.createOffer()));
  }

  answer(sdp: string): Promise<string | undefined> {
    return this.#try(async () => {
      fingerprintOf(sdp);
      this.#remoteSdp = sdp;
      await this.#connection.setRemoteDescription({ type: 'offer', sdp });
      return this.#describe(await this.#connection.createAnswer());
    });
  }

  async accept(sdp: string): Promise<void> {
    await this.#try(async () => {
      fingerprintOf(sdp);
      this.#remoteSdp = sdp;
      await this.#connection.setRemoteDescription({ type: 'answer', sdp });
      return '';
    });
  }

  /** Ends it; where it is open, the other side learns the code. */
  close(code: string): void {
    if (this.#transport !== undefined) this.#transport.close(code);
    else this.#end(code);
  }

  async #try(work: () => Promise<string>): Promise<string | undefined> {
    try {
      const result = await work();
      return this.#ended ? undefined : result;
    } catch {
      this.#end('channel.attempt-failed');
      return undefined;
    }
  }

  async #describe(description: unknown): Promise<string> {
    const connection = this.#connection;
    await connection.setLocalDescription(description as never);
    if (connection.iceGatheringState !== 'complete')
      await new Promise<void>((resolve) => {
        const cancel = this.#clock.setTimer(GATHER_TIME, resolve);
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState !== 'complete') return;
          cancel();
          resolve();
        });
      });
    this.#localSdp = connection.localDescription?.sdp ?? '';
    return this.#localSdp;
  }

  #open(): void {
    if (this.#ended || this.#transport !== undefined) return;
    try {
      const met = this.#met();
      const transport = new FramedTransport(this.#link, {
        role: this.#role,
        localFingerprint: fingerprintOf(this.#localSdp),
        remoteFingerprint: fingerprintOf(this.#remoteSdp),
        ...(met === undefined ? {} : { met }),
      });
      this.#transport = transport;
      transport.onClose(({ code }) => this.#end(code));
      this.#events.opened(transport);
      if (!this.#ended)
        this.#route = new RouteWatch(this.#connection, this.#clock, (route) => transport.setRoute(route));
    } catch {
      this.#end('channel.bad-description');
    }
  }

  #end(code: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#route?.end();
    this.#link.close();
    this.#events.ended(code);
  }
}

/** Without servers where the runtime can not read one of those that the network lists: else its members could not even meet to mend that. */
function opened(open: NewConnection, configuration: RtcConfiguration): PeerConnection {
  if (configuration.iceServers.length === 0) return open(configuration);
  try {
    return open(configuration);
  } catch {
    return open({ iceServers: [] });
  }
}

/** A data channel as a link. Closing it closes the connection. */
class RtcLink implements Link {
  readonly #connection: PeerConnection;
  readonly #channel: DataChannel;
  readonly #clock: Clock;
  #events: LinkEvents | undefined;
  #early: Uint8Array[] = [];
  #cancelPoll: (() => void) | undefined;
  #closing = false;

  constructor(connection: PeerConnection, channel: DataChannel, clock: Clock) {
    this.#connection = connection;
    this.#channel = channel;
    this.#clock = clock;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = LINK_LOW;
    channel.addEventListener('message', ({ data }) => this.#message(data));
    channel.addEventListener('bufferedamountlow', () => this.#writable());
    channel.addEventListener('close', () => {
      this.#events?.closed();
      this.#finish();
    });
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') this.#events?.closed();
    });
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  send(frame: Uint8Array): void {
    this.#channel.send(frame as Uint8Array<ArrayBuffer>);
    this.#poll();
  }

  /** Closing the channel lets what is buffered go out; closing the connection does not, so that comes after. */
  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    if (this.#channel.readyState !== 'open') return this.#finish();
    this.#channel.close();
    this.#clock.setTimer(FLUSH_TIME, () => this.#finish());
  }

  attach(events: LinkEvents): void {
    this.#events = events;
    const early = this.#early;
    this.#early = [];
    for (const frame of early) events.frame(frame);
  }

  #message(data: unknown): void {
    // Text is nothing that we send; as an empty frame it is refused like any other nonsense.
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
    if (this.#events !== undefined) this.#events.frame(frame);
    else if (this.#early.length < MAX_EARLY_FRAMES) this.#early.push(frame);
    else this.close();
  }

  #writable(): void {
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
    this.#events?.writable();
  }

  #poll(): void {
    if (this.#cancelPoll !== undefined || this.#channel.bufferedAmount <= LINK_LOW) return;
    this.#cancelPoll = this.#clock.setTimer(POLL_EVERY, () => {
      this.#cancelPoll = undefined;
      if (this.#closing) return;
      if (this.#channel.bufferedAmount <= LINK_LOW) this.#writable();
      else this.#poll();
    });
  }

  #finish(): void {
    this.#closing = true;
    this.#cancelPoll?.();
    this.#connection.close();
  }
}
