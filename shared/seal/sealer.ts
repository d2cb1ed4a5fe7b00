import type { Action } from '../network/events';
import type { Replica } from '../replica/replica';
import type { Clock } from '../sync/clock';
import { type Height, agreedTime } from './chain';
import { type Step, type Timer, nextStep } from './tendermint';
import type { Proposal } from './votes';

/** Milliseconds after which something that happened is put into a seal: long enough that one seal takes many events. */
const SETTLE = 30_000;
/** The same for a change of who is in and of the rules: the next proposal goes by those of the seal before it. */
const SETTLE_ROSTER = 2_000;
const PROMPT: ReadonlySet<string> = new Set([
  'admit',
  'remove',
  'restore',
  'adopt',
  'parameters',
  'suspend',
  'resume',
  'retire',
  'publish',
  'rules',
]);
const ROSTER: ReadonlySet<string> = new Set([
  'network.found',
  'member.admit',
  'member.leave',
  'device.certify',
  'device.receives',
  'device.revoke',
  'page.publish',
]);
/** Milliseconds that a round waits for what is missing, and how much longer each further round does. */
const TIMEOUT = 20_000;
/** Milliseconds by which a proposal's time may be ahead of the own clock for it to be waited for. */
const SKEW = 60_000;
const LONGER = 10_000;
const DAY = 86_400_000;

export interface SealerOptions {
  readonly replica: Replica;
  /** The own device's key, hex. */
  readonly device: string;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Signs, stores and applies an action. */
  readonly act: (action: Action) => Promise<unknown>;
  /** Whether this peer can stand for its record: whoever has not checked all of it vouches for none. */
  readonly mayVote: () => boolean;
}

/**
 * Makes seals in the background, when something waits for one. Each look at the record signs at most one vote; the vote's own arrival is the
 * next occasion to look.
 */
