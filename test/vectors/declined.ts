import type { SignedEvent } from '../../shared/record/event';
import { forge } from '../kit/forge';
import { type Person, meet } from '../kit/group';
import { type Authors, type Three, give, post } from './author';

/** What members sign though their apps would refuse it: of bookings, pages, payments and decisions; and by a device that was revoked apart. */
export async function declined(authors: Authors, [ana, ben, cleo]: Three, decided: string): Promise<void> {
  const people = [ana, ben, cleo];
  await meet(people);
  const sign = async (by: Person, type: string, payload: object): Promise<void> => {
    const event: SignedEvent = await forge(by, { type, payload });
    give([event], people);
  };
  const { resources, bookings, pledges, entries, proposals } = ana.replica.state;
  const mill = [...resources.values()].find(({ status }) => status === 'held')!;
  const book = (by: Person, from: string, until: string): Promise<void> =>
    sign(by, 'use.book', { resource: mill.id, from, until });
  await book(ana, '2026-12-01', '2026-12-02');
  await book(ana, '2026-12-01', '2026-12-20');
  await book(ben, '2026-12-01', '2026-12-04');
  const of = (by: Person, status: string): string =>
    [...bookings.values()].find((one) => one.member === by.member && one.status === status)!.id;
  await sign(ana, 'use.cancel', { booking: of(ana, 'cancelled') });
  await sign(cleo, 'use.cancel', { booking: of(cleo, 'stands') });
  await sign(ben, 'page.withdraw', { page: 'nowhere' });

  const pays = (by: Person, amount: number, more: object): Promise<void> => {
    const postings = [
      { account: 'expense:roof', unit: 'EUR', amount },
      { account: 'bank', unit: 'EUR', amount: -amount },
    ];
    const payload = { kind: 'reversal', date: '2025-02-01', memo: authors.words(by.signer, 'No.'), postings, ...more };
    return sign(by, 'entry.post', payload);
  };
  const reversed = [...entries.values()].find(({ reversedBy }) => reversedBy !== undefined)!;
  const breach = [...entries.values()].find(({ authorisation }) => authorisation.status === 'breach')!;
  await pays(ana, -5_000, { reverses: reversed.id });
  await pays(ana, 5_000, { reverses: reversed.reversedBy });
  await pays(ana, -5_000, { reverses: breach.id });
  await pays(ana, -5_000, {});
  const pledge = [...pledges.values()].find(({ status }) => status === 'paid')!;
  await pays(cleo, 10, { kind: 'expense', pledge: pledge.id });
  await sign(cleo, 'pledge.withdraw', { pledge: pledge.id });

  const words = { title: authors.words(ben.signer, 'Again'), text: authors.words(ben.signer, 'Again, please.') };
  const open = (effect: object): Promise<void> => sign(ben, 'proposal.open', { ...words, deadline: 0, effect });
  await open({ kind: 'buy', resource: mill.id, amount: 90_000, unit: 'EUR' });
  await open({ kind: 'parameters', base: ana.replica.id, protocol: 'spending', params: { unit: 'EUR', free: null } });
  await open({ kind: 'distribute', amount: 5, unit: 'EUR', resource: mill.id });
  const undecided = [...proposals.values()].find(({ status }) => status === 'open')!;
  await sign(cleo, 'decision.close', { proposal: undecided.id, ballots: [] });
  await sign(ana, 'proposal.withdraw', { proposal: undecided.id });
  await sign(proposals.get(decided)!.by === ana.member ? ana : cleo, 'proposal.withdraw', { proposal: decided });

  const watch = await authors.certify(ben, 'watch');
  await watch.act('member.describe', { name: authors.words(watch.signer, 'Ben at his watch') });
  // He has not seen that; and it sorts before what makes it void.
  for (const amount of [1, 2])
    await post(authors, ben, 'transfer', [
      ['cash', amount],
      ['bank', -amount],
    ]);
  await ben.act('device.revoke', { device: watch.signer.device });
  await meet([...people, watch]);
}
