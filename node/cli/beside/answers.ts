import { PeerholdError, errorCode } from '../../../shared/errors';
import type { Caller } from '../caller';
import type { NewFile, OpenFile } from '../local-file';
import type { AnswerTo, FromCaller, Question } from './messages';

/** Answers, in the process in which a command was typed, what the holder of the profile asks while it runs. */
export class Answers {
  readonly #caller: Caller;
  readonly #files = new Map<number, OpenFile>();
  readonly #written = new Map<number, NewFile>();
  #next = 0;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Never rejects: what fails is an answer. */
  async answer(id: number, question: Question): Promise<FromCaller> {
    try {
      return { kind: 'answer', id, value: await this.#answer(question) };
    } catch (error) {
      const { code, params } = error instanceof PeerholdError ? error : new PeerholdError(errorCode(error));
      return { kind: 'failed', id, code, params };
    }
  }

  /** Closes what is open; of a file that was not finished nothing stays. */
  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
    for (const file of this.#written.values()) await file.discard();
  }

  async #answer(question: Question): Promise<AnswerTo<Question['call']>> {
    switch (question.call) {
      case 'read':
        return (await this.#caller.read()) ?? null;
      case 'passphrase':
        return this.#caller.passphrase({ file: question.file ?? undefined, twice: question.twice });
      case 'open': {
        const opened = await this.#caller.openFile(question.path);
        const file = this.#next++;
        this.#files.set(file, opened);
        return { file, size: opened.size };
      }
      case 'piece': {
        const piece = await theOne(this.#files, question.file).read(question.start, question.end);
        return Buffer.from(piece).toString('base64');
      }
      case 'close': {
        const file = theOne(this.#files, question.file);
        this.#files.delete(question.file);
        await file.close();
        return null;
      }
      case 'create': {
        const created = await this.#caller.createFile(question.path);
        const file = this.#next++;
        this.#written.set(file, created);
        return file;
      }
      case 'append':
        await theOne(this.#written, question.file).append(Buffer.from(question.bytes, 'base64'));
        return null;
      case 'finish':
      case 'discard': {
        const file = theOne(this.#written, question.file);
        this.#written.delete(question.file);
        await file[question.call]();
        return null;
      }
    }
  }
}

function theOne<T>(all: ReadonlyMap<number, T>, file: number): T {
  const one = all.get(file);
  if (one === undefined) throw new PeerholdError('message-unexpected');
  return one;
}
