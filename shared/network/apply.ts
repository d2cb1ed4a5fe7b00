import type { Entry } from '../record/entry';
import { decisionRules } from './decisions/rules';
import { type EventType, payloadShapes } from './events';
import { foundingRules } from './founding/rules';
import { ledgerRules } from './ledger/rules';
import { endsAgainst, endsAsBefore, knewOfEnd } from './ends';
import { deviceRefusal } from './membership/forks';
import type { Member } from './membership/model';
import { memberRules } from './membership/rules';
import { publicationRules } from './publication/rules';
import { resourceRules } from './resources/rules';
import { type Context, type Refusal, type Rules, refuse } from './rule';
import { sealRules } from './seals/rules';
import { NETWORK_KEY } from './state';
import { textRules } from './texts/rules';
import { useRules } from './use/rules';

const rules: Rules<EventType> = {
  ...foundingRules,
  ...memberRules,
  ...decisionRules,
  ...ledgerRules,
  ...resourceRules,
  ...publicationRules,
  ...useRules,
  ...sealRules,
  ...textRules,
};

/** What an applicant, whom members have not admitted yet, may do. */
const OPEN_TO_APPLICANTS: ReadonlySet<string> = new Set(['member.describe', 'member.leave']);

/** Applies one event to the tables, or says why it has no effect; the caller undoes what a refused event had set. */
export function apply(context: Context, entry: Entry): Refusal | undefined {
  const { tables } = context;
  // One that names a lower version is folded by the one in force, as all are.
  if (entry.rules > context.rules) return refuse('rules-not-in-force');
  if (!isKnown(entry.type)) return refuse('unknown-type');
  if (!payloadShapes[entry.type](entry.payload)) return refuse('payload-malformed');
  // Whose votes on a seal count is the seal before's to say: a sealer who is just leaving still helps to seal that.
  if (entry.type.startsWith('seal.')) return undefined;
  if (entry.type !== 'network.found') {
    if (tables.get('network', NETWORK_KEY) === undefined) return refuse('not-founded');
    const member = tables.get('members', entry.member);
    if (member === undefined) return refuse('author-not-member');
    const device = tables.get('devices', entry.device);
    // A chain goes by the certificate that it cites; a device is in by the first that had effect, which may be another's.
    const refused = deviceRefusal(device?.member === entry.member ? device : undefined);
    if (refused !== undefined && !(device?.status === 'revoked' && endsAsBefore(context, entry))) return refused;
    if (device?.role === 'keeper') return refuse('device-keeper', undefined, device.why.events);
    const allowed = member.status === 'active' || (member.status === 'applicant' && OPEN_TO_APPLICANTS.has(entry.type));
    const asBefore = member.status === 'removed' && !knewOfEnd(context, member, entry);
    if (!allowed && !asBefore) return refuse(`author-${member.status}`, member.why.clause, member.why.events);
    const ends = endsAgainst(context, entry);
    if (ends.length > 0) return refuse('author-ended', undefined, ends.map(({ id }) => id).sort());
    if (asBefore) return applyAsBefore(context, entry, member);
  }
  return applyRule(context, entry);
}

/** What a removed member did without knowing of it, as before the removal; which then stands, whatever it was. */
function applyAsBefore(context: Context, entry: Entry, removed: Member): Refusal | undefined {
  const { tables } = context;
  tables.set('members', removed.id, { ...removed, status: 'active' });
  const refusal = applyRule(context, entry);
  const { status, until, why } = removed;
  tables.set('members', removed.id, { ...tables.get('members', removed.id)!, status, until: until!, why });
  return refusal;
}

function applyRule(context: Context, entry: Entry): Refusal | undefined {
  // The payload was just checked against the shape of this very type, which the compiler can not follow across the table.
  const rule = rules[entry.type as EventType] as (context: Context, event: unknown) => Refusal | undefined;
  return rule(context, entry);
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(rules, type);
}
