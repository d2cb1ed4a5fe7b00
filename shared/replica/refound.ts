import { PeerholdError } from '../errors';
import { versionInForce } from '../network/agreement/queries';
import type { Action } from '../network/events';
import type { FoundingPayloads } from '../network/founding/model';
import { openingEntries, takeOver } from '../network/founding/opening';
import { NETWORK_KEY, type State } from '../network/state';
import type { Signer } from '../record/signature';
import type { Draft } from '../record/text';
import { sealedState } from '../seal/sealed-state';
import { type Batch, type Replica, foundNetwork } from './replica';

/** What the person says who starts a network again. */
export interface Refounding {
  readonly name: string;
  /** Their own name, and that of this device. */
  readonly founder: string;
  readonly device: string;
  /** Their member id in the network before. */
  readonly member: string;
  /** Of the opening entries: names the seal. */
  readonly memo: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * Starts a network again from the newest seal of one whose quorum is lost: with the agreement, the balances and the held resources that
 * the seal fixed. Only the founder is a member; the others join by invites. Nothing is stored yet. Throws `app-too-old`, or
 * `refused-<code>` where the agreement would not let its only member do so.
 */
export async function refound(
  old: Replica,
  signer: Signer,
  refounding: Refounding,
): Promise<{ replica: Replica; batches: readonly Batch[] }> {
  // The newest seal that it knows may be old.
  if (old.standsStill) throw new PeerholdError('app-too-old');
  const sealed = sealedState(old);
  const { replica, batch } = await foundNetwork(signer, foundingOf(old, sealed, refounding), refounding.time);
  const batches = [batch];
  const balances = [...sealed.balances.values()];
  const entries = [...openingEntries(balances), ...takeOver(balances, refounding.member, replica.id)];
  const date = new Date(refounding.time).toISOString().slice(0, 10);
  for (const postings of entries) {
    const memo = { text: refounding.memo };
    const action: Action = { type: 'entry.post', payload: { kind: 'transfer', date, memo, postings } };
    const opened = await replica.compose(signer, action, refounding.time);
    replica.receive(opened);
    batches.push(opened);
  }
  return { replica, batches };
}

function foundingOf(
  old: Replica,
  sealed: State,
  { name, founder, device, member }: Refounding,
): Draft<FoundingPayloads['network.found']> {
  const text = (ref: Parameters<Replica['text']>[0]) => ({ text: old.text(ref) ?? '' });
  const network = sealed.network.get(NETWORK_KEY)!;
  const me = sealed.members.get(member) ?? old.state.members.get(member);
  if (me === undefined) throw new PeerholdError('not-a-member-here');
  const seal = old.seals.seals.at(-1);
  const signers = seal === undefined ? [network.founder] : old.seals.signaturesOf(seal).map((vote) => vote.member);
  const resources = [...sealed.resources.values()].filter(({ status }) => status === 'held');
  const owners = new Set([
    ...signers,
    ...resources.flatMap(({ shares }) => shares.map((share) => share.member)),
    ...[...sealed.balances.values()].flatMap(({ account, amount }) =>
      amount !== 0 && /^(member|owed):/.test(account) ? [account.slice(account.indexOf(':') + 1)] : [],
    ),
  ]);
  const members = [...sealed.members.values()].filter(({ id, status }) => status === 'active' || owners.has(id));
  const { protocols, suspended } = versionInForce(sealed)!;
  return {
    name: { text: name },
    purpose: text(network.purpose),
    unit: network.unit,
    protocols: protocols.map((protocol) => ({ ...protocol, text: text(protocol.text) })),
    ...(suspended.length === 0 ? {} : { suspended }),
    founder: { name: { text: founder }, type: me.type, device },
    refounds: {
      network: old.id,
      height: seal?.height ?? 0,
      seal: seal?.value ?? old.id,
      signers: [...new Set(signers)].sort(),
      members: members.map((one) => ({ id: one.id, name: text(one.name) })),
      resources: resources.map(({ id, name: called, about, kind, amount, unit, shares }) => ({
        id,
        name: text(called),
        about: text(about),
        kind,
        amount,
        unit,
        shares,
      })),
    },
  };
}
