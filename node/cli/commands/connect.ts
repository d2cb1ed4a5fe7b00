import { PeerholdError } from '../../../shared/errors';
import type { ByHand, HandState } from '../../../shared/sync/meeting/by-hand/by-hand';
import { type Caller, orGone } from '../caller';
import type { Command } from '../command';
import { type Session, nameOfMember } from '../session';
import { errorWords } from '../words';
import { numberOf } from '../numbers';
import { PATIENCE, forLong, once } from './sync';

export const connect: Command = {
  name: 'connect',
  about: 'connect to one other device by codes that you carry, without any meeting place',
  usage: '[--answer] [--once] [--seconds 30]',
  examples: [
    'peerhold connect                # prints a code for the other device, then reads its answer from the standard input',
    'peerhold connect --answer       # reads the code of the other device, then prints the answer to it',
  ],
  options: { answer: { type: 'boolean' }, once: { type: 'boolean' }, seconds: { type: 'string' } },
  meets: true,
  async run(session, { options }) {
    const network = await session.network();
    const engine = await session.engine();
    if (options['once'] !== true) await session.letOthersIn();
    await engine.host.setOnline(true);
    const peer = await session.peerOf(network);
    const hand = engine.byHand(network);
    session.whenGone(() => hand.cancel());
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
    const met =
      options['once'] === true
        ? await once(session, peer, numberOf(options['seconds'], PATIENCE))
        : await forLong(session, peer);
    return {
      data: { network, events: peer.replica.record.size, met },
      lines: [
        `Same as ${met.map((member) => nameOfMember(peer, member)).join(', ')}: ${peer.replica.record.size} events`,
      ],
    };
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
