import { PeerholdError, errorCode } from '../../../errors';
import { toHex } from '../../../record/bytes';
import type { FramedTransport } from '../../channel/framed-transport';
import type { Clock, Random } from '../../clock';
import { Listeners } from '../../listeners';
import type { IceServer, NewConnection } from '../../webrtc/ports';
import { RtcConnection } from '../../webrtc/rtc-connection';
import { type HandCode, decodeHandCode, encodeHandCode } from './code';
import { descriptionOf, endpointOf } from './endpoint';

/** Milliseconds for which a code can be used: people carry it. */
export const CODE_LIFE = 30 * 60_000;
/** Milliseconds from the answer's being taken to an open connection. */
const CONNECT_TIME = 30_000;

export type HandState =
  | { readonly at: 'idle' }
  /** The code is being made. */
  | { readonly at: 'making' }
  /** The code is to be carried to the other device: after an offer its answer is awaited, after an answer the connection. */
  | { readonly at: 'waiting'; readonly type: 'offer' | 'answer'; readonly code: string; readonly expires: number }
  | { readonly at: 'connecting' }
  /** Both have proved who they are. */
  | { readonly at: 'connected' }
  /** `connected`: whether it had been. */
  | { readonly at: 'ended'; readonly why: string; readonly connected: boolean };

export interface ByHandOptions {
  /** 64 hex digits. */
  readonly network: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: NewConnection;
  /** Milliseconds since 1970, for the expiry that is written in a code. */
  readonly now: () => number;
  readonly iceServers?: () => readonly IceServer[];
  /** A connection that is up and unproved: run the handshake on it. Its owner closes it. */
  onTransport(transport: FramedTransport): void;
}

interface Attempt {
  readonly id: string;
  readonly type: 'offer' | 'answer';
  readonly expires: number;
  readonly connection: RtcConnection;
  cancelWatchdog: () => void;
  accepted: boolean;
}

/**
 * Connects two devices of one network by an offer and an answer that people carry, with no meeting place. One attempt at a time; a
 * connection that is up stays when the next one begins.
 */
export class ByHand {
  readonly changed = new Listeners<HandState>();
  readonly #options: ByHandOptions;
  #state: HandState = { at: 'idle' };
  #attempt: Attempt | undefined;

  constructor(options: ByHandOptions) {
    this.#options = options;
  }

  get state(): HandState {
    return this.#state;
  }

  /** Makes an offer, in the state `waiting` once it is there; what fails ends in the state. */
  async offer(): Promise<void> {
    const attempt = toHex(this.#options.random(8));
    await this.#begin('offer', attempt, this.#options.now() + CODE_LIFE, (connection) => connection.offer());
  }

  /**
   * Takes an offer and makes the answer to it. Rejects, changing nothing, with the code of what is wrong with the text:
   * `by-hand-malformed`, `-damaged`, `-version`, `-network`, `-expired`, `-own`, or `-offer-expected` for an answer.
   */
  async answer(pasted: string): Promise<void> {
    const { attempt, expires, endpoint } = this.#read(pasted, 'offer');
    if (this.#attempt?.type === 'offer' && this.#attempt.id === attempt) throw new PeerholdError('by-hand-own');
    await this.#begin('answer', attempt, expires, (connection) => connection.answer(descriptionOf('offer', endpoint)));
  }

  /**
   * Takes the answer to the offer that was made here. Rejects, changing nothing, as `answer` does, with `by-hand-answer-expected` for an
   * offer, or with `by-hand-other-offer` for the answer to another one.
   */
  accept(pasted: string): void {
    const { attempt: id, endpoint } = this.#read(pasted, 'answer');
    const attempt = this.#attempt;
    if (attempt?.type !== 'offer' || attempt.id !== id) throw new PeerholdError('by-hand-other-offer');
    if (attempt.accepted || this.#state.at !== 'waiting') return;
    attempt.accepted = true;
    this.#watch(attempt, CONNECT_TIME, 'by-hand-unreached');
    this.#set({ at: 'connecting' });
    void attempt.connection.accept(descriptionOf('answer', endpoint));
  }

  /** Gives up the attempt; a connection that is up stays. */
  cancel(): void {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    attempt?.cancelWatchdog();
    if (this.#state.at !== 'connected') attempt?.connection.close('channel.closed');
    this.#set({ at: 'idle' });
  }

  #read(pasted: string, wanted: HandCode['type']): HandCode {
    const code = decodeHandCode(this.#options.network, pasted);
    if (code.type !== wanted) throw new PeerholdError(`by-hand-${wanted}-expected`);
    if (code.expires < this.#options.now()) throw new PeerholdError('by-hand-expired');
    return code;
  }

  async #begin(
    type: Attempt['type'],
    id: string,
    expires: number,
    describe: (connection: RtcConnection) => Promise<string | undefined>,
  ): Promise<void> {
    this.cancel();
    this.#set({ at: 'making' });
    const { network, connection: open, clock, iceServers = () => [] } = this.#options;
    const configuration = { iceServers: iceServers() };
    let attempt: Attempt;
    const isCurrent = (): boolean => this.#attempt === attempt;
    try {
      const connection = new RtcConnection(
        type === 'offer' ? 'dialler' : 'answerer',
        // Until the answer has been carried over, the other end does not answer, and that means nothing.
        { open, configuration, clock, patient: true, met: () => ({ by: 'hand' }) },
        {
          opened: (transport) => {
            if (!isCurrent()) return transport.close('channel.closed');
            attempt.cancelWatchdog();
            this.#set({ at: 'connecting' });
            transport.onTrust((trust) => trust === 'peer' && isCurrent() && this.#set({ at: 'connected' }));
            this.#options.onTransport(transport);
          },
          ended: (code) => isCurrent() && this.#end(code === 'channel.lost' ? this.#lost() : code),
        },
      );
      attempt = { id, type, expires, connection, cancelWatchdog: () => undefined, accepted: false };
    } catch (error) {
      return this.#end(error instanceof PeerholdError ? error.code : 'channel.attempt-failed');
    }
    this.#attempt = attempt;
    const sdp = await describe(attempt.connection);
    if (sdp === undefined || !isCurrent()) return;
    try {
      const code = encodeHandCode(network, { type, attempt: id, expires, endpoint: endpointOf(sdp) });
      this.#watch(attempt, CODE_LIFE, 'by-hand-expired');
      this.#set({ at: 'waiting', type, code, expires });
    } catch (error) {
      this.#end(errorCode(error));
    }
  }

  #watch(attempt: Attempt, time: number, code: string): void {
    attempt.cancelWatchdog();
    attempt.cancelWatchdog = this.#options.clock.setTimer(time, () => this.#attempt === attempt && this.#end(code));
  }

  /** Before it was up, the devices found no way to each other; afterwards it broke. */
  #lost(): string {
    return this.#state.at === 'connected' ? 'channel.lost' : 'by-hand-unreached';
  }

  #end(why: string): void {
    const connected = this.#state.at === 'connected';
    const attempt = this.#attempt;
    this.#attempt = undefined;
    attempt?.cancelWatchdog();
    attempt?.connection.close(why);
    this.#set({ at: 'ended', why, connected });
  }

  #set(state: HandState): void {
    this.#state = state;
    this.changed.emit(state);
  }
}
