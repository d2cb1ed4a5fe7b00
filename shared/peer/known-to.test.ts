import { describe, expect, it } from 'vitest';
import { type Person, certify, group, meet, testSigner } from '../../test/kit/group';
import { consentMessage } from '../network/certificates';
import { knownTo } from './known-to';

const rename = (person: Person, name: string) => person.act('member.describe', { name: { text: name } });

/** Ids that are left out for Ben, as Ana sees it; `heard`: how many of her events his devices said they have. */
function leftOut(ana: Person, ben: Person, heard: Readonly<Record<string, number>> = {}): Set<string> {
  const { record, state } = ana.replica;
  const hearsay = { record, state, own: ana.signer.device, heard: (device: string) => heard[device] ?? 0 };
  const known = knownTo(state.members.get(ben.member)!, hearsay);
  return new Set(
    record
      .all()
      .filter(({ lane, place }) => place < (known[lane] ?? 0))
      .map(({ id }) => id),
  );
}

const idsOf = ({ replica }: Person): string[] => replica.record.all().map(({ id }) => id);

describe('what a member is known to have', () => {
  it('is nothing while their device has said and signed nothing', async () => {
    const [ana, ben] = await group(['ana', 'ben']);
    expect(leftOut(ana!, ben!)).toEqual(new Set());
  });

  it('is what their event cites, with all before it, and that event', async () => {
    const [ana, ben] = await group(['ana', 'ben']);
    const before = idsOf(ana!);
    const signed = await rename(ben!, 'Ben');
    await ana!.pull(ben!);
    const later = await rename(ana!, 'Anna');
    expect(leftOut(ana!, ben!)).toEqual(new Set([...before, signed]));
    expect(leftOut(ana!, ben!).has(later)).toBe(false);
  });

  it('is, of what this device signed, as much as they said, with all before it', async () => {
    const [ana, ben] = await group(['ana', 'ben']);
    const all = idsOf(ana!);
    await rename(ana!, 'Anna');
    const device = ben!.signer.device;
    expect(leftOut(ana!, ben!, { [device]: all.length })).toEqual(new Set(all));
    expect(leftOut(ana!, ben!, { [device]: 2 })).toEqual(new Set(all.slice(0, 2)));
    expect(leftOut(ana!, ben!, { [device]: 1_000 })).toEqual(new Set(idsOf(ana!)));
  });

  it('is what all of their devices have; a revoked one and a keeper are not counted', async () => {
    const [ana, ben] = await group(['ana', 'ben']);
    const second = await certify(ben!, 'ben2');
    await ana!.pull(ben!);
    const certified = idsOf(ana!);
    // The new device has told of nothing yet.
    expect(leftOut(ana!, ben!)).toEqual(new Set());
    const signed = await rename(second, 'Ben, at work');
    await rename(ben!, 'Ben, at home');
    await meet([ana!, ben!]);
    await ana!.pull(second);
    expect(leftOut(ana!, ben!)).toEqual(new Set(certified));

    const keeper = await testSigner('cellar');
    const proof = await keeper.sign(consentMessage(ben!.replica.id, ben!.signer.device));
    await ben!.act('device.certify', { device: keeper.device, label: 'cellar', proof, role: 'keeper' });
    await ana!.pull(ben!);
    expect(leftOut(ana!, ben!)).toEqual(new Set(certified));
    await ben!.act('device.revoke', { device: second.signer.device });
    await ana!.pull(ben!);
    expect(leftOut(ana!, ben!)).toEqual(new Set(idsOf(ana!).filter((id) => id !== signed)));
  });
});
