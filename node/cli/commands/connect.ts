import { PeerholdError } from '../../../shared/errors';
import type { ByHand, HandState } from '../../../shared/sync/meeting/by-hand/by-hand';
import { type Caller, orGone } from '../caller';
import type { Command } from '../command';
import { Equality, answerOf } from '../equality';
import type { Session } from '../session';
import { errorWords } from '../words';
import { wholeOf } from '../given';
import { PATIENCE, forLong } from './sync';

export const connect: Command = {
  name: 'connect',
  about: 'connect to one other device by codes that you carry, without any meeting place',
  usage: '[--answer] [--once] [--seconds 30]',
  examples: [
    'peerhold connect                # prints a code for the other device, then reads its answer from the standard input',
    'peerhold connect --answer       # reads the code of the other device, then prints the answer to it',
  ],
  options: {
    answer: { type: 'boolean', about: 'the other device has made the first code' },
    once: { type: 'boolean', about: 'end once both have the same' },
    seconds: {
      type: 'string',
      value: 'N',
      about: 'with --once, how long to try once they are connected; 30 unless given',
    },
  },
  meets: true,
  async run(session, { options }) {
    const network = await session.network();
    const engine = await session.engine();
    const seconds = wholeOf(options, 'seconds', { otherwise: PATIENCE });
    if (options['once'] !== true) await session.letOthersIn();
    await engine.host.setOnline(true);
    const peer = await session.peerOf(network);
    const equality = options['once'] === true ? new Equality(session, peer, 'by-hand') : undefined;
    const hand = engine.byHand(network);
    session.whenGone(() => hand.cancel());
    session.whenDone(() => hand.cancel());
    const { caller } = session;
    if (options['answer'] === true) {
      session.progress('the code of the other device:');
      await readInto(session, (code) => hand.answer(code));
      session.say(...spoken(await reached(caller, hand, 'waiting')));
    } else {
      await hand.offer();
      session.say(...spoken(await reached(caller, hand, 'waiting')));
      session.progress('the answer of the other device:');
      await readInto(session, (code) => hand.accept(code));
    }
    await reached(caller, hand, 'connected');
    return equality === undefined ? forLong(session, peer) : answerOf(peer, await equality.reached(seconds));
  },
};

type Waiting = HandState & { readonly at: 'waiting' };
const spoken = ({ type, code }: Waiting): [object, string] => [{ [type]: code }, code];

/** Takes the first line that is such a code, and says of the others what is wrong. Rejects with the last one's code when no more come. */
async function readInto(session: Session, take: (code: string) => void | Promise<void>): Promise<void> {
  let wrong = new PeerholdError('cli-no-code');
  for (let line = await session.caller.read(); line !== undefined; line = await session.caller.read()) {
    if (line.trim() === '') continue;
    try {
      return await take(line);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      session.progress(errorWords(error.code, error.params));
      wrong = error;
    }
  }
  throw wrong;
}

/** Resolves with the state once it is so far; rejects with the code where it ends before. */
function reached<At extends HandState['at']>(
  caller: Caller,
  hand: ByHand,
  at: At,
): Promise<HandState & { readonly at: At }> {
  const soFar = new Promise<HandState & { readonly at: At }>((resolve, reject) => {
    const look = (state: HandState): void => {
      if (state.at === at) resolve(state as HandState & { readonly at: At });
      else if (state.at === 'ended') reject(new PeerholdError(state.why));
      else return;
      remove();
    };
    const remove = hand.changed.add(look);
    look(hand.state);
  });
  return orGone(caller, soFar);
}
