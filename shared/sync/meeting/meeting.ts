import { toHex } from '../../record/bytes';
import { type Clock, fraction, type Random } from '../clock';
import { KnownPeers } from './known-peers';
import { type MeetingLimits, RETRY, retryDelay } from './limits';
import type { Signal } from './signal';

/** What the meeting logic decides and others carry out. */
export interface MeetingPorts {
  readonly clock: Clock;
  readonly random: Random;
  publish(signal: Signal): void;
  /** Makes an offer; `described` is to follow, or `ended`. */
  offer(attempt: string): void;
  /** Answers an offer; `described` is to follow, or `ended`. */
  answer(attempt: string, sdp: string): void;
  /** Applies the answer to our offer; `opened` is to follow, or `ended`. */
  accept(attempt: string, sdp: string): void;
  /** Ends an attempt or a connection. No call follows for it. */
  drop(attempt: string, code: string): void;
}

type Stage = 'describing' | 'offered' | 'connecting' | 'open' | 'trusted';

interface Attempt {
  readonly id: string;
  readonly peer: string;
  readonly dialled: boolean;
  stage: Stage;
  cancelWatchdog: () => void;
}

/**
 * Decides whom to connect to. Of each pair the peer with the lower id dials, so both never dial at once. Neighbours are bounded; a few
 * attempts run at a time; whoever refuses or fails is tried again later and later; and a peer with fewer than two neighbours
 * is taken in even where there is no room, for a neighbour that has enough others.
 */
export class Meeting {
  readonly id: string;
  readonly #ports: MeetingPorts;
  readonly #limits: MeetingLimits;
  readonly #known: KnownPeers;
  readonly #attempts = new Map<string, Attempt>();
  #running = false;
  #cancelPeriodic: () => void = () => undefined;
  #cancelAnnounce: (() => void) | undefined;
  #cancelSweep: (() => void) | undefined;
  /** One for each peer to be tried again. */
  readonly #retries = new Set<() => void>();

  constructor(ports: MeetingPorts, limits: MeetingLimits) {
    this.#ports = ports;
    this.#limits = limits;
    this.#known = new KnownPeers(ports.clock, limits);
    this.id = toHex(ports.random(16));
  }

  /** Connections that are up. */
  get degree(): number {
    return this.#count((attempt) => attempt.stage === 'open' || attempt.stage === 'trusted');
  }

  get known(): number {
    return this.#known.size;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#periodic();
  }

  /** Says that we leave, and drops everything with the code. */
  stop(code: string): void {
    if (!this.#running) return;
    this.#running = false;
    this.#cancelPeriodic();
    this.#cancelAnnounce?.();
    this.#cancelSweep?.();
    for (const cancel of this.#retries) cancel();
    this.#retries.clear();
    this.#ports.publish({ type: 'leave', from: this.id });
    for (const attempt of [...this.#attempts.values()]) this.#drop(attempt, code);
  }

  /** A meeting place is reachable (again): whoever is there should hear of us. */
  placeReachable(): void {
    this.#announceSoon();
  }

  /** Forgets earlier refusals, since the reason may be gone: the roster changed, the person asks for a new try. */
  forgive(): void {
    this.#known.forgive();
    this.#sweepSoon();
  }

  /** Any signal that was read from a meeting place. */
  receive(signal: Signal): void {
    if (!this.#running || signal.from === this.id) return;
    if (signal.type === 'announce') this.#heard(signal.from, signal.degree);
    else if (signal.type === 'leave') this.#left(signal.from);
    else if (signal.to !== this.id) return;
    else if (signal.type === 'offer') this.#offered(signal);
    else this.#replied(signal);
  }

  /** Our offer or answer for an attempt is complete. */
  described(id: string, sdp: string): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined || attempt.stage !== 'describing') return;
    const addressed = { from: this.id, to: attempt.peer, attempt: id, sdp };
    if (attempt.dialled) this.#ports.publish({ type: 'offer', ...addressed, degree: Math.min(this.degree, 255) });
    else this.#ports.publish({ type: 'answer', ...addressed });
    attempt.stage = attempt.dialled ? 'offered' : 'connecting';
  }

  /** The connection is up; nothing is proved yet. */
  opened(id: string): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined || attempt.stage === 'open' || attempt.stage === 'trusted') return;
    attempt.stage = 'open';
    attempt.cancelWatchdog();
    this.#makeRoom(attempt);
    this.#announceSoon();
  }

  /** The other side proved who it is: what failed before is forgotten. */
  trusted(id: string): void {
    const attempt = this.#attempts.get(id);
    if (attempt?.stage !== 'open') return;
    attempt.stage = 'trusted';
    this.#known.succeeded(attempt.peer);
  }

  /** An attempt failed or a connection closed, by whichever side, with this code. */
  ended(id: string, code: string): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    this.#forget(attempt);
    this.#putOff(attempt.peer, code);
  }

