import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { forkEvidence } from '../network/fork-evidence';
import { readForkFile } from '../network/fork-file';
import { decodeEvent } from '../record/event';
import { forkFileOf } from './fork-proof';

const note = (payload: unknown) => ({ type: 'note', payload });

describe('the proof of a fork, from a replica', () => {
  it('is of whom it is asked for, and can be checked from the file alone', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const halves = [await forge(ben, note(1)), await forge(ben, note(2))];
    await expect(forkFileOf(ana.replica, ben.signer.device)).rejects.toMatchObject({ code: 'fork-unknown' });
    ana.replica.receive({ events: halves, texts: [] });
    const verdict = await forkEvidence(...readForkFile(await forkFileOf(ana.replica, ben.signer.device)));
    expect(verdict).toMatchObject({ proves: true, network: ana.replica.id, device: ben.signer.device });
    for (const device of [ana.signer.device, 'nobody’s'])
      await expect(forkFileOf(ana.replica, device)).rejects.toMatchObject({ code: 'fork-unknown' });
  });

  it('is not given out while a signature in it is wrong, as in a history that is still being checked', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const [one, other] = [await forge(ben, note(1)), await forge(ben, note(2))];
    const spoilt = other.bytes.slice();
    spoilt[40]! ^= 1;
    ana.replica.receive({ events: [one, decodeEvent(spoilt)], texts: [] });
    expect(ana.replica.state.devices.get(ben.signer.device)?.fork).toBeDefined();
    await expect(forkFileOf(ana.replica, ben.signer.device)).rejects.toMatchObject({ code: 'fork-unproven' });
  });
});
