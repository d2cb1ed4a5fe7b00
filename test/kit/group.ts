import { PeerholdError } from '../../shared/errors';
import { detach } from '../../shared/record/compose';
import type { Draft } from '../../shared/record/text';
import type { DecisionClass, ProtocolSpec } from '../../shared/network/agreement/model';
import { consentMessage, invitationMessage, joiningMessage } from '../../shared/network/certificates';
import type { Action, EventType, Payloads } from '../../shared/network/events';
import { checkEvent } from '../../shared/network/check';
import { type DeviceKey, deviceKeyFromSeed, randomBytes, type Signer, signerOf } from '../../shared/record/signature';
import { toHex } from '../../shared/record/bytes';
import { type Batch, Replica, foundNetwork } from '../../shared/replica/replica';
import { forge } from './forge';

/** A member with a device and a whole replica, for tests: acts offline, and takes in others' events when told to. */
export class Person {
  readonly name: string;
  readonly signer: Signer;
  readonly replica: Replica;
  /** Member id; empty until admitted. */
  member = '';
  /** Whether it signs what the rules refuse as well, as an app can that does not ask them. */
  bold = false;
  #time: number;
  #acting: Promise<unknown> = Promise.resolve();

  constructor(name: string, signer: Signer, replica: Replica, time: number) {
    this.name = name;
    this.signer = signer;
    this.replica = replica;
    this.#time = time;
  }

  /** Signs and takes in an action; resolves with the event's id. */
  act<T extends EventType>(type: T, payload: Draft<Payloads[T]>): Promise<string> {
    // One after the other, as a peer does: two at once would take one place in the chain.
    const turn = this.#acting.then(() => this.#actNow(type, payload));
    this.#acting = turn.catch(() => undefined);
    return turn;
  }

