import { PeerholdError } from '../../../shared/errors';
import { versionInForce } from '../../../shared/network/agreement/queries';
import type { Command } from '../command';
import { ownPlaces } from '../places';
import { askToBeAdded } from './devices';
import { numberOf } from '../numbers';

export const invite: Command = {
  name: 'invite',
  about: 'make an invite link',
  usage: '[--type TYPE] [--uses 1] [--days 7] [--at ADDRESS]',
  examples: ['peerhold invite --uses 3 --at wss://meet.example.org/signal'],
  options: {
    type: { type: 'string' },
    uses: { type: 'string' },
    days: { type: 'string' },
    at: { type: 'string' },
  },
  async run(session, { options }) {
    const network = await session.network();
    const { host } = await session.engine();
    const peer = await session.peerOf(network);
    const membership = versionInForce(peer.state)?.protocols.find(({ kind }) => kind === 'membership');
    const types = (membership?.params as { readonly types: readonly { readonly id: string }[] } | undefined)?.types;
    const type = typeof options['type'] === 'string' ? options['type'] : (types?.[0]?.id ?? '');
    const made = await host.invite(
      network,
      { type, uses: numberOf(options['uses'], 1), days: numberOf(options['days'], 7) },
      typeof options['at'] === 'string' ? [options['at']] : await ownPlaces(session.profile),
    );
    return {
      data: made,
      lines: [
        made.link,
        'Whoever has this link can use it. Somebody of you has to be online when it is: `peerhold sync`.',
      ],
    };
  },
};

export const join: Command = {
  name: 'join',
  about: 'join a network by an invite link',
  usage: 'LINK --name NAME',
  examples: ['peerhold join peerhold://join/AbC… --name Ben'],
  options: { name: { type: 'string' } },
  words: { least: 1, most: 1 },
  meets: true,
  async run(session, { words, options }) {
    const { name } = options;
    if (typeof name !== 'string') throw new PeerholdError('cli-missing');
    const { host } = await session.engine();
    if ((await host.readInvite(words[0]!)).device) {
      const added = await askToBeAdded(session, words[0]!, name);
      return { data: { network: added, state: 'member' }, lines: [`This is a device of yours in ${added} now.`] };
    }
    const network = await session.join(async () => {
      await session.listen((event) => {
        if (event.kind === 'progress' && event.task === 'join') session.progress(`${event.done} events received`);
      });
      return host.join(words[0]!, name);
    });
    return network === null
      ? {
          data: { network: null, state: 'applicant' },
          lines: ['The members decide now. Once they have agreed, join with the same link again.'],
        }
      : { data: { network, state: 'member' }, lines: [`Joined ${network}`] };
  },
};
