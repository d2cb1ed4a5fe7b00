import { PeerholdError } from '../../../shared/errors';
import { forkEvidence } from '../../../shared/network/fork-evidence';
import { MAX_FORK_FILE, readForkFile } from '../../../shared/network/fork-file';
import type { Device } from '../../../shared/network/membership/model';
import type { Peer } from '../../../shared/peer/peer';
import { type Caller, withContent, writeNew } from '../caller';
import type { Answer, Command } from '../command';
import { day } from '../day';
import { EXIT } from '../exit';
import { nameOfMember, theOne } from '../session';

export const evidence: Command = {
  name: 'evidence',
  about:
    'who signed two histories; the proof of it as a file; and whether such a file proves it, which needs no network',
  usage: '[DEVICE --out FILE | --check FILE]',
  examples: [
    'peerhold evidence                          # devices that signed two histories',
    'peerhold evidence 3fa9c1d2 --out ben.json  # the proof, for whoever is to judge it',
    'peerhold evidence --check ben.json',
  ],
  options: {
    out: { type: 'string', value: 'FILE', about: 'where the proof is written' },
    check: { type: 'string', value: 'FILE', about: 'a proof that is looked at' },
  },
  words: { least: 0, most: 1 },
  async run(session, { words: [wanted], options: { out, check } }) {
    if (typeof check === 'string') {
      if (wanted !== undefined || out !== undefined) throw new PeerholdError('cli-option', { command: 'evidence' });
      return judge(session.caller, check);
    }
    if ((wanted === undefined) !== (out === undefined))
      throw new PeerholdError('cli-missing', { what: wanted === undefined ? 'DEVICE' : '--out' });
    const peer = await session.peer();
    const forked = [...peer.state.devices.values()].filter(({ fork }) => fork !== undefined);
    if (wanted === undefined) return list(peer, forked);
    const { id } = theOne(wanted, forked, ({ label }) => label);
    const file = await (await session.engine()).host.forkFile(peer.id, id);
    await writeNew(session.caller, String(out), [file]);
    return { data: { network: peer.id, device: id, file: out }, lines: [`${String(out)}: the proof against ${id}`] };
  },
};

function list(peer: Peer, forked: readonly Device[]): Answer {
  const rows = forked.map(({ id, label, member, status, fork }) => {
    return { device: id, label, member, name: nameOfMember(peer, member), status, events: fork };
  });
  return {
    data: { network: peer.id, forks: rows },
    lines:
      rows.length === 0
        ? ['No device signed two histories, as far as is known here.']
        : rows.map(({ device, name, label, status }) => `${device.slice(0, 16)}  ${name}  ${label}  ${status}`),
  };
}

/** Looks at nothing but the file: whoever judges it needs neither the network nor anybody's word. */
async function judge(caller: Caller, path: string): Promise<Answer> {
  const content = await withContent(
    caller,
    path,
    async (file) => new Uint8Array(await file.slice(0, Math.min(file.size, MAX_FORK_FILE + 1)).arrayBuffer()),
  );
  const verdict = await forkEvidence(...readForkFile(content));
  if (!verdict.proves)
    return {
      data: { file: path, proves: false, why: verdict.why },
      lines: [`It proves nothing: ${WHY[verdict.why]}`],
      exit: EXIT.no,
    };
  const { network, device, sequence } = verdict;
  const events = verdict.events.map(({ id, type, time }) => ({ id, type, time }));
  return {
    data: { file: path, proves: true, network, device, sequence, events },
    lines: [
      'It proves that one device signed two histories: two different events of one number, each with its signature.',
      `Network ${network}`,
      `Device  ${device}`,
      `Number  ${sequence}`,
      ...events.map(({ id, type, time }) => `Event   ${id}  ${type}, signed at ${day(time)} by its own word`),
      'Whose device that is stands in the record of the network, and on its member’s page there.',
    ],
  };
}

const WHY = {
  'no-event': 'one of the two is no event.',
  signature: 'a signature is wrong.',
  'one-event': 'the two are one and the same event.',
  network: 'the two are of different networks.',
  device: 'the two are of different devices.',
  number: 'the two have different numbers.',
} as const;