  async #actNow<T extends EventType>(type: T, payload: Draft<Payloads[T]>): Promise<string> {
    this.#time += 60_000;
    const composed = this.replica.compose(this.signer, { type, payload } as Action, this.#time);
    const batch = await composed.catch(async (error: unknown) => {
      if (!this.bold || !(error instanceof PeerholdError && error.code.startsWith('refused-'))) throw error;
      const signed = detach<Payloads[T]>(payload, this.signer.device).payload;
      const event = await forge(this, { type, payload: signed, time: this.#time });
      return { event, events: [event], texts: [] };
    });
    this.replica.receive(batch);
    return batch.event.id;
  }

  /** Everything this replica holds, as it would travel: checked again from its bytes. */
  async batch(): Promise<Batch> {
    const events = await Promise.all(this.replica.record.all().map((entry) => checkEvent(entry.bytes)));
    return { events, texts: [] };
  }

  async pull(from: Person): Promise<void> {
    const news = from.replica.record.all().filter((entry) => !this.replica.record.has(entry.id));
    this.replica.receive({ events: await Promise.all(news.map((entry) => checkEvent(entry.bytes))), texts: [] });
  }
}

export const BY_MAJORITY: DecisionClass = {
  id: 'majority',
  label: 'Majority',
  method: 'vote',
  electorate: [],
  threshold: 51,
  quorum: 50,
  block: 'nobody',
  override: 0,
  days: 7,
  grace: 3,
};
export const BY_CONSENT: DecisionClass = {
  ...BY_MAJORITY,
  id: 'consent',
  label: 'Consent',
  threshold: 51,
  block: 'entitled',
};
export const BY_ASSENT: DecisionClass = {
  ...BY_MAJORITY,
  id: 'assent',
  label: 'Assent',
  method: 'assent',
  threshold: 67,
};

/** A small agreement: residents may do everything, supporters only vote. */
export function protocols(
  uses: Partial<Record<keyof Uses, string>> = {},
  mode: 'invite' | 'decision' = 'invite',
): Draft<ProtocolSpec>[] {
  const text = { text: 'As it says.' };
  return [
    {
      kind: 'membership',
      id: 'membership',
      title: 'Membership',
      text,
      params: {
        types: [
          {
            id: 'resident',
            label: 'Resident',
            rights: ['vote', 'propose', 'block', 'invite', 'sponsor', 'post', 'spend', 'book'],
          },
          { id: 'supporter', label: 'Supporter', rights: ['vote'] },
        ],
      },
    },
    { kind: 'admission', id: 'admission', title: 'Admission', text, params: { mode, days: 14 } },
    {
      kind: 'decisions',
      id: 'decisions',
      title: 'Decisions',
      text,
      params: {
        classes: [BY_MAJORITY, BY_CONSENT, BY_ASSENT],
        uses: {
          none: 'majority',
          adopt: 'assent',
          parameters: 'assent',
          suspend: 'assent',
          admit: 'majority',
          remove: 'assent',
          spend: 'majority',
          buy: 'consent',
          erase: 'majority',
          ...uses,
        },
      },
    },
    { kind: 'spending', id: 'spending', title: 'Spending', text, params: { unit: 'EUR', free: 10_000 } },
    { kind: 'ownership', id: 'ownership', title: 'Ownership', text, params: { basis: 'pledges', shares: 1_000 } },
  ];
}
/** The same, and guests who have no right at all. */
export const withGuests = (): Draft<ProtocolSpec>[] =>
  protocols().map((spec) => {
    if (spec.kind !== 'membership') return spec;
    const guest = { id: 'guest', label: 'Guest', rights: [] };
    return { ...spec, params: { types: [...spec.params.types, guest] } };
  });

/** Residents make pages public by themselves; whoever votes takes them back. */
export const PUBLICATION: Draft<ProtocolSpec> = {
  kind: 'publication',
  id: 'publication',
  title: 'What is public',
  text: { text: 'As it says.' },
  params: { class: 'majority', publishers: ['resident'], withdraw: 'voters' },
};

/** Residents get equal parts of nine tenths. */
export const DISTRIBUTION: Draft<ProtocolSpec> = {
  kind: 'distribution',
  id: 'distribution',
  title: 'What we distribute',
  text: { text: 'As it says.' },
  params: { class: 'majority', basis: 'equal', types: ['resident'], reserve: 10 },
};

/** Whoever leaves settles first, and their pledges lapse. */
export const LEAVING: Draft<ProtocolSpec> = {
  kind: 'leaving',
  id: 'leaving',
  title: 'How someone leaves',
  text: { text: 'As it says.' },
  params: { settle: ['pledges', 'debts', 'dues'], notice: 0, pledges: 'lapse' },
};

type Uses = Payloads['network.found'] extends never
  ? never
  : {
      none: string;
      adopt: string;
      parameters: string;
      suspend: string;
      admit: string;
      remove: string;
      spend: string;
      buy: string;
      erase: string;
    };

export const testSigner = async (name: string): Promise<Signer> => signerOf(await testKey(name));

/** The key of a name, the same in every run. */
export async function testKey(name: string): Promise<DeviceKey> {
  const seed = new Uint8Array(32);
  for (let i = 0; i < name.length; i++) seed[i % 32] = (seed[i % 32]! * 31 + name.charCodeAt(i)) & 255;
  return deviceKeyFromSeed(seed);
}

const START = Date.UTC(2025, 0, 1);

/** Founds a network as the first name and admits the others; everyone has everything. */
export async function group(names: readonly string[], given = protocols()): Promise<Person[]> {
  const [first, ...others] = names;
  const signer = await testSigner(first!);
  const { replica } = await foundNetwork(
    signer,
    {
      name: { text: 'The house' },
      purpose: { text: 'To live together' },
      unit: 'EUR',
      protocols: given,
      founder: { name: { text: first! }, type: 'resident', device: 'test' },
    },
    START,
  );
  const founder = new Person(first!, signer, replica, START);
  founder.member = replica.id;
  const people = [founder];
  for (const name of others) people.push(await admit(founder, name));
  for (const person of people) await person.pull(founder);
  return people;
}

/** Issues an invite and admits a newcomer by it. */
export async function admit(by: Person, name: string, type = 'resident'): Promise<Person> {
  const signer = await testSigner(name);
  const secret = signerOf(await deviceKeyFromSeed(randomBytes(32)));
  await by.act('invite.issue', { invite: secret.device, type, uses: 1, days: 14 });
  const member = await by.act('member.admit', await admission(by, secret, signer, name));
  const person = new Person(name, signer, new Replica(by.replica.id), START);
  person.member = member;
  await person.pull(by);
  return person;
}

/** Lets a further device in, or a keeper; gives the member at that device. */
export async function certify(by: Person, name: string, role?: 'keeper'): Promise<Person> {
  const signer = await testSigner(name);
  const proof = await signer.sign(consentMessage(by.replica.id, by.signer.device));
  await by.act('device.certify', { device: signer.device, label: name, proof, ...(role && { role }) });
  const person = new Person(name, signer, new Replica(by.replica.id), by.replica.newest!.time);
  person.member = by.member;
  await person.pull(by);
  return person;
}

/** What `by` signs to let a joiner in who proves the invite and consents. */
export async function admission(
  by: Person,
  invite: Signer,
  joiner: Signer,
  name: string,
): Promise<Draft<Payloads['member.admit']>> {
  const nonce = toHex(randomBytes(32));
  const network = by.replica.id;
  const proof = await invite.sign(invitationMessage(network, joiner.device, nonce));
  const consent = await joiner.sign(joiningMessage(network, by.signer.device, invite.device, nonce));
  return { invite: invite.device, device: joiner.device, name: { text: name }, nonce, proof, consent };
}

/** Everyone takes in everything from everyone. */
export async function meet(people: readonly Person[]): Promise<void> {
  for (const a of people) for (const b of people) if (a !== b) await a.pull(b);
}
