import { versionInForce } from '../../../shared/network/agreement/queries';
import type { Command } from '../command';
import { wordsOf } from '../session';

export const agreement: Command = {
  name: 'agreement',
  about: 'the protocols in force, with what a proposal to change them names',
  usage: '',
  examples: ['peerhold agreement', 'peerhold agreement --json'],
  async run(session) {
    const peer = await session.peer();
    const version = versionInForce(peer.state)!;
    const protocols = version.protocols.map(({ text, ...spec }) => ({
      ...spec,
      text: wordsOf(peer, text),
      suspended: version.suspended.includes(spec.id),
    }));
    return {
      data: { version: version.id, number: version.number, protocols },
      lines: [
        `Version ${version.number}  ${version.id}`,
        ...protocols.map(
          ({ id, kind, title, suspended }) => `  ${id}  ${title}  ${kind}${suspended ? '  (suspended)' : ''}`,
        ),
      ],
    };
  },
};
