import type { Command } from '../command';
import { EXIT } from '../exit';
import { counted } from '../numbers';

const TELL_EVERY = 2_000;

export const verify: Command = {
  name: 'verify',
  about: 'recompute a network from its stored bytes, and say what holds',
  usage: '',
  examples: ['peerhold verify && echo all right'],
  async run(session) {
    const peer = await session.peer();
    // How far it is, where it takes long.
    let told = performance.now();
    await session.listen((event) => {
      if (event.kind !== 'progress' || event.task !== 'verify' || performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      session.progress(`${event.done} of ${event.total}`);
    });
    const found = await session.verify(peer.id);
    const { events, signatures, seals, sealSignatures, texts, wrong, wrongs, noted, notes, digest } = found;
    return {
      data: found,
      lines: [
        [
          counted(events, 'event'),
          counted(signatures, 'signature'),
          `${counted(seals, 'seal')} with ${counted(sealSignatures, 'signature')}`,
          counted(texts, 'text'),
        ].join(', '),
        `State ${digest}`,
        ...wrong.map(({ code, event }) => `WRONG ${code} ${event ?? ''}`),
        ...noted.map(({ code, event }) => `note ${code} ${event ?? ''}`),
        wrongs === 0
          ? `All of it holds.${notes === 0 ? '' : ` ${counted(notes, 'note')}.`}`
          : counted(wrongs, 'thing is wrong.', 'things are wrong.'),
      ],
      exit: wrongs === 0 ? EXIT.done : EXIT.no,
    };
  },
};
