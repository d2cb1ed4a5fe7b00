import { expect, it } from 'vitest';
import { SimClock } from '../../test/channel/sim-clock';
import { type Person, group } from '../../test/kit/group';
import { until } from '../../test/kit/peers';
import { checkEvent } from '../network/check';
import { type RecordHolder, RecordSync } from './record-sync';
import { decodeRecordMessage } from './record-messages';

/** Two people's records on one clock, over a wire that stays up and loses what `loses` says. */
async function wired(loses: (message: Uint8Array) => boolean) {
  const people = (await group(['ana', 'ben'])) as [Person, Person];
  const clock = new SimClock();
  const syncs = people.map(({ replica, signer }): RecordSync => {
    const holder: RecordHolder = {
      device: signer.device,
      record: replica.record,
      kept: replica.kept,
      textsOf: replica.textsOf.bind(replica),
      wanted: () => replica.record.missing(),
      textless: () => replica.textless(),
      async take({ events, texts }, from) {
        const checked = await Promise.all(events.map(checkEvent));
        const { entries } = replica.receive({ events: checked, texts });
        sync.announce(entries, from);
      },
    };
    const sync: RecordSync = new RecordSync(holder, clock, () => undefined);
    return sync;
  }) as [RecordSync, RecordSync];
  const devices = people.map(({ signer }) => signer.device) as [string, string];
  for (const [index, sync] of syncs.entries())
    sync.connected(devices[1 - index]!, {
      send(message) {
        if (!loses(message)) clock.setTimer(1, () => void syncs[1 - index]!.receive(devices[index]!, message));
      },
      writable: async () => undefined,
    });
  return { people, syncs, clock };
}

it('sends again what a wire that stays up has lost, after the next comparison', async () => {
  let lost = 0;
  let loses = false;
  const { people, syncs, clock } = await wired((message) => {
    if (!loses || decodeRecordMessage(message).kind !== 'events') return false;
    lost += 1;
    return true;
  });
  const [ana, ben] = people;
  await clock.advance(1_000);
  loses = true;
  const id = await ana.act('member.describe', { name: { text: 'Anna' } });
  syncs[0].announce([ana.replica.record.get(id)!]);
  await clock.advance(5_000);
  loses = false;
  expect(lost).toBe(1);
  expect(ben.replica.record.has(id)).toBe(false);
  await clock.advance(31_000);
  // Signatures are checked on threads of their own.
  await until(() => ben.replica.record.has(id));
  expect(ben.replica.text(ben.replica.state.members.get(ana.member)!.name)).toBe('Anna');
  for (const sync of syncs) sync.close();
});
