import { Meeting } from '../../shared/sync/meeting/meeting';
import { MEETING_LIMITS, type MeetingLimits } from '../../shared/sync/meeting/limits';
import { decodeSignal, encodeSignal, type Signal } from '../../shared/sync/meeting/signal';
import { fraction, type Random } from '../../shared/sync/clock';
import { SimClock } from './sim-clock';

/** Random bytes from a seed (splitmix32), so that a run can be repeated. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      bytes[i] = (z ^ (z >>> 15)) & 255;
    }
    return bytes;
  };
}

/** The one address at which all of them meet. */
export const PLACE = 'ws://place';

interface End {
  readonly peer: SimPeer;
  readonly attempt: string;
}

export interface SimPeer {
  readonly meeting: Meeting;
  /** Attempts that are up. */
  readonly up: Set<string>;
  /** Offers and answers in the making or under way, to see the bound on them. */
  running: number;
  mostRunning: number;
}

/** Peers with the real meeting logic on a simulated meeting place and simulated connections. */
export class SimMeetingPlace {
  readonly clock = new SimClock();
  readonly random: Random;
  readonly peers = new Map<string, SimPeer>();
  signals = 0;
  /** Share of signals that get lost. */
  loss = 0;
  reachable = true;
  /** Decides whether two peers' handshake succeeds once they are connected; otherwise the code. */
  verdict: (a: SimPeer, b: SimPeer) => string | undefined = () => undefined;
  readonly #ends = new Map<string, End[]>();

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  join(limits: Partial<MeetingLimits> = {}): SimPeer {
    const later = (run: () => void, most = 40): void => void this.clock.setTimer(5 + fraction(this.random) * most, run);
    const act = (attempt: string, run: () => void): void => {
      peer.running += 1;
      peer.mostRunning = Math.max(peer.mostRunning, peer.running);
      this.#ends.set(attempt, [...(this.#ends.get(attempt) ?? []), { peer, attempt }]);
      later(run);
    };
    const meeting = new Meeting(
      {
        clock: this.clock,
        random: this.random,
        publish: (signal) => this.inject(signal),
        offer: (attempt) => act(attempt, () => meeting.described(attempt, `offer ${attempt}`)),
        answer: (attempt) => act(attempt, () => meeting.described(attempt, `answer ${attempt}`)),
        accept: (attempt) => later(() => this.#connect(attempt)),
        drop: (attempt, code) => this.end(attempt, code, peer),
      },
      { ...MEETING_LIMITS, ...limits },
    );
    const peer: SimPeer = { meeting, up: new Set(), running: 0, mostRunning: 0 };
    this.peers.set(meeting.id, peer);
    meeting.start();
    meeting.placeReachable();
    return peer;
  }

  /** What a meeting place does with a signal of whomever: everyone gets it, the sender too, or nobody. */
  inject(signal: Signal): void {
    if (!this.reachable || fraction(this.random) < this.loss) return;
    this.signals += 1;
    const bytes = encodeSignal(signal);
    for (const { meeting } of [...this.peers.values()])
      this.clock.setTimer(1 + fraction(this.random) * 10, () => {
        const read = decodeSignal(bytes);
        if (read !== undefined && this.peers.get(meeting.id)?.meeting === meeting) meeting.receive(read, PLACE);
      });
  }

  /** A peer that vanishes: nothing is said, and connections to it break. */
  kill(peer: SimPeer): void {
    this.peers.delete(peer.meeting.id);
    for (const attempt of [...peer.up]) this.end(attempt, 'channel.lost', peer);
  }

  /** Closes at both ends; `by` learns nothing, it knows. */
  end(attempt: string, code: string, by?: SimPeer): void {
    const ends = this.#ends.get(attempt) ?? [];
    this.#ends.delete(attempt);
    for (const { peer } of ends) {
      if (!peer.up.delete(attempt)) peer.running -= 1;
      if (peer !== by && this.peers.has(peer.meeting.id))
        this.clock.setTimer(5, () => peer.meeting.ended(attempt, code));
    }
  }

  #connect(attempt: string): void {
    const [a, b] = this.#ends.get(attempt) ?? [];
    if (a === undefined || b === undefined) return;
    for (const { peer } of [a, b]) {
      peer.running -= 1;
      peer.up.add(attempt);
    }
    for (const { peer } of [a, b]) peer.meeting.opened(attempt);
    const refusal = this.verdict(a.peer, b.peer);
    if (refusal !== undefined) this.end(attempt, refusal);
    else for (const { peer } of [a, b]) if (peer.up.has(attempt)) peer.meeting.trusted(attempt);
  }

  /** Whether every peer can reach every other through connections. */
  get connected(): boolean {
    const [start] = this.peers.values();
    if (start === undefined) return true;
    const reached = new Set([start]);
    for (const peer of reached)
      for (const attempt of peer.up) for (const end of this.#ends.get(attempt) ?? []) reached.add(end.peer);
    return reached.size === this.peers.size;
  }

  get degrees(): number[] {
    return [...this.peers.values()].map(({ up }) => up.size);
  }
}
