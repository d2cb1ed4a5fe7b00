import { toHex } from '../../record/bytes';
import { type Clock, fraction, type Random } from '../clock';
import { KnownPeers } from './known-peers';
import { type MeetingLimits, RETRY, retryDelay } from './limits';
import type { Signal } from './signal';

const FAILURES = ['no-answer', 'no-route', 'full', 'busy', 'not-begun'] as const;
export type Failure = (typeof FAILURES)[number];
export type Failures = Readonly<Partial<Record<Failure, number>>>;
const isFailure = (why: string | undefined): why is Failure => (FAILURES as readonly unknown[]).includes(why);

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
  /** Somebody was heard of for the first time, left or was forgotten, or a try came to nothing. */
  changed?(): void;
}

type Stage = 'describing' | 'offered' | 'connecting' | 'open' | 'trusted';

interface Attempt {
  readonly id: string;
  readonly peer: string;
  readonly dialled: boolean;
  stage: Stage;
  /** The meeting place over which the other side's offer or answer came. */
  place: string | undefined;
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

  /** Peers heard of at the meeting places lately. */
  get known(): number {
    return this.#known.heardOf().length;
  }

  /**
   * Why peers that were heard of lately are not connected: how many, for the newest reason of each. `no-answer`: an offer was not answered;
   * `no-route`: offer and answer were exchanged and no packet came through; `full`, `busy`: refused for want of room; `not-begun`: this
   * side could not make a connection. Who was refused once it was up is not among them.
   */
  get failures(): Failures {
    const failures: Partial<Record<Failure, number>> = {};
    for (const { peer, failed } of this.#known.heardOf()) {
      if (!isFailure(failed) || this.#count((attempt) => attempt.peer === peer && isUp(attempt)) > 0) continue;
      failures[failed] = (failures[failed] ?? 0) + 1;
    }
    return failures;
  }

  /** By which meeting place the two sides of an attempt found each other. */
  placeOf(attempt: string): string | undefined {
    return this.#attempts.get(attempt)?.place;
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

  /** Any signal that was read from a meeting place, of which `place` is the address. */
  receive(signal: Signal, place: string): void {
    if (!this.#running || signal.from === this.id) return;
    if (signal.type === 'announce') this.#heard(signal.from, signal.degree);
    else if (signal.type === 'leave') this.#left(signal.from);
    else if (signal.to !== this.id) return;
    else if (signal.type === 'offer') this.#offered(signal, place);
    else this.#replied(signal, place);
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
    this.#putOff(attempt.peer, code, isUp(attempt) ? code : whyNotUp(attempt, code));
  }

  #heard(peer: string, degree: number): void {
    const isNew = this.#known.heard(peer, degree);
    // A newcomer has not heard of us; if it is to dial, it must.
    if (isNew && peer < this.id) this.#announceSoon();
    if (isNew) this.#ports.changed?.();
    this.#sweepSoon();
  }

  #left(peer: string): void {
    this.#known.remove(peer);
    // Anyone could have said so: what is open stays until it closes by itself.
    for (const attempt of [...this.#attempts.values()])
      if (attempt.peer === peer && !isUp(attempt)) this.#drop(attempt, 'channel.peer-left');
    this.#ports.changed?.();
  }

  #offered({ from, attempt: id, sdp, degree }: Signal & { type: 'offer' }, place: string): void {
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
    this.#begin(id, from, place);
    this.#ports.answer(id, sdp);
  }

  #replied(signal: Signal & { type: 'answer' | 'refuse' }, place: string): void {
    const attempt = this.#attempts.get(signal.attempt);
    if (attempt === undefined || attempt.peer !== signal.from || attempt.stage !== 'offered') return;
    if (signal.type === 'refuse') {
      this.#drop(attempt, 'channel.refused');
      const busy = signal.why === 'busy';
      this.#putOff(attempt.peer, busy ? 'channel.refused-busy' : 'channel.refused-full', busy ? 'busy' : 'full');
    } else {
      attempt.stage = 'connecting';
      attempt.place = place;
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
      this.#begin(id, peer);
      this.#ports.offer(id);
    }
  }

  /** `place`: over which the other side's offer came; none where we dial. */
  #begin(id: string, peer: string, place?: string): void {
    const cancelWatchdog = this.#ports.clock.setTimer(this.#limits.attemptTime, () => {
      const attempt = this.#attempts.get(id);
      if (attempt === undefined) return;
      this.#drop(attempt, 'channel.attempt-timeout');
      this.#putOff(peer, 'channel.attempt-timeout', whyNotUp(attempt, 'channel.attempt-timeout'));
    });
    this.#attempts.set(id, { id, peer, dialled: place === undefined, stage: 'describing', place, cancelWatchdog });
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

  /** `why`: what is told of it, as `failures` has it. */
  #putOff(peer: string, code: string, why: string = code): void {
    const delay = retryDelay(code, this.#known.failed(peer, why));
    const jittered = delay * (1 + fraction(this.#ports.random) / 2);
    this.#known.notBefore(peer, jittered);
    if (!this.#running) return;
    this.#ports.changed?.();
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
      // Who was not heard of for long is forgotten without a word.
      this.#ports.changed?.();
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

/** What kept an attempt from coming up. Once both descriptions have been exchanged, it is the network between the two. */
function whyNotUp({ stage, dialled }: Attempt, code: string): string {
  if (code === 'channel.attempt-failed' && dialled && stage === 'describing') return 'not-begun';
  if (code !== 'channel.lost' && code !== 'channel.attempt-timeout') return code;
  return stage === 'connecting' ? 'no-route' : 'no-answer';
}
