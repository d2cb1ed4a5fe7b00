import { PeerholdError } from '../../../shared/errors';
import type { Caller } from '../caller';
import type { NewFile, OpenFile } from '../local-file';
import { ANSWERS, type AnswerTo, type FromCaller, type FromHolder, PIECE, type Question } from './messages';

/** Bytes of progress that wait for a caller who does not take it; of more it is not told. */
const MAX_WAITING = 1024 * 1024;

interface Asked {
  readonly take: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

interface Line {
  readonly send: (message: FromHolder) => void;
  /** Bytes that were sent and not taken yet. */
  readonly waiting: () => number;
}

/** A caller in another process, as the holder of the profile has it: what is asked of it goes there and back. */
export class RemoteCaller implements Caller {
  readonly #line: Line;
  readonly #gone = new AbortController();
  readonly #asked = new Map<number, Asked>();
  #next = 0;
  #interrupt: (() => void) | undefined;
  #interrupted: Promise<void> | undefined;

  constructor(line: Line) {
    this.#line = line;
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  readonly out = (line: string): void => this.#tell('out', line);

  readonly err = (line: string): void => {
    if (this.#line.waiting() < MAX_WAITING) this.#tell('err', line);
  };

  readonly read = async (): Promise<string | undefined> => (await this.#ask({ call: 'read' })) ?? undefined;

  readonly interrupted = (): Promise<void> => {
    this.#interrupted ??= new Promise((resolve) => {
      this.#interrupt = resolve;
      this.#line.send({ kind: 'listens' });
    });
    return this.#interrupted;
  };

  readonly passphrase: Caller['passphrase'] = ({ file = null, twice }) =>
    this.#ask({ call: 'passphrase', file, twice });

  readonly openFile = async (path: string): Promise<OpenFile> => {
    const { file, size } = await this.#ask({ call: 'open', path });
    return {
      size,
      read: async (start, end) => {
        const pieces: Buffer[] = [];
        for (let at = start; at < end; at += PIECE) {
          const to = Math.min(end, at + PIECE);
          const piece = Buffer.from(await this.#ask({ call: 'piece', file, start: at, end: to }), 'base64');
          pieces.push(piece.subarray(0, to - at));
          if (piece.length < to - at) break;
        }
        return new Uint8Array(Buffer.concat(pieces));
      },
      close: async () => void (await this.#ask({ call: 'close', file })),
    };
  };

  readonly createFile = async (path: string): Promise<NewFile> => {
    const file = await this.#ask({ call: 'create', path });
    return {
      append: async (bytes) => {
        const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        for (let at = 0; at < whole.length; at += PIECE) {
          const piece = whole.subarray(at, at + PIECE).toString('base64');
          await this.#ask({ call: 'append', file, bytes: piece });
        }
      },
      finish: async () => void (await this.#ask({ call: 'finish', file })),
      discard: async () => void (await this.#ask({ call: 'discard', file })),
    };
  };

  /** Takes what the other process answers, or that the person wants the command to end. */
  take(message: Exclude<FromCaller, { readonly kind: 'run' }>): void {
    if (message.kind === 'interrupt') return this.#interrupt?.();
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if (message.kind === 'answer') asked?.take(message.value);
    else asked?.fail(new PeerholdError(message.code, message.params));
  }

  /** The profile's holder ends: a command that waits for that ends well, any other that waits by `profile-holder-ended`. */
  end(): void {
    if (this.#interrupt === undefined) this.leave(new PeerholdError('profile-holder-ended'));
    else this.#interrupt();
  }

  /** Nobody waits any more; whatever the command waits for ends by this error. */
  leave(error: PeerholdError): void {
    if (this.gone.aborted) return;
    this.#gone.abort(error);
    this.#interrupt?.();
    for (const { fail } of this.#asked.values()) fail(error);
    this.#asked.clear();
  }

  #tell(kind: 'out' | 'err', line: string): void {
    let at = 0;
    do {
      const text = line.slice(at, at + PIECE);
      at += PIECE;
      this.#line.send({ kind, text, more: at < line.length });
    } while (at < line.length);
  }

  #ask<C extends Question['call']>(question: Question & { readonly call: C }): Promise<AnswerTo<C>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (this.gone.aborted) return reject(this.gone.reason as Error);
      const take = (value: unknown): void => {
        if (ANSWERS[question.call](value)) resolve(value as AnswerTo<C>);
        else reject(new PeerholdError('message-malformed'));
      };
      this.#asked.set(id, { take, fail: reject });
      this.#line.send({ kind: 'ask', id, question });
    });
  }
}