export class Sealer {
  readonly #options: SealerOptions;
  #height = 0;
  #round = 0;
  /** When the timers of this round began. */
  readonly #timers = new Map<string, number>();
  #cancel: (() => void) | null = null;
  #looking: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: SealerOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /**
   * Something may have changed: looks, and signs what follows. Resolves when there is nothing more to sign for now; never rejects, since
   * what could not be signed is tried at the next look.
   */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#lookOn().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #lookOn(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      while (!this.#stopped && (await this.#stepOnce()));
    }
  }

  /** Whether something was signed. */
  async #stepOnce(): Promise<boolean> {
    const { replica, device, act } = this.#options;
    const height = replica.seals.current;
    const me = height?.sealers.find((sealer) => replica.seals.voiceOf(sealer) === device);
    if (height === null || me === undefined || !this.#options.mayVote()) return false;
    // A chain that cites another certificate than the one by which its device is in signs for another: no vote of it would ever count.
    if (replica.record.tips().some((tip) => tip.device === device && tip.member !== me.member)) return false;
    if (height.height !== this.#height) this.#enter(height.height, 0);
    if (height.readies.every((vote) => vote.member !== me.member)) return this.#getReady(height);
    if (height.readies.length < height.quorum) return false;
    const step = nextStep({
      height,
      me,
      round: this.#round,
      judge: {
        valueOf: (proposal) => replica.seals.valueOf(proposal),
        isWellMade: (proposal) => replica.seals.isWellMade(height, proposal),
        accepts: (proposal) => this.#accepts(height, proposal),
      },
      expired: (timer, round) => this.#expired(timer, round),
    });
    if (step.round > this.#round) this.#enter(height.height, step.round);
    if (step.type === 'wait') return this.#wait(step);
    try {
      await act(this.#actionOf(height, step));
      return true;
    } catch {
      // The disk is full, or the device may no longer sign: whatever it is, the app says so itself, and nothing was signed.
      return false;
    }
  }

  #enter(height: number, round: number): void {
    this.#height = height;
    this.#round = round;
    this.#timers.clear();
    this.#cancel?.();
  }

  /** Asks for a seal once something has waited long enough, or another sealer has asked. */
  async #getReady(height: Height): Promise<boolean> {
    const { replica, clock, now, act } = this.#options;
    const waiting = replica.unsealed.some((entry) => !entry.type.startsWith('seal.')) || this.#isNoticeOver();
    const asked = height.readies.length > 0;
    if (!waiting && !asked) return false;
    const key = `ready ${height.height}`;
    const since = this.#timers.get(key) ?? clock.now();
    this.#timers.set(key, since);
    const left = this.#settle() - (clock.now() - since);
    if (!asked && left > 0) {
      this.#wake(left);
      return false;
    }
    const payload = { height: height.height, previous: height.ground.value, time: now() };
    return act({ type: 'seal.ready', payload }).then(
      () => true,
      () => false,
    );
  }

  /** Whether somebody's notice is over, so that the next seal has them gone; where that is so within a day, it looks again then. */
  #isNoticeOver(): boolean {
    const { replica, now } = this.#options;
    const ends = [...replica.state.members.values()].flatMap(({ status, leaving }) =>
      status === 'active' && leaving?.due !== undefined ? [leaving.due - now()] : [],
    );
    const left = Math.min(Infinity, ...ends);
    if (left > 0 && left <= DAY) this.#wake(left);
    return left <= 0;
  }

  #settle(): number {
    const { unsealed, state } = this.#options.replica;
    const pending = [...state.proposals.values()].some(
      ({ status, sealed, effect }) => status === 'adopted' && sealed === undefined && PROMPT.has(effect.kind),
    );
    return pending || unsealed.some((entry) => ROSTER.has(entry.type)) ? SETTLE_ROSTER : SETTLE;
  }

  #wait({ timer, round }: Extract<Step, { type: 'wait' }>): boolean {
    if (timer === null) return false;
    if (timer === 'precommit' && this.#expired(timer, round)) {
      this.#enter(this.#height, round + 1);
      return true;
    }
    const { clock } = this.#options;
    const began = this.#timers.get(timer) ?? clock.now();
    this.#timers.set(timer, began);
    this.#wake(TIMEOUT + round * LONGER - (clock.now() - began));
    return false;
  }

  #expired(timer: Timer, round: number): boolean {
    const began = this.#timers.get(timer);
    return (
      round === this.#round && began !== undefined && this.#options.clock.now() - began >= TIMEOUT + round * LONGER
    );
  }

  #wake(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.setTimer(delay, () => {
      this.#cancel = null;
      void this.look();
    });
  }

  /** Refuses a time ahead of the own clock, and a state that is not what the own fold computes for the cut. */
  #accepts({ height, ground }: Height, { payload }: Proposal): boolean | undefined {
    const { replica, now } = this.#options;
    // The earliest that there can be is never too early: a past seal's clock that ran ahead must not stop the next ones.
    const isEarliest = payload.time === ground.time + 1;
    const ahead = payload.time - now();
    if (ahead > 0 && !isEarliest) return ahead > SKEW ? false : undefined;
    return replica.digestAt(height, payload.time, payload.ready) === payload.digest;
  }

  #actionOf({ height, ground, readies }: Height, step: Exclude<Step, { type: 'wait' }>): Action {
    const { replica } = this.#options;
    const { round } = step;
    const previous = ground.value;
    if (step.type !== 'seal.propose')
      return { type: step.type, payload: { height, round, previous, value: step.value } };
    if (step.valid !== null) {
      const { ready, time, digest, round: valid } = step.valid.payload;
      return { type: 'seal.propose', payload: { height, round, previous, ready, time, digest, valid } };
    }
    const ready = readies.map((vote) => vote.id).sort();
    const time = agreedTime(ground, readies);
    return {
      type: 'seal.propose',
      payload: { height, round, previous, ready, time, digest: replica.digestAt(height, time, ready), valid: null },
    };
  }
}
