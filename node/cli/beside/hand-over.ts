import type { Socket } from 'node:net';
import { PeerholdError } from '../../../shared/errors';
import type { Caller } from '../caller';
import { Answers } from './answers';
import { greetHolder, ownBuild } from './greeting';
import { Lines } from './lines';
import { type FromCaller, encode, readFromHolder } from './messages';
import { knock } from './socket';

/** Milliseconds: a holder that has much to do answers late. */
const GREETING_TIME = 20_000;

/**
 * Has the holder of a profile run a command line for this caller; resolves with its exit code, or undefined where nobody is there who does.
 * Rejects with `profile-holder-version`, or with `profile-holder-ended` where the holder ends before the command has.
 */
export async function handOver(
  folder: string,
  argv: readonly string[],
  caller: Caller,
  build?: string,
): Promise<number | undefined> {
  const door = await knock(folder);
  if (door === undefined) return undefined;
  const { socket, key } = door;
  socket.on('error', () => undefined);
  const timer = setTimeout(() => socket.destroy(), GREETING_TIME);
  try {
    const lines = new Lines(socket);
    const say = (line: string): void => void socket.write(line);
    const met = await greetHolder({ lines, say, key, build: build ?? (await ownBuild()) });
    if (met === 'nobody') return undefined;
    if (met === 'other') throw new PeerholdError('profile-holder-version');
    clearTimeout(timer);
    lines.trust();
    return await attend(socket, lines, argv, caller);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Stays with a command that runs elsewhere: tells what it says, and answers what it asks. */
async function attend(socket: Socket, lines: Lines, argv: readonly string[], caller: Caller): Promise<number> {
  const send = (message: FromCaller): void => {
    if (socket.writable) socket.write(encode(message));
  };
  const answers = new Answers(caller);
  const begun = { out: '', err: '' };
  send({ kind: 'run', argv });
  try {
    for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
      const message = readFromHolder(line);
      switch (message.kind) {
        case 'out':
        case 'err': {
          const { kind, text, more } = message;
          begun[kind] += text;
          if (more) break;
          caller[kind](begun[kind]);
          begun[kind] = '';
          break;
        }
        case 'ask':
          void answers.answer(message.id, message.question).then(send);
          break;
        case 'listens':
          void caller.interrupted().then(() => send({ kind: 'interrupt' }));
          break;
        case 'ended':
          return message.exit;
      }
    }
  } finally {
    await answers.close();
  }
  throw new PeerholdError('profile-holder-ended');
}
