import { isDeepStrictEqual as same } from 'node:util';
import type { Value } from './cbor';

/** A row of the table of refusals in docs/protocol-state.md: which events it is of, and what they name beside the code. */
export interface Told {
  /** None: of all types. */
  readonly types: readonly string[];
  /** None: all others of these types. */
  readonly codes: readonly string[];
  /** In the words of the page; empty where there is none. */
  readonly clause: string;
  readonly events: string;
}

type Map = Readonly<Record<string, Value>>;
interface Why {
  readonly events: readonly string[];
  readonly clause?: Value;
}

/** An event without effect and what is known beside it. */
export interface Refused {
  readonly event: { readonly type: string; readonly device: string; readonly member: string; readonly payload: Value };
  readonly row: Map;
  readonly get: (table: string, key: string) => Map | undefined;
  readonly typeOf: (id: string) => string | undefined;
  /** Whether `get` gives rows as they were just before the event; else a why may have more by now. */
  readonly isBefore: boolean;
}

/** The rows of the page's table. */
export function refusalsOf(page: string): readonly Told[] {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => /^\| type +\| code +\| clause +\| events +\|/.test(line)) + 2;
  const until = lines.findIndex((line, index) => index >= from && !line.startsWith('|'));
  const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
  return lines.slice(from, until).map((line) => {
    const [types = '', codes = '', clause = '', events = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { types: quoted(types), codes: quoted(codes), clause, events };
  });
}

/** The row that says of a code what an event of the type names; undefined where it names nothing. */
export function toldOf(table: readonly Told[], type: string, code: string): Told | undefined {
  const fitting = table.filter(({ types }) => types.length === 0 || types.includes(type));
  return fitting.find(({ codes }) => codes.includes(code)) ?? fitting.find(({ codes }) => codes.length === 0);
}

/** What of a row in `withoutEffect` is not as the page says: `clause`, `events`, both or nothing. */
export function faultsInRefusal(table: readonly Told[], refused: Refused): string[] {
  const { clause, events } = refused.row;
  const told = toldOf(table, refused.event.type, String(refused.row['code']));
  return [
    ...(isClause(told?.clause ?? '', clause, refused) ? [] : ['clause']),
    ...(areEvents(told?.events ?? '', events, refused) ? [] : ['events']),
  ];
}

function isClause(told: string, clause: Value | undefined, refused: Refused): boolean {
  if (told === '') return clause === undefined;
  const kinds = [...told.matchAll(/`(\w+)`/g)].map(([, kind]) => kind!);
  if (kinds.length > 0) return kinds.includes(kindOf(clause, refused) ?? '');
  if (told !== "the proposal's") return same(clause, whyOf(told, refused).clause);
  if (refused.event.type !== 'proposal.open') return same(clause, named('proposal', refused)['clause']);
  const { kind } = (refused.event.payload as { readonly effect: { readonly kind: string } }).effect;
  const by: Readonly<Record<string, readonly string[]>> = {
    spend: ['decisions', 'spending'],
    publish: ['decisions', 'publication'],
    distribute: ['distribution'],
  };
  return (by[kind] ?? ['decisions']).includes(kindOf(clause, refused) ?? '');
}

function kindOf(clause: Value | undefined, { get }: Refused): string | undefined {
  const { version, protocol } = (clause ?? {}) as { readonly version?: string; readonly protocol?: string };
  const protocols = get('versions', version ?? '')?.['protocols'] as readonly Map[] | undefined;
  return protocols?.find(({ id }) => id === protocol)?.['kind'] as string | undefined;
}

const field = (name: string, { event }: Refused): string => (event.payload as Record<string, string>)[name]!;
const TABLES: Readonly<Record<string, string>> = {
  proposal: 'proposals',
  resource: 'resources',
  pledge: 'pledges',
  booking: 'bookings',
};

/** The row of what the payload names, or the effect in it. */
function named(what: string, refused: Refused): Map {
  const effect = (refused.event.payload as { readonly effect?: Record<string, string> }).effect;
  return refused.get(TABLES[what]!, effect?.[what] ?? field(what, refused))!;
}

function whyOf(told: string, refused: Refused): Why {
  const { event, get } = refused;
  const what = /^the (\w+)'s why$/.exec(told)![1]!;
  const row =
    what === 'member'
      ? get('members', event.member)
      : what === 'device'
        ? get('devices', event.device)
        : named(what, refused);
  return row!['why'] as unknown as Why;
}

function areEvents(told: string, value: Value | undefined, refused: Refused): boolean {
  if (told === '') return value === undefined;
  if (!Array.isArray(value)) return false;
  const events = value as readonly string[];
  const { get, typeOf, isBefore } = refused;
  const isAscending = events.every((id, index) => index === 0 || events[index - 1]! < id);
  const all = (types: readonly string[]): boolean =>
    events.length > 0 && events.every((id) => types.includes(typeOf(id) ?? ''));
  const isOne = (id: unknown): boolean => events.length === 1 && events[0] === id;
  const bookings = (): boolean =>
    all(['use.book']) && isAscending && events.every((id) => get('bookings', id) !== undefined);
  const isWhy = (why: readonly string[]): boolean =>
    isBefore ? same(events, why) : events.length > 0 && events.every((id) => why.includes(id));
  switch (told) {
    case 'the endings':
      return all(['device.revoke', 'member.leave']) && isAscending;
    case 'the admissions':
      return all(['member.admit']) && events.every((id) => invited(refused).includes(id));
    case 'the announcement':
      return (
        all(['member.announce']) &&
        (!isBefore || isOne((get('members', refused.event.member)!['leaving'] as Map)['event']))
      );
    case "the ground's version":
      return events.length === 1 && get('versions', events[0]!) !== undefined;
    case 'what decided': {
      const { sealed, why } = named('proposal', refused);
      const whole = (why as unknown as Why).events;
      return sealed === undefined ? isWhy(whole.slice(1)) : isWhy(whole);
    }
    case 'what counts':
      return isWhy((named('proposal', refused)['why'] as unknown as Why).events.slice(1));
    case 'the reversing entry':
      return isOne(get('entries', field('reverses', refused))!['reversedBy']);
    case 'the reversed entry':
      return isOne(field('reverses', refused));
    case 'the pledge':
      return isOne(field('pledge', refused));
    case 'the bookings of these dates':
    case 'the bookings under the quota':
      return bookings() && events.every((id) => isRelated(told, get('bookings', id)!, refused));
    case 'what took it back':
      return isWhy((named('booking', refused)['why'] as unknown as Why).events.slice(1));
    case 'the booking':
      return isOne(field('booking', refused));
    default:
      return isWhy(whyOf(told, refused).events);
  }
}

const invited = (refused: Refused): readonly string[] =>
  refused.get('invites', field('invite', refused))!['used'] as readonly string[];

function isRelated(told: string, booking: Map, refused: Refused): boolean {
  if (told === 'the bookings under the quota') return booking['member'] === refused.event.member;
  const wish = refused.event.payload as Record<string, string>;
  const { resource, from, until } = booking as Record<string, string>;
  return resource === wish['resource'] && from! < wish['until']! && wish['from']! < until!;
}
