import { classedAs } from '../../shared/network/agreement/model';
import { RULES_VERSION } from '../../shared/network/events';
import type { Healed } from './invariants';
import { LIE_NAMES } from './lies';
import { note } from './site';

/** Counts of things that occurred, by `group: kind`. */
export type Occurred = Readonly<Record<string, number>>;

const under = (group: string, kinds: readonly string[]): string[] => kinds.map((kind) => `${group}: ${kind}`);

/** What a long series of runs must have met, each at least once: whatever never occurs is not tested, however many runs there are. */
export const MUST_OCCUR: readonly string[] = [
  ...under('trouble', [
    'crash by chance',
    'crash at a write',
    'sleep',
    'broken wire',
    'partition',
    'failing disk',
    'days pass',
    'wrong clock',
    'join',
    'not joined, invite-used-up',
    'not joined, invite-expired',
    'not joined, nobody-reachable',
    'not joined, join-interrupted',
    'further device',
    'waits for the seal of its admission',
    'backup in place of the lost machine',
    'backup beside the machine',
    'lost device',
    'all devices lost',
    'not joined, join-restoring',
    'restored',
  ]),
  ...under('keeper', [
    'let in',
    'crash by chance',
    'refused to sign',
    'members lived apart by it',
    'all are equal by it alone',
  ]),
  ...under('bundle', [
    'taken',
    'with nothing new',
    'refused',
    'opened by whom it is locked to',
    'not for you',
    'not for device',
  ]),
  ...under('lie', [...LIE_NAMES, 'letting in', 'letting in with a spoilt history']),
  ...under('document', ['its other version was taken']),
  ...under('signing twice', [
    'named to a peer',
    'by a liar',
    'by a backup',
    'a backup stopped before',
    'went on by a new device',
  ]),
  ...under('event', [
    'without effect',
    'by the ended',
    'network.found',
    'invite.issue',
    'invite.revoke',
    'member.admit',
    'member.describe',
    'member.leave',
    'member.announce',
    'device.certify',
    'device.revoke',
    'device.receives',
    'proposal.open',
    'proposal.withdraw',
    'ballot.cast',
    'entry.post',
    'resource.seek',
    'resource.drop',
    'pledge.make',
    'pledge.withdraw',
    'use.book',
    'use.cancel',
    'text.erase',
    'page.publish',
    'page.withdraw',
    'seal.ready',
    'seal.propose',
    'seal.prevote',
    'seal.precommit',
  ]),
  ...under('refused', [
    'not-entitled',
    'not-in-electorate',
    'not-proposer',
    'page-not-public',
    'publishing-decided',
    'resource-not-held',
    'resource-not-sought',
    'seals-close',
    'use-not-agreed',
  ]),
  ...under('member', [
    'active',
    'applicant',
    'waiting',
    'left',
    'removed',
    'gone without having settled',
    'gone without notice',
    'gone after a notice',
    'under notice',
  ]),
  ...under('device', ['active', 'revoked', 'frozen']),
  ...under('proposal', ['open', 'adopted', 'rejected', 'withdrawn', 'clashing', 'superseded']),
  ...under('adopted', [
    'none',
    'parameters',
    'adopt',
    'suspend',
    'resume',
    'retire',
    'admit',
    'remove',
    'restore',
    'spend',
    'buy',
    'publish',
    'distribute',
    'erase',
    'rules',
  ]),
  ...under('decided', ['by what protects it', 'by a tier of spending']),
  ...under('rules', ['all stand still', 'all go on by newer ones']),
  ...under('ballot', ['counts', 'replaced', 'kept', 'late', 'unclear']),
  ...under('payment', ['not-needed', 'free', 'covered', 'breach', 'contested']),
  ...under('part', ['open', 'paid', 'paid beyond it']),
  ...under('resource', ['sought', 'deciding', 'agreed', 'held', 'dropped']),
  ...under('pledge', ['stands', 'due', 'paid', 'lapsed', 'withdrawn']),
  ...under('booking', ['stands', 'waiting', 'cancelled', 'ended', 'for the same dates', 'beyond a quota together']),
  ...under('publication', ['waiting', 'public', 'replaced', 'withdrawn', 'clashing', 'lapsed']),
  ...under('seal', [
    'made',
    'in a later round',
    'by a majority',
    'all sealed in the end',
    'quorum lost in the end',
    'by liars enough to break it',
    'two of one height by them',
  ]),
  ...under('named', ['double-vote', 'broken-lock', 'groundless-precommit']),
];

