import { hostname } from 'node:os';
import { PeerholdError } from '../../../shared/errors';
import { foundingPayload, newDraft, withPreset } from '../../../shared/engine/founding-draft';
import { PRESETS } from '../../../shared/network/agreement/templates';
import type { Command } from '../command';
import { day } from '../day';
import { neededOf, textOf } from '../given';
import { counted } from '../numbers';
import { templateWords } from '../words';

/** Longest label of a device. */
const MAX_DEVICE = 40;

export const found: Command = {
  name: 'found',
  about: 'found a network',
  usage:
    '--name NAME --purpose TEXT --you NAME [--preset house|workshop|boat|land|circle] [--unit EUR] [--device NAME]',
  examples: ['peerhold found --name "Lime Street" --purpose "To buy and keep a house." --you Ann --preset house'],
  inNetwork: false,
  options: {
    name: { type: 'string', value: 'NAME', about: 'what the network is called' },
    purpose: { type: 'string', value: 'TEXT', about: 'what it is for' },
    you: { type: 'string', value: 'NAME', about: 'what the others know you by' },
    preset: {
      type: 'string',
      value: 'KIND',
      about: 'the agreement to begin with: house (unless given), workshop, boat, land, circle',
    },
    unit: { type: 'string', value: 'EUR', about: 'the three letters of its currency; EUR unless given' },
    device: {
      type: 'string',
      value: 'NAME',
      about: 'what this device is called; the name of the machine unless given',
    },
  },
  async run(session, { options }) {
    const [name, purpose, you] = [neededOf(options, 'name'), neededOf(options, 'purpose'), neededOf(options, 'you')];
    const preset = PRESETS.find((one) => one === (options['preset'] ?? 'house'));
    if (preset === undefined) throw new PeerholdError('cli-unknown', { what: String(options['preset']) });
    const unit = textOf(options, 'unit') ?? 'EUR';
    const device = textOf(options, 'device') ?? hostname().slice(0, MAX_DEVICE);
    const draft = withPreset({ ...newDraft(templateWords, unit, device), name, purpose, you }, preset);
    const { engine, added } = await session.open();
    const network = await engine.host.found(foundingPayload(draft, templateWords));
    added.emit(network);
    return {
      data: { network },
      lines: [
        `Founded ${name}: ${network}`,
        `Its time begins with this machine's clock: ${day(Date.now())}. If that is wrong, found it anew: seals never go back.`,
      ],
    };
  },
};

export const networks: Command = {
  name: 'networks',
  about: 'list the networks of this profile',
  usage: '',
  inNetwork: false,
  examples: ['peerhold networks --json'],
  async run(session) {
    const held = await (await session.engine()).host.networks();
    return {
      data: { networks: held },
      lines:
        held.length === 0
          ? ['No network here. Found one, or join by an invite.']
          : held.map(({ id, name, members }) => `${id.slice(0, 16)}  ${name} (${counted(members, 'member')})`),
    };
  },
};
