import { hostname } from 'node:os';
import { PeerholdError } from '../../../shared/errors';
import { foundingPayload, newDraft, withPreset } from '../../../shared/engine/founding-draft';
import { PRESETS } from '../../../shared/network/agreement/templates';
import type { Command } from '../command';
import { templateWords } from '../words';

/** Longest label of a device. */
const MAX_DEVICE = 40;

export const found: Command = {
  name: 'found',
  about: 'found a network',
  usage: '--name NAME --purpose TEXT --you NAME [--preset house|workshop|boat|circle] [--unit EUR] [--device NAME]',
  examples: ['peerhold found --name "Lime Street" --purpose "To buy and keep a house." --you Ann --preset house'],
  options: {
    name: { type: 'string' },
    purpose: { type: 'string' },
    you: { type: 'string' },
    preset: { type: 'string' },
    unit: { type: 'string' },
    device: { type: 'string' },
  },
  async run(session, { options }) {
    const { name, purpose, you } = options as Readonly<Record<string, string | undefined>>;
    if (name === undefined || purpose === undefined || you === undefined) throw new PeerholdError('cli-missing');
    const preset = PRESETS.find((one) => one === (options['preset'] ?? 'house'));
    if (preset === undefined) throw new PeerholdError('cli-unknown', { what: String(options['preset']) });
    const unit = typeof options['unit'] === 'string' ? options['unit'] : 'EUR';
    const device = typeof options['device'] === 'string' ? options['device'] : hostname().slice(0, MAX_DEVICE);
    const draft = withPreset({ ...newDraft(templateWords, unit, device), name, purpose, you }, preset);
    const { engine, added } = await session.open();
    const network = await engine.host.found(foundingPayload(draft, templateWords));
    added.emit(network);
    return { data: { network }, lines: [`Founded ${name}: ${network}`] };
  },
};

export const networks: Command = {
  name: 'networks',
  about: 'list the networks of this profile',
  usage: '',
  examples: ['peerhold networks --json'],
  async run(session) {
    const held = await (await session.engine()).host.networks();
    return {
      data: { networks: held },
      lines:
        held.length === 0
          ? ['No network here. Found one, or join by an invite.']
          : held.map(({ id, name, members }) => `${id.slice(0, 16)}  ${name} (${members} members)`),
    };
  },
};