/** Notes what a run came to, as its final state shows it. */
export function takeStock({ scenario, core, whole }: Healed): void {
  const { ledger } = scenario;
  const { record, state } = whole;
  const count = (group: string, kinds: Iterable<string>): void => {
    for (const kind of kinds) note(ledger, `${group}: ${kind}`);
  };
  const statuses = (rows: ReadonlyMap<string, { readonly status: string }>) =>
    [...rows.values()].map((row) => row.status);
  count(
    'event',
    record.all().flatMap((entry) => (state.withoutEffect.has(entry.id) || whole.isOutside(entry) ? [] : [entry.type])),
  );
  note(ledger, 'event: by the ended', record.all().filter((entry) => whole.isOutside(entry)).length);
  note(ledger, 'event: without effect', state.withoutEffect.size);
  count(
    'refused',
    [...state.withoutEffect.values()].map(({ code }) => code),
  );
  count('member', statuses(state.members));
  for (const { status, until, leaving, unsettled } of state.members.values()) {
    if (unsettled !== undefined) note(ledger, 'member: gone without having settled');
    if (unsettled?.notice !== undefined) note(ledger, 'member: gone without notice');
    if (leaving !== undefined && leaving.event === until) note(ledger, 'member: gone after a notice');
    if (leaving !== undefined && status === 'active') note(ledger, 'member: under notice');
  }
  count('device', statuses(state.devices));
  count('publication', statuses(state.publications));
  count('proposal', statuses(state.proposals));
  count('resource', statuses(state.resources));
  for (const { member, amount, spent } of state.allowances.values())
    if (member !== undefined)
      note(ledger, `part: ${spent > amount ? 'paid beyond it' : spent === amount ? 'paid' : 'open'}`);
  count('pledge', statuses(state.pledges));
  count('booking', statuses(state.bookings));
  const bookings = [...state.bookings.values()];
  note(ledger, 'booking: for the same dates', bookings.filter(({ clashes }) => clashes.length > 0).length);
  note(ledger, 'booking: beyond a quota together', bookings.filter(({ over }) => over.length > 0).length);
  const adopted = [...state.proposals.values()].filter(({ status }) => status === 'adopted');
  count(
    'adopted',
    adopted.map(({ effect }) => effect.kind),
  );
  for (const { clause, effect, rule } of adopted) {
    const { protocols } = state.versions.get(clause.version)!;
    const { uses } = protocols.find((one) => one.kind === 'decisions')!.params;
    if (protocols.some((one) => one.kind === 'spending' && one.id === clause.protocol))
      note(ledger, 'decided: by a tier of spending');
    else if (uses[classedAs(effect.kind)] !== rule.id) note(ledger, 'decided: by what protects it');
  }
  count(
    'ballot',
    [...state.ballots.values()].map(({ standing }) => standing),
  );
  count(
    'payment',
    [...state.entries.values()].map(({ authorisation }) => authorisation.status),
  );
  for (const { round, quorum, members } of core[0]?.peer.replica.seals.seals ?? []) {
    note(ledger, 'seal: made');
    if (round > 0) note(ledger, 'seal: in a later round');
    if (quorum <= (2 * members.length) / 3) note(ledger, 'seal: by a majority');
  }
  if (whole.standsStill) note(ledger, 'rules: all stand still');
  else if (whole.rules > RULES_VERSION) note(ledger, 'rules: all go on by newer ones');
  if (scenario.seals.broken) note(ledger, 'seal: by liars enough to break it');
  if (scenario.seals.split) note(ledger, 'seal: two of one height by them');
  const honest = new Map(scenario.sites.map((site) => [site.signer.device, site]));
  for (const device of record.forks().keys()) {
    const site = honest.get(device);
    note(ledger, `signing twice: by a ${site === undefined || site.turned ? 'liar' : 'backup'}`);
  }
  for (const site of scenario.sites) {
    if (site.copied && site.stopped && !record.forks().has(site.signer.device))
      note(ledger, 'signing twice: a backup stopped before');
  }
}

/** Adds up. */
export function addTo(sum: Map<string, number>, occurred: Occurred): void {
  for (const [kind, times] of Object.entries(occurred)) sum.set(kind, (sum.get(kind) ?? 0) + times);
}

/** A line for each group: its kinds, each with its count, the rarest last. */
export function linesOf(sum: ReadonlyMap<string, number>): string[] {
  const groups = new Map<string, string[]>();
  for (const [kind, times] of [...sum].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const [group, name] = kind.split(': ') as [string, string];
    groups.set(group, [...(groups.get(group) ?? []), `${name} ${times}`]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, kinds]) => `${group}: ${kinds.join(', ')}`);
}

export function missingFrom(sum: ReadonlyMap<string, number>): string[] {
  return MUST_OCCUR.filter((kind) => !sum.has(kind));
}
