import type { FramedTransport } from '../channel/framed-transport';
import type { Met } from '../channel/ports';
import type { Clock, Random } from '../clock';
import type { IceServer, NewConnection } from '../webrtc/ports';
import { RtcConnection, type RtcEvents } from '../webrtc/rtc-connection';
import { MEETING_LIMITS, type MeetingLimits } from './limits';
import { type Failures, Meeting } from './meeting';
import { decodeSignal, encodeSignal } from './signal';
import { SignalBox } from './signal-box';
import { type OpenSocket, type ServerState, Signalling } from './signalling';

/** Milliseconds. */
const TELL_AFTER = 200;

/** What meeting needs of the runtime that it happens in. */
export interface MeetingRuntime {
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: NewConnection;
  readonly socket: OpenSocket;
}

export interface MeetOptions {
  /** 64 hex digits. */
  readonly network: string;
  /** Addresses of signalling servers, `ws:` or `wss:`. */
  readonly servers: readonly string[];
  /** No ICE servers unless the network brings its own: a browser's default asks nobody, y-webrtc's asked two companies. */
  readonly iceServers?: readonly IceServer[];
  readonly limits?: Partial<MeetingLimits>;
  /** A connection that is up and unproved: run the handshake on it. Its owner closes it. */
  onTransport(transport: FramedTransport): void;
  onStatus?(status: MeetStatus): void;
}

export interface MeetStatus {
  readonly servers: readonly ServerState[];
  /** Peers heard of at the meeting places lately. */
  readonly known: number;
  /** Connections that are up. */
  readonly connected: number;
  readonly failures: Failures;
}

/** Meeting places and connections of one network, on the thread that has WebRTC. */
export interface Meet {
  readonly status: MeetStatus;
  setServers(addresses: readonly string[]): void;
  /** For connections from now on; those that are up stay. */
  setIceServers(servers: readonly IceServer[]): void;
  /** After a change of the roster: peers that refused us, or we them, are tried again at once. */
  forgive(): void;
  /** The machine has a network again: whatever waits for its next try is tried at once. */
  retry(): void;
  /** Leaves; open connections close with the code. */
  close(code: string): void;
}

/** Begins to meet the peers of a network; goes on until closed. */
export async function meet(runtime: MeetingRuntime, options: MeetOptions): Promise<Meet> {
  const { clock, random } = runtime;
  const box = await SignalBox.forNetwork(options.network);
  let configuration = { iceServers: options.iceServers ?? [] };
  const connections = new Map<string, RtcConnection>();
  const status = (): MeetStatus => ({
    servers: signalling.states,
    known: meeting.known,
    connected: meeting.degree,
    failures: meeting.failures,
  });
  const changed = (): void => options.onStatus?.(status());
  let due = false;
  // Whoever knows the network's id can announce as many peers as they like.
  const changedSoon = (): void => {
    if (due) return;
    due = true;
    clock.setTimer(TELL_AFTER, () => {
      due = false;
      if (!left) changed();
    });
  };
  let left = false;

  const connect = (attempt: string, role: 'dialler' | 'answerer'): RtcConnection | undefined => {
    const events: RtcEvents = {
      opened(transport) {
        meeting.opened(attempt);
        transport.onTrust((trust) => trust === 'peer' && meeting.trusted(attempt));
        options.onTransport(transport);
        changed();
      },
      ended(code) {
        connections.delete(attempt);
        meeting.ended(attempt, code);
        changed();
      },
    };
    const met = (): Met | undefined => {
      const address = meeting.placeOf(attempt);
      return address === undefined ? undefined : { by: 'place', address };
    };
    try {
      const connection = new RtcConnection(role, { open: runtime.connection, configuration, clock, met }, events);
      connections.set(attempt, connection);
      return connection;
    } catch {
      // Not from inside the call that the meeting waits in.
      clock.setTimer(0, () => meeting.ended(attempt, 'channel.attempt-failed'));
      return undefined;
    }
  };
  const describe = async (attempt: string, sdp: Promise<string | undefined> | undefined): Promise<void> => {
    const complete = await sdp;
    if (complete !== undefined) meeting.described(attempt, complete);
  };

  const meeting = new Meeting(
    {
      clock,
      random,
      publish: (signal) => void signalling.publish(encodeSignal(signal)),
      offer: (attempt) => void describe(attempt, connect(attempt, 'dialler')?.offer()),
      answer: (attempt, sdp) => void describe(attempt, connect(attempt, 'answerer')?.answer(sdp)),
      accept: (attempt, sdp) => void connections.get(attempt)?.accept(sdp),
      drop: (attempt, code) => connections.get(attempt)?.close(code),
      changed: changedSoon,
    },
    { ...MEETING_LIMITS, ...options.limits },
  );
  const signalling: Signalling = new Signalling({
    box,
    clock,
    random,
    openSocket: runtime.socket,
    onMessage(plain, address) {
      const signal = decodeSignal(plain);
      if (signal !== undefined) meeting.receive(signal, address);
    },
    onReachable: () => meeting.placeReachable(),
    onChange: changed,
  });
  meeting.start();
  signalling.setServers(options.servers);
  return {
    get status() {
      return status();
    },
    setServers: (addresses) => signalling.setServers(addresses),
    setIceServers(iceServers) {
      configuration = { iceServers };
    },
    forgive: () => meeting.forgive(),
    retry() {
      signalling.retry();
      meeting.forgive();
    },
    close(code) {
      left = true;
      meeting.stop(code);
      // The word of leaving is still being sealed.
      clock.setTimer(100, () => signalling.close());
    },
  };
}
