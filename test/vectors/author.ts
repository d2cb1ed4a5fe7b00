import { createHash } from 'node:crypto';
import { consentMessage, invitationMessage, joiningMessage, restoringMessage } from '../../shared/network/certificates';
import type { ProtocolSpec } from '../../shared/network/agreement/model';
import type { Effect } from '../../shared/network/decisions/model';
import { toHex } from '../../shared/record/bytes';
import type { SignedEvent } from '../../shared/record/event';
import { type Signer, deviceKeyFromSeed, signerOf } from '../../shared/record/signature';
import { type DetachedText, type Draft, type TextRef, refOf } from '../../shared/record/text';
import { Replica, foundNetwork } from '../../shared/replica/replica';
import { withUse } from '../kit/held';
import { BY_ASSENT, DISTRIBUTION, LEAVING, PUBLICATION, Person, protocols } from '../kit/group';

const START = Date.UTC(2025, 0, 1);
const digestOf = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

/** People of a network whose every byte is the same whenever it is made: keys, salts and nonces follow from names and numbers. */
export class Authors {
  /** Seeds of all key pairs, by name. */
  readonly seeds: Record<string, string> = {};
  readonly texts: (DetachedText & { readonly ref: TextRef })[] = [];
  #drawn = 0;

  async signer(name: string): Promise<Signer> {
    const seed = digestOf(`peerhold vector ${name}`);
    this.seeds[name] = toHex(seed);
    return signerOf(await deviceKeyFromSeed(seed));
  }

  words(by: Signer, text: string): TextRef {
    const detached = { author: by.device, salt: this.#draw().subarray(0, 16), text };
    const ref = refOf(detached);
    this.texts.push({ ...detached, ref });
    return ref;
  }

  async found(name: string): Promise<Person> {
    const signer = await this.signer(name);
    const text = this.words(signer, 'As it says.');
    const draft = {
      name: this.words(signer, 'The mill'),
      purpose: this.words(signer, 'To keep a mill.'),
      unit: 'EUR',
      protocols: agreement().map((spec) => ({ ...spec, text })),
      founder: { name: this.words(signer, name), type: 'resident', device: 'desk' },
    };
    const { replica } = await foundNetwork(signer, draft, START);
    const founder = new Person(name, signer, replica, START);
    founder.member = replica.id;
    return founder;
  }

  /** `by` issues an invite; its key is that of `name`. */
  async invite(by: Person, name: string, uses: number): Promise<Signer> {
    const signer = await this.signer(name);
    await by.act('invite.issue', { invite: signer.device, type: 'resident', uses, days: 14 });
    return signer;
  }

  async admit(by: Person, invite: Signer, name: string): Promise<Person> {
    const joiner = await this.signer(name);
    const nonce = toHex(this.#draw());
    const network = by.replica.id;
    const proof = await invite.sign(invitationMessage(network, joiner.device, nonce));
    const consent = await joiner.sign(joiningMessage(network, by.signer.device, invite.device, nonce));
    const said = { invite: invite.device, device: joiner.device, name: this.words(by.signer, name) };
    const member = await by.act('member.admit', { ...said, nonce, proof, consent });
    return this.#withRecord(by, name, joiner, member);
  }

  async certify(by: Person, name: string, role?: 'keeper'): Promise<Person> {
    const signer = await this.signer(name);
    const proof = await signer.sign(consentMessage(by.replica.id, by.signer.device));
    await by.act('device.certify', { device: signer.device, label: name, proof, ...(role && { role }) });
    return this.#withRecord(by, name, signer, by.member);
  }

  /** `by` proposes to restore who lost all devices on the one of that name; gives the proposal, and the member there with what `by` has. */
  async restore(by: Person, whom: Person, name: string): Promise<readonly [proposal: string, at: Person]> {
    const signer = await this.signer(name);
    const consent = await signer.sign(restoringMessage(by.replica.id, by.signer.device));
    const effect = { kind: 'restore' as const, member: whom.member, device: signer.device, consent };
    const proposal = await this.open(by, `Restore ${whom.name}`, effect);
    return [proposal, await this.#withRecord(by, name, signer, whom.member)];
  }

  /** Opens a proposal. */
  open(by: Person, title: string, effect: Draft<Effect>, deadline = 0): Promise<string> {
    const [titled, text] = [this.words(by.signer, title), this.words(by.signer, `${title}, as we said.`)];
    return by.act('proposal.open', { title: titled, text, effect, deadline });
  }

  async #withRecord(of: Person, name: string, signer: Signer, member: string): Promise<Person> {
    const person = new Person(name, signer, new Replica(of.replica.id), of.replica.newest!.time);
    person.member = member;
    await person.pull(of);
    return person;
  }

  #draw(): Uint8Array {
    this.#drawn += 1;
    return digestOf(`peerhold vector ${this.#drawn}`);
  }
}

/** That of the tests, with an assent that two of three can give, a practice, a tier of spending, who votes protected, who makes pages public, and use. */
function agreement(): Draft<ProtocolSpec>[] {
  const care = { kind: 'practice' as const, id: 'care', title: 'Care', text: { text: '' }, params: {} };
  return withUse({}, [...protocols(), PUBLICATION, LEAVING, DISTRIBUTION, care]).map((spec): Draft<ProtocolSpec> => {
    if (spec.kind === 'spending')
      return { ...spec, params: { ...spec.params, tiers: [{ to: 30_000, class: 'majority' }] } };
    if (spec.kind === 'leaving') return { ...spec, params: { ...spec.params, notice: 30 } };
    if (spec.kind !== 'decisions') return spec;
    const classes = spec.params.classes.map((one) => (one.id === BY_ASSENT.id ? { ...one, threshold: 60 } : one));
    const protects = [{ protocol: 'membership', class: 'consent' }];
    return { ...spec, params: { ...spec.params, classes, protects } };
  });
}

export type Three = readonly [Person, Person, Person];

/** Takes in events as if they had come over a channel. */
export const give = (events: readonly SignedEvent[], people: readonly Person[]): void => {
  for (const { replica } of people) replica.receive({ events, texts: [] });
};

export async function post(
  authors: Authors,
  by: Person,
  kind: 'contribution' | 'transfer' | 'expense' | 'income' | 'purchase' | 'reversal',
  amounts: readonly (readonly [account: string, amount: number])[],
  more: object = {},
): Promise<string> {
  const memo = authors.words(by.signer, kind);
  const postings = amounts.map(([account, amount]) => ({ account, unit: 'EUR', amount }));
  return by.act('entry.post', { kind, date: '2025-02-01', memo, postings, ...more });
}
