import type { SignedEvent } from '../../../shared/record/event';
import type { Effect } from '../../../shared/network/decisions/model';
import type { ProtocolSpec } from '../../../shared/network/agreement/model';

/** Every field that a payload of any type may have. The model knows by what the liars remember which payloads are malformed. */
export interface Payload {
  readonly invite: string;
  readonly device: string;
  readonly key: string;
  readonly role?: 'keeper';
  readonly type: string;
  readonly uses: number;
  readonly days: number;
  readonly proposal: string;
  readonly choice: 'agree' | 'abstain' | 'disagree' | 'block';
  readonly ballots: readonly string[];
  readonly effect: Effect;
  readonly kind: string;
  readonly postings: readonly { readonly account: string; readonly unit: string; readonly amount: number }[];
  readonly allowance?: string;
  readonly reverses?: string;
  readonly resource?: string;
  readonly pledge?: string;
  readonly amount: number;
  readonly unit: string;
  readonly together: number;
  readonly event: string;
  readonly text: string;
  readonly page: string;
  readonly booking: string;
  readonly leaves: boolean;
  readonly from: string;
  readonly until: string;
  readonly founder: { readonly type: string };
  readonly protocols: readonly ProtocolSpec[];
  readonly deadline: number;
  readonly height: number;
  readonly round: number;
  readonly previous: string;
  readonly value: string | null;
  readonly time: number;
  readonly digest: string;
  readonly ready: readonly string[];
}

/** An event with all that follows from it and its ancestors alone. */
export interface Happening {
  readonly id: string;
  readonly type: string;
  readonly device: string;
  readonly member: string;
  readonly depth: number;
  /** Ids of all its ancestors. */
  readonly past: ReadonlySet<string>;
  readonly sequence: number;
  /** Claimed; of the founding event it is the time of seal 0. */
  readonly time: number;
  /** Id of what lets the device in, as its chain says; none for the founder's. */
  readonly certificate: string | undefined;
  /** Height of the first seal whose cut has it; infinite where none has, or while the fold has not come to that. */
  seal: number;
  readonly payload: Payload;
  readonly raw: unknown;
  /** Version of the rules that it names. */
  readonly rules: number;
  /** Of the shape of its type. */
  readonly readable: boolean;
}

/** The events, each with what follows from it and its ancestors. No seal has any of them yet. */
export function happenings(events: readonly SignedEvent[], malformed: ReadonlySet<string>): Happening[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const known = new Map<string, Happening>();

  const certified = (id: string, device: string): string | undefined => {
    const event = byId.get(id)!;
    if (malformed.has(id) && event.type !== 'network.found') return undefined;
    const { payload } = lookAt(id);
    if (event.type === 'network.found') return event.device === device ? id : undefined;
    if (event.type === 'member.admit') return payload.device === device ? id : undefined;
    if (event.type === 'device.certify') return payload.device === device ? lookAt(id).member : undefined;
    if (event.type === 'proposal.open' && payload.effect?.kind === 'restore')
      return payload.effect.device === device ? payload.effect.member : undefined;
    return undefined;
  };

  const lookAt = (id: string): Happening => {
    const present = known.get(id);
    if (present !== undefined) return present;
    const event = byId.get(id)!;
    const cited = [...(event.previous === null ? [] : [event.previous]), ...event.parents].map(lookAt);
    const past = new Set(cited.flatMap((one) => [one.id, ...one.past]));
    const depth = cited.length === 0 ? 0 : Math.max(...cited.map((one) => one.depth)) + 1;
    let member = event.id;
    let certificate: string | undefined;
    if (event.previous !== null) ({ member, certificate } = lookAt(event.previous));
    else if (event.network !== null) {
      certificate = event.parents.find((one) => certified(one, event.device) !== undefined)!;
      member = certified(certificate, event.device)!;
    }
    const made: Happening = {
      id,
      type: event.type,
      device: event.device,
      member,
      depth,
      past,
      sequence: event.sequence,
      time: event.time,
      certificate,
      seal: Infinity,
      payload: event.payload as Payload,
      raw: event.payload,
      rules: event.rules,
      readable: !malformed.has(id),
    };
    known.set(id, made);
    return made;
  };

  return events.map(({ id }) => lookAt(id));
}

/** The order of docs/protocol.md: seal by seal, in each by depth, then by id. */
export function inOrder(a: Happening, b: Happening): number {
  if (a.seal !== b.seal) return a.seal < b.seal ? -1 : 1;
  return a.depth - b.depth || (a.id < b.id ? -1 : 1);
}

/** Whether `it` came after `earlier`: its author had seen it, or a seal had fixed it before. */
export function follows(it: Happening, earlier: Happening): boolean {
  return earlier.seal < it.seal || it.past.has(earlier.id);
}

/** Types of events whose texts are about people, and their author's to erase. */
export const ERASABLE = [
  'member.admit',
  'member.describe',
  'ballot.cast',
  'entry.post',
  'pledge.make',
  'resource.seek',
  'page.publish',
];

export function names(value: unknown, text: string): boolean {
  return (
    value === text ||
    (typeof value === 'object' && value !== null && Object.values(value).some((one) => names(one, text)))
  );
}

/** Texts that members may decide to erase: what is said about people, and the words of a proposal, but not of an agreement. */
export function isAboutPeople({ type, raw }: Happening, text: string): boolean {
  if (type === 'proposal.open') {
    const { title, text: words, effect } = (raw ?? {}) as Record<string, unknown>;
    const page = (effect ?? {}) as Record<string, unknown>;
    return [title, words, ...(page.kind === 'publish' ? [page.title, page.text] : [])].includes(text);
  }
  return ERASABLE.includes(type) && names(raw, text);
}
