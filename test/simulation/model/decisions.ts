import type { Effect } from '../../../shared/network/decisions/model';
import type { Why } from '../../../shared/network/why';
import { changed, clauseFor, wayOf } from './agreement';
import { post, shareOut } from './books';
import { Clash } from './clash';
import { distribute } from './distribution';
import {
  type Facts,
  type GroundFact,
  type MemberFact,
  type ProposalFact,
  type Refusal,
  type SealFact,
  may,
  paramsOf,
  rightsOf,
} from './facts';
import { type Happening, follows } from './happening';
import { endNotices, settleLeaving } from './leaving';
import { agreedBy, isAgainst, isEnd, isEntitled, notEntitled } from './knowing';
import { type Knowing, buy, pledge, settle, unpledge } from './pledging';
import { whyNotPut } from './proposing';
import { put, settle as settlePublications, withdraw } from './publication';
import { type Rule, and, clauseOf, no } from './refusal';
import { canRestore, isUnrestored, restore, rivalsOf } from './restoring';
import { seekAgain } from './seeking';
import { book, cancel, endBookings } from './use';
import { type Came, endOf, outcome, passed } from './outcome';

/** "Decisions" of docs/protocol.md, over all of a record. */
export class Decisions {
  /** Of the seal whose section is being folded; infinite for what is unsealed. Nothing beyond it is known. */
  height = Infinity;
  /** Ids of what was signed by the ended beyond the cut that ended them. */
  readonly outside = new Set<string>();
  /** Ids of what names newer rules than those in force in its section. */
  readonly #above = new Set<string>();
  #ground: GroundFact | undefined;
  readonly #facts: Facts;
  readonly #byId: ReadonlyMap<string, Happening>;
  readonly #list: readonly Happening[];
  readonly #clashes: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(facts: Facts, list: readonly Happening[], clashes: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#facts = facts;
    this.#list = list;
    this.#byId = new Map(list.map((it) => [it.id, it]));
    this.#clashes = clashes;
  }

  rules(): Record<string, Rule> {
    return {
      'proposal.open': (_facts, it) => this.#open(it),
      'ballot.cast': (_facts, it) => this.#weigh(it),
      'decision.close': (_facts, it) => this.#weigh(it),
      'proposal.withdraw': (_facts, it) => this.#weigh(it),
      'use.book': (facts, it) => book(facts, it, this.#at, (cause) => this.#sawHappen(it, cause)),
      'use.cancel': (facts, it) => cancel(facts, it, this.#at, (cause) => this.#sawHappen(it, cause)),
      'entry.post': (facts, it) => post(facts, it, this.#knowing),
      'pledge.make': (facts, it) => pledge(facts, it, this.#knowing),
      'pledge.withdraw': (facts, it) => unpledge(facts, it, this.#knowing),
      'page.withdraw': (facts, it) => withdraw(facts, it, (id) => this.#sawHappen(it, id)),
    };
  }

  readonly #at = (id: string): Happening => this.#byId.get(id)!;

  readonly #knowing: Knowing = {
    at: this.#at,
    knew: (it, decision) => decision.sealed !== undefined || this.#sawHappen(it, decision.id),
    basis: (decision, it) => {
      const { result, counted } = this.#outcome(decision, it);
      return result === 'adopted' ? [decision.id, ...counted] : undefined;
    },
  };

  /** A section begins: by the rules in force now all of it is folded. */
  begin(height: number): void {
    this.height = height;
    for (const it of this.#list) if (it.seal === height && it.rules > this.#facts.rules) this.#above.add(it.id);
  }

  isReadable(it: Happening): boolean {
    return it.readable && !this.#above.has(it.id);
  }

  /** Whether the first event of this device's chain, of what is known, is signed for another member. */
  isOthers(device: string, member: string): boolean {
    const first = this.#list.find(
      (it) => it.device === device && it.sequence === 0 && it.seal <= this.height && !this.outside.has(it.id),
    );
    return first !== undefined && first.member !== member;
  }

  /** The end of a section: votes whose time is over close, and what was decided is so for good. */
  seal({ height, time }: SealFact): void {
    const facts = this.#facts;
    const proposals = [...facts.proposals.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const proposal of proposals) {
      const { rule, status, electorate } = proposal;
      if (status !== 'open' || rule.method !== 'vote' || endOf(proposal) > time) continue;
      const { tally, counted } = this.#outcome(proposal);
      Object.assign(proposal, { tally, from: [proposal.id, ...counted] });
      const cast = tally.agree + tally.abstain + tally.disagree + tally.block;
      const enough = cast > 0 && cast * 100 >= rule.quorum * electorate.length;
      if (enough && passed(rule, electorate.length, tally)) this.#enact(proposal);
      else {
        proposal.status = 'rejected';
        seekAgain(this.#facts, proposal);
      }
    }
    endNotices(facts, time, this.#at);
    for (const proposal of proposals) {
      if (proposal.status === 'open') proposal.opened ??= time;
      else if (proposal.sealed === undefined) {
        proposal.sealed = height;
        const { status, effect } = proposal;
        if (status === 'adopted' && effect.kind === 'rules') facts.rules = effect.version;
        if (status === 'adopted' && effect.kind === 'restore') restore(facts, proposal, effect);
        if (status === 'adopted' && effect.kind === 'distribute') distribute(facts, proposal, effect);
        if (status === 'adopted' && effect.kind === 'erase')
          facts.erased.add(`${effect.text}|${this.#byId.get(effect.event)!.device}`);
      }
    }
    settlePublications(facts, this.#byId, height);
    settleLeaving(facts, height, time);
    facts.inForce.push({ version: facts.version, time });
    const devices = [...facts.devices].filter(([, { status, forked }]) => status !== 'active' || forked);
    const gone = [...facts.members.values()].filter(({ status }) => status === 'left' || status === 'removed');
    const ended = new Set([...devices.map(([id]) => id), ...gone.map(({ id }) => id)]);
    const isOver = ({ device, member, certificate }: Happening): boolean =>
      ended.has(device) || ended.has(member) || this.outside.has(certificate ?? '');
    for (const it of this.#list) if (it.seal > height && isOver(it)) this.outside.add(it.id);
    const members = [...facts.members.values()].filter((member) => member.status === 'active');
    for (const member of members) member.sealed ??= height;
    shareOut(facts, (purchase) => this.#at(purchase).seal === height);
    this.#ground = { version: facts.version, members: members.map((member) => ({ ...member })) };
  }

  #open(it: Happening): Refusal | undefined {
    const [facts, { effect }] = [this.#facts, it.payload];
    const rights = effect.kind === 'admit' ? ['propose', 'sponsor'] : ['propose'];
    if (!rights.every((right) => may(facts, it.member, right)))
      return no('not-entitled', clauseOf(facts, 'membership'));
    const version = this.#ground?.version ?? facts.version;
    const refusal = whyNotPut(facts, it, version, this.#at);
    if (refusal !== undefined) return refusal;
    const clause = clauseFor(facts, effect, version);
    const way = wayOf(facts, effect, version);
    const rule = paramsOf(facts, 'decisions', version).classes.find((one) => one.id === way)!;
    const electorate = (this.#ground?.members ?? [...facts.members.values()])
      .filter((member) => this.#votes(it, member, rule.electorate, version))
      .filter((member) => effect.kind !== 'restore' || member.id !== effect.member)
      .map((member) => member.id)
      .sort();
    if (electorate.length === 0) return no('electorate-empty', clause);
    const blockers = electorate.filter(
      (id) => rule.block === 'entitled' && rightsOf(facts, facts.members.get(id)!.type, version).includes('block'),
    );
    const tally = { electorate: electorate.length, agree: 0, abstain: 0, disagree: 0, block: 0 };
    const made = { id: it.id, by: it.member, effect, rule, electorate, blockers, status: 'open', tally, from: [it.id] };
    facts.proposals.set(it.id, { ...made, deadline: it.payload.deadline, clause });
    const resource = effect.kind === 'buy' ? facts.resources.get(effect.resource)! : undefined;
    if (resource === undefined) return undefined;
    resource.why = and(resource.why, [it.id]);
    if (['sought', 'dropped'].includes(resource.status))
      Object.assign(resource, { status: 'deciding', proposal: it.id });
    return undefined;
  }

  #votes(it: Happening, member: MemberFact, types: readonly string[], version: string): boolean {
    if (member.status === 'applicant' || member.status === 'waiting') return false;
    if (types.length > 0 && !types.includes(member.type)) return false;
    if (!rightsOf(this.#facts, member.type, version).includes('vote')) return false;
    if (this.#ground !== undefined) return true;
    return this.#sawHappen(it, member.since) && !(member.until !== undefined && this.#sawHappen(it, member.until));
  }

  /** Whether something had come about in what `it` had seen: an event was there, or its ballots adopted it. */
  #sawHappen(it: Happening, cause: string): boolean {
    if (!it.past.has(cause)) return false;
    const proposal = this.#facts.proposals.get(cause);
    return proposal === undefined || this.#outcome(proposal, it).result === 'adopted';
  }

  #weigh(it: Happening): Refusal | undefined {
    const facts = this.#facts;
    const proposal = facts.proposals.get(it.payload.proposal);
    if (proposal === undefined) return no('proposal-unknown');
    const { clause } = proposal;
    if (!isEntitled(proposal, it)) return no(notEntitled(proposal, it), clause);
    if (proposal.sealed !== undefined) {
      if (it.type !== 'ballot.cast') return no('already-decided', clause, proposal.from);
      facts.ballots.set(it.id, { proposal: proposal.id, standing: 'late' });
      return undefined;
    }
    if (it.type === 'decision.close' && this.#ground !== undefined) return no('seals-close', clause);
    const upTo = this.#list.indexOf(it);
    const came = this.#outcome(proposal, undefined, upTo);
    const code = came.refused.get(it.id);
    if (code !== undefined) return no(code, clause, came.counted);
    if (it.type === 'ballot.cast') facts.ballots.set(it.id, { proposal: proposal.id, standing: 'counts' });
    for (const [id, standing] of came.standing) {
      const ballot = facts.ballots.get(id);
      if (ballot?.proposal === proposal.id) ballot.standing = standing;
    }
    Object.assign(proposal, { tally: came.tally, from: [proposal.id, ...came.counted] });
    if (proposal.status === 'adopted' && proposal.effect.kind === 'buy')
      settle(facts, proposal.effect.resource, this.#knowing);
    if (proposal.status === 'adopted' || proposal.status === 'superseded') return undefined;
    if (came.result !== 'adopted') {
      proposal.status = came.result;
      if (came.result !== 'open') seekAgain(this.#facts, proposal);
    } else if (this.#outcome(proposal).result === 'adopted') {
      this.#enact(proposal);
    }
    return undefined;
  }

  #enact(proposal: ProposalFact): void {
    const clashes = (this.#clashes.get(`${this.height} ${proposal.id}`)?.size ?? 0) > 0;
    proposal.status = clashes ? 'clashing' : this.#bringAbout(proposal, proposal.effect);
    if (proposal.status === 'clashing') seekAgain(this.#facts, proposal);
  }

  /** Over all that is known, or what `seenBy` had seen, or the first events of the order up to `upTo`. */
  #outcome(proposal: ProposalFact, seenBy?: Happening, upTo = Infinity): Came {
    const said = this.#list.filter(
      (it, index) =>
        index <= upTo &&
        it.seal <= this.height &&
        !this.outside.has(it.id) &&
        (it.type !== 'decision.close' || this.#ground === undefined || it.seal === 1) &&
        this.isReadable(it) &&
        ['ballot.cast', 'decision.close', 'proposal.withdraw'].includes(it.type) &&
        it.payload.proposal === proposal.id &&
        (seenBy === undefined || seenBy.past.has(it.id)) &&
        isEntitled(proposal, it) &&
        !this.#isVoid(it),
    );
    return outcome({ rule: proposal.rule, electorate: proposal.electorate, said });
  }

  #isVoid(it: Happening): boolean {
    if (isUnrestored(this.#facts, this.#at, it) || this.isEnded(it)) return true;
    const letIn = this.#byId.get(it.certificate ?? '');
    if (letIn?.type === 'device.certify' && (letIn.payload.role === 'keeper' || this.#isVoid(letIn))) return true;
    const removal = this.#facts.proposals.get(this.#facts.members.get(it.member)?.until ?? '');
    return removal !== undefined && this.#outcome(removal, it).result === 'adopted';
  }

  /** Whether an end or a certificate counts for what is signed at `it`. */
  #couldBe(act: Happening, it: Happening): boolean {
    if (this.outside.has(act.id) || !this.isReadable(act)) return false;
    if (act.seal < it.seal) return !this.#facts.withoutEffect.has(act.id);
    const certificate = act.certificate === undefined ? undefined : this.#byId.get(act.certificate)!;
    const isKeeper = certificate?.type === 'device.certify' && certificate.payload.role === 'keeper';
    const counts = (by: Happening): boolean =>
      by.type === 'proposal.open' ? !isUnrestored(this.#facts, this.#at, act) : this.#couldBe(by, act);
    if (isKeeper || (certificate !== undefined && !counts(certificate))) return false;
    return ![...act.past].map(this.#at).some((end) => isEnd(end, act) && this.#couldBe(end, act));
  }

  /** The newest version of the agreement that the author of `it` had seen come about, or that was sealed before: by it their deeds are judged. */
  agreedFor(it: Happening): string {
    return agreedBy(this.#facts, (version) => this.#sawHappen(it, version));
  }

  /** Whether the device was revoked or the member has left without that having seen `it`; or what ends somebody itself, having seen it. */
  isEnded(it: Happening): boolean {
    return this.#list.some((end) => this.#ends(end, it));
  }

  /** Ids of all that does so. */
  endingsOf(it: Happening): readonly string[] {
    return this.#list
      .filter((end) => this.#ends(end, it))
      .map(({ id }) => id)
      .sort();
  }

  #ends(end: Happening, it: Happening): boolean {
    return end.seal <= this.height && isEnd(end, it) && isAgainst(end, it) && this.#couldBe(end, it);
  }

  /** Whether a member was removed, or left, without the author of `it` having seen it. */
  isUnknownEnd(it: Happening, id: string): boolean {
    const { status, until } = this.#facts.members.get(id)!;
    return status === 'left' ? !follows(it, this.#at(until!)) : this.isUnknownRemoval(it, id);
  }

  /** Whether a member was removed, in this very section, without the author of `it` having seen it. */
  isUnknownRemoval(it: Happening, id: string): boolean {
    const member = this.#facts.members.get(id);
    const removal = member?.status === 'removed' ? this.#facts.proposals.get(member.until!) : undefined;
    return removal !== undefined && removal.sealed === undefined && this.#outcome(removal, it).result !== 'adopted';
  }

  #bringAbout(proposal: ProposalFact, effect: Effect): string {
    const facts = this.#facts;
    switch (effect.kind) {
      case 'none':
      case 'erase':
      case 'distribute':
        return 'adopted';
      case 'adopt':
      case 'parameters':
      case 'suspend':
      case 'resume':
      case 'retire': {
        if (!facts.versions.has(effect.base)) return 'superseded';
        const newer = [...facts.versions].find(([, { base }]) => base === effect.base)?.[0];
        if (newer !== undefined) return this.#against(proposal, facts.proposals.get(newer)!);
        const { base } = effect;
        facts.versions.set(proposal.id, { base, ...changed(facts.versions.get(base)!, effect) });
        facts.version = proposal.id;
        return 'adopted';
      }
      case 'publish':
        put(facts, this.#byId.get(proposal.id)!, effect.page, false);
        return 'adopted';
      case 'admit': {
        const member = facts.members.get(effect.member)!;
        if (member.status !== 'applicant' && member.status !== 'waiting') return 'superseded';
        Object.assign(member, { status: 'active', since: proposal.id, why: decidedOn(member, proposal) });
        return 'adopted';
      }
      case 'rules': {
        const isSame = ({ id, effect: of, status }: ProposalFact): boolean =>
          id !== proposal.id && status === 'adopted' && of.kind === 'rules' && of.version === effect.version;
        const other = this.#first(isSame);
        return other === undefined ? 'adopted' : this.#against(proposal, other);
      }
      case 'remove':
        return this.#remove(proposal, effect.member);
      case 'restore': {
        const { unknown, others } = rivalsOf(facts, proposal, effect, this.#at, (one) => this.#knewOf(proposal, one));
        if (unknown !== undefined) throw new Clash(proposal.id, unknown.id, this.height);
        return others === 0 && canRestore(facts, effect) ? 'adopted' : 'superseded';
      }
      case 'spend':
        facts.allowances.set(proposal.id, { unit: effect.unit, amount: effect.amount, entries: [] });
        return 'adopted';
      case 'buy': {
        const { status, proposal: other } = facts.resources.get(effect.resource)!;
        if (status === 'agreed' || status === 'held') return this.#against(proposal, facts.proposals.get(other!)!);
        buy(facts, proposal, effect, this.#knowing);
        return 'adopted';
      }
    }
  }

  #remove(proposal: ProposalFact, target: string): string {
    const member = this.#facts.members.get(target)!;
    const left = member.status === 'left' ? this.#byId.get(member.until!)! : undefined;
    const unknown = left !== undefined && !proposal.from.some((id) => follows(this.#byId.get(id)!, left));
    if (member.status !== 'active' && !unknown) return 'superseded';
    const tookPart = (one: ProposalFact, who: string) => one.from.some((id) => this.#byId.get(id)?.member === who);
    const mutual = this.#first(
      (other) =>
        other.status === 'adopted' &&
        other.effect.kind === 'remove' &&
        tookPart(proposal, other.effect.member) &&
        tookPart(other, target) &&
        other.sealed === undefined &&
        !this.#knewOf(proposal, other),
    );
    if (mutual !== undefined) return this.#against(proposal, mutual);
    Object.assign(member, { status: 'removed', until: proposal.id, why: decidedOn(member, proposal) });
    endBookings(this.#facts, member.id, proposal.id, this.#at);
    return 'adopted';
  }

  #against(proposal: ProposalFact, other: ProposalFact): string {
    if (other.sealed !== undefined || this.#knewOf(proposal, other)) return 'superseded';
    throw new Clash(proposal.id, other.id, this.height);
  }

  #knewOf(proposal: ProposalFact, other: ProposalFact): boolean {
    return proposal.from.some((id) => this.#outcome(other, this.#byId.get(id)).result === 'adopted');
  }

  #first(wanted: (proposal: ProposalFact) => boolean): ProposalFact | undefined {
    return [...this.#facts.proposals.values()].filter(wanted).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  }
}

/** Why somebody is a member by a decision, or no more. */
const decidedOn = ({ id }: MemberFact, { from, clause }: ProposalFact): Why => ({ events: [id, ...from], clause });
