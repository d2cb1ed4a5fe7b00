import { PeerholdError } from '../../../shared/errors';
import type { Restoring } from '../../../shared/peer/restoring-desk';
import type { Command } from '../command';
import { MAX_DAYS, neededOf, wholeOf } from '../given';
import { nameOfMember, theOne } from '../session';

const DAY = 86_400_000;
const digits = (text: string): string => text.replace(/\D/g, '');

export const restore: Command = {
  name: 'restore',
  about: 'propose to restore a member who lost all devices, or list who asks for it',
  usage: '[MEMBER --code NUMBER [--text TEXT] [--days 7] | --refuse --code NUMBER]',
  examples: [
    'peerhold restore   # who has come with an invite and says that they are a member',
    'peerhold restore Cleo --code "0412 7756 1180 9003 5521"   # the number that Cleo read out to you',
  ],
  options: {
    code: { type: 'string', value: 'NUMBER', about: 'the number that the new device shows, as its person read it out' },
    text: { type: 'string', value: 'TEXT', about: 'what there is to say about it' },
    days: { type: 'string', value: 'N', about: 'until when votes are taken; 7 unless given' },
    refuse: { type: 'boolean', about: 'it is not who they say: forget them' },
  },
  words: { least: 0, most: 1 },
  async run(session, { words: [wanted], options }) {
    const network = await session.network();
    const peer = await session.peerOf(network);
    const { asking } = peer.restorations;
    if (wanted === undefined && options['refuse'] !== true) {
      if (asking.length === 0) session.progress('Nobody asks to be restored at this device.');
      return {
        data: { asking },
        lines: asking.map(({ name, code }) => `${code}  says to be ${name}, with all devices lost`),
      };
    }
    const who = byCode(asking, neededOf(options, 'code'));
    if (options['refuse'] === true) {
      const { host } = await session.engine();
      await host.refuseRestoring(network, who.device);
      return { data: { device: who.device, refused: true }, lines: [`Refused ${who.code}.`] };
    }
    const member = theOne(wanted!, peer.state.members.values(), ({ name }) => peer.replica.text(name));
    const name = nameOfMember(peer, member.id);
    const id = await session.act({
      type: 'proposal.open',
      payload: {
        title: { text: `Restore ${name} on a new device` },
        text: { text: typeof options['text'] === 'string' ? options['text'] : '' },
        effect: { kind: 'restore', member: member.id, device: who.device, consent: who.consent },
        deadline: Date.now() + wholeOf(options, 'days', { otherwise: 7, most: MAX_DAYS }) * DAY,
      },
    });
    return {
      data: { event: id, member: member.id, device: who.device, code: who.code },
      lines: [`Proposed: ${id}`, `All who vote should hear this number from ${name}: ${who.code}`],
    };
  },
};

/** Whoever shows this number. Throws `cli-unknown`. */
function byCode(asking: readonly Restoring[], code: string): Restoring {
  const found = asking.find((one) => digits(one.code) === digits(code));
  if (found === undefined) throw new PeerholdError('cli-unknown', { what: code });
  return found;
}