  #heard(peer: string, degree: number): void {
    const isNew = this.#known.heard(peer, degree);
    // A newcomer has not heard of us; if it is to dial, it must.
    if (isNew && peer < this.id) this.#announceSoon();
    this.#sweepSoon();
  }

  #left(peer: string): void {
    this.#known.remove(peer);
    // Anyone could have said so: what is open stays until it closes by itself.
    for (const attempt of [...this.#attempts.values()])
      if (attempt.peer === peer && !isUp(attempt)) this.#drop(attempt, 'channel.peer-left');
  }

  #offered({ from, attempt: id, sdp, degree }: Signal & { type: 'offer' }): void {
    if (from > this.id || this.#attempts.has(id)) return;
    this.#known.heard(from, degree);
    const refuse = (why: string): void =>
      this.#ports.publish({ type: 'refuse', from: this.id, to: from, attempt: id, why });
    // A new offer of one whose earlier attempt still runs: it gave that one up.
    for (const other of [...this.#attempts.values()])
      if (other.peer === from && !isUp(other)) this.#drop(other, 'channel.superseded');
    const hasLink = this.#count((other) => other.peer === from) > 0;
    if (this.#count((other) => !other.dialled && !isUp(other)) >= this.#limits.answering) return refuse('busy');
    const room =
      this.#attempts.size < this.#limits.neighbours || hasLink || (degree < 2 && this.#spare() !== undefined);
    if (!room || this.#attempts.size >= 2 * this.#limits.neighbours) return refuse('full');
    this.#begin(id, from, false);
    this.#ports.answer(id, sdp);
  }

  #replied(signal: Signal & { type: 'answer' | 'refuse' }): void {
    const attempt = this.#attempts.get(signal.attempt);
    if (attempt === undefined || attempt.peer !== signal.from || attempt.stage !== 'offered') return;
    if (signal.type === 'refuse') {
      this.#drop(attempt, 'channel.refused');
      this.#putOff(attempt.peer, signal.why === 'busy' ? 'channel.refused-busy' : 'channel.refused-full');
    } else {
      attempt.stage = 'connecting';
      this.#ports.accept(attempt.id, signal.sdp);
    }
  }

  /** Starts what may be started. */
  #sweep(): void {
    for (const { peer, degree } of this.#known.ready(this.#ports.random)) {
      if (this.#count((other) => other.dialled && !isUp(other)) >= this.#limits.dialling) return;
      if (peer < this.id || this.#count((other) => other.peer === peer) > 0) continue;
      const room = this.#attempts.size < this.#limits.neighbours;
      const needy = degree < 2 && this.#attempts.size === this.#limits.neighbours && this.#spare() !== undefined;
      if (!room && !needy) continue;
      const id = toHex(this.#ports.random(8));
      this.#begin(id, peer, true);
      this.#ports.offer(id);
    }
  }

  #begin(id: string, peer: string, dialled: boolean): void {
    const cancelWatchdog = this.#ports.clock.setTimer(this.#limits.attemptTime, () => {
      const attempt = this.#attempts.get(id);
      if (attempt === undefined) return;
      this.#drop(attempt, 'channel.attempt-timeout');
      this.#putOff(peer, 'channel.attempt-timeout');
    });
    this.#attempts.set(id, { id, peer, dialled, stage: 'describing', cancelWatchdog });
  }

  /** A neighbour that can be let go: it has others. */
  #spare(except?: Attempt): Attempt | undefined {
    const spare = [...this.#attempts.values()].filter(
      (attempt) => isUp(attempt) && attempt !== except && this.#known.degree(attempt.peer) > 2,
    );
    return spare[Math.floor(fraction(this.#ports.random) * spare.length)];
  }

  #makeRoom(newcomer: Attempt): void {
    if (this.degree <= this.#limits.neighbours) return;
    const spare = this.#spare(newcomer) ?? newcomer;
    this.#drop(spare, 'channel.make-room');
    this.#putOff(spare.peer, 'channel.make-room');
  }

  #putOff(peer: string, code: string): void {
    const delay = retryDelay(code, this.#known.failed(peer));
    const jittered = delay * (1 + fraction(this.#ports.random) / 2);
    this.#known.notBefore(peer, jittered);
    if (!this.#running) return;
    const cancel = this.#ports.clock.setTimer(jittered, () => {
      this.#retries.delete(cancel);
      this.#sweepSoon();
    });
    this.#retries.add(cancel);
    this.#sweepSoon();
  }

  #drop(attempt: Attempt, code: string): void {
    this.#forget(attempt);
    this.#ports.drop(attempt.id, code);
  }

  #forget(attempt: Attempt): void {
    attempt.cancelWatchdog();
    this.#attempts.delete(attempt.id);
  }

  #count(which: (attempt: Attempt) => boolean): number {
    let count = 0;
    for (const attempt of this.#attempts.values()) if (which(attempt)) count += 1;
    return count;
  }

  #periodic(): void {
    this.#announceSoon();
    const delay = RETRY.announce * (0.75 + fraction(this.#ports.random) / 2);
    this.#cancelPeriodic = this.#ports.clock.setTimer(delay, () => {
      this.#sweepSoon();
      this.#periodic();
    });
  }

  /** One announcement for however many reasons, sooner in small networks. */
  #announceSoon(): void {
    if (!this.#running || this.#cancelAnnounce !== undefined) return;
    this.#cancelAnnounce = this.#ports.clock.setTimer(this.#jitter(), () => {
      this.#cancelAnnounce = undefined;
      this.#ports.publish({ type: 'announce', from: this.id, degree: Math.min(this.degree, 255) });
    });
  }

  #sweepSoon(): void {
    if (!this.#running || this.#cancelSweep !== undefined) return;
    this.#cancelSweep = this.#ports.clock.setTimer(this.#jitter(), () => {
      this.#cancelSweep = undefined;
      this.#sweep();
    });
  }

  #jitter(): number {
    return fraction(this.#ports.random) * Math.min(1000, 40 * (1 + this.#known.size));
  }
}

const isUp = ({ stage }: Attempt): boolean => stage === 'open' || stage === 'trusted';
