import type { Command } from '../command';
import { EXIT } from '../exit';

export const verify: Command = {
  name: 'verify',
  about: 'recompute a network from its stored bytes, and say what holds',
  usage: '',
  examples: ['peerhold verify && echo all right'],
  async run(session) {
    const peer = await session.peer();
    await session.listen((event) => {
      if (event.kind === 'progress' && event.task === 'verify') session.progress(`${event.done} of ${event.total}`);
    });
    const found = await session.verify(peer.id);
    const { events, signatures, seals, sealSignatures, texts, wrong, wrongs, noted, notes, digest } = found;
    return {
      data: found,
      lines: [
        `${events} events, ${signatures} signatures, ${seals} seals with ${sealSignatures} signatures, ${texts} texts`,
        `State ${digest}`,
        ...wrong.map(({ code, event }) => `WRONG ${code} ${event ?? ''}`),
        ...noted.map(({ code, event }) => `note ${code} ${event ?? ''}`),
        wrongs === 0 ? `All of it holds.${notes === 0 ? '' : ` ${notes} notes.`}` : `${wrongs} things are wrong.`,
      ],
      exit: wrongs === 0 ? EXIT.done : EXIT.no,
    };
  },
};
