import { PeerholdError } from '../../../shared/errors';
import { inForce } from '../../../shared/network/agreement/in-force';
import { versionInForce } from '../../../shared/network/agreement/queries';
import { MAX_INVITE_DAYS, MAX_USES } from '../../../shared/network/membership/model';
import type { Answer, Command } from '../command';
import { lookingFor } from '../looking';
import { ownPlaces } from '../places';
import { askToBeAdded } from './devices';
import { neededOf, placeOf, wholeOf } from '../given';
import { counted } from '../numbers';
import type { Session } from '../session';

export const invite: Command = {
  name: 'invite',
  about: 'make an invite link',
  usage: '[--type TYPE] [--uses 1] [--days 7] [--at ADDRESS] [--relay]',
  examples: ['peerhold invite --uses 3 --at wss://meet.example.org/signal'],
  options: {
    type: { type: 'string', value: 'TYPE', about: 'the type of membership; the first of the agreement unless given' },
    uses: { type: 'string', value: 'N', about: 'how many may use it; 1 unless given' },
    days: {
      type: 'string',
      value: 'N',
      about: 'how long it can be used, at most as the agreement says; 7 unless given',
    },
    at: { type: 'string', value: 'ADDRESS', about: 'the meeting place in it; this machine’s own unless given' },
    relay: {
      type: 'boolean',
      about: 'name the TURN servers of the agreement in it, with their passwords: whoever has the link can use them',
    },
  },
  async run(session, { options }) {
    const at = placeOf(options);
    const uses = wholeOf(options, 'uses', { otherwise: 1, least: 1, most: MAX_USES });
    const asked = wholeOf(options, 'days', { otherwise: 7, least: 1, most: MAX_INVITE_DAYS });
    const network = await session.network();
    const { host } = await session.engine();
    const peer = await session.peerOf(network);
    const most = inForce(peer.state, 'admission').params.days;
    if (asked > most && options['days'] !== undefined) throw new PeerholdError('cli-invite-days', { most });
    const days = Math.min(asked, most);
    const membership = versionInForce(peer.state)?.protocols.find(({ kind }) => kind === 'membership');
    const types = (membership?.params as { readonly types: readonly { readonly id: string }[] } | undefined)?.types;
    const type = typeof options['type'] === 'string' ? options['type'] : (types?.[0]?.id ?? '');
    const made = await host.invite(
      network,
      { type, uses, days, relay: options['relay'] === true },
      at === undefined ? await ownPlaces(session.profile) : [at],
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
  usage: 'LINK --name NAME [--restore]',
  examples: [
    'peerhold join peerhold://join/AbC… --name Ben',
    'peerhold join peerhold://join/AbC… --name Ben --restore   # Ben is a member already, and has lost all devices',
  ],
  inNetwork: false,
  options: {
    name: {
      type: 'string',
      value: 'NAME',
      about: 'what the others know you by; of a device link, what the device is called',
    },
    restore: {
      type: 'boolean',
      about: 'you are a member already and have lost all your devices: ask to be restored on this one',
    },
  },
  words: { least: 1, most: 1 },
  meets: true,
  async run(session, { words, options }) {
    const name = neededOf(options, 'name');
    const { host } = await session.engine();
    if ((await host.readInvite(words[0]!)).device) {
      const added = await askToBeAdded(session, words[0]!, name);
      return { data: { network: added, state: 'member' }, lines: [`This is a device of yours in ${added} now.`] };
    }
    await session.listen((event) => {
      if (event.kind === 'progress' && event.task === 'join')
        session.progress(`${counted(event.done, 'event')} received`);
    });
    if (options['restore'] === true) return restored(session, words[0]!, name);
    const network = await session.join(() => lookingFor(session, words[0]!, () => host.join(words[0]!, name)));
    return network === null
      ? {
          data: { network: null, state: 'applicant' },
          lines: ['The members decide now. Once they have agreed, join with the same link again.'],
        }
      : { data: { network, state: 'member' }, lines: [`Joined ${network}`] };
  },
};

/** Asks to be restored, or is let in once members have decided it and a seal has that. */
async function restored(session: Session, link: string, name: string): Promise<Answer> {
  const { host } = await session.engine();
  let code = '';
  const network = await session.join(async () => {
    const asked = await lookingFor(session, link, () => host.restore(link, name));
    code = asked.code;
    return asked.network;
  });
  if (network !== null) return { data: { network, state: 'member', code }, lines: [`You are back in ${network}`] };
  return {
    data: { network, state: 'restoring', code },
    lines: [
      `Read this number out to the other members, by voice or in person: ${code}`,
      'They decide now whether it is you. Once they have, and it is sealed, use the same link again.',
    ],
  };
}
