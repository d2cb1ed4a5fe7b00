import type { Value } from './cbor';
import { isId } from './event';
import type { Row } from './state';

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
}

/** The tables of docs/protocol-state.md with the fields of their rows. */
export function tablesOf(page: string): Map<string, readonly Field[]> {
  const tables = new Map<string, readonly Field[]>();
  for (const section of page.split(/^### /m).slice(1)) {
    const lines = section.split('\n');
    const from = lines.findIndex((line) => /^\| field +\|/.test(line)) + 2;
    const until = lines.findIndex((line, index) => index >= from && !line.startsWith('|'));
    const fields = lines.slice(from, until).map((line) => {
      const [, name = '', type = ''] = line.split('|').map((cell) => cell.trim());
      return { name: name.replace('?', ''), isOptional: name.endsWith('?'), type };
    });
    tables.set(/^`(\w+)`/.exec(section)![1]!, fields);
  }
  return tables;
}

const isList = Array.isArray;
const isMap = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !isList(value) && !Buffer.isBuffer(value);
const isClause = (value: unknown): boolean =>
  isMap(value) && isId(value['version']) && typeof value['protocol'] === 'string' && Object.keys(value).length === 2;
const isIds = (value: unknown): boolean => isList(value) && value.every(isId);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: isId,
  'id or text': (value) => typeof value === 'string' || isId(value),
  'id or null': (value) => value === null || isId(value),
  reference: isId,
  ids: isIds,
  integer: Number.isSafeInteger,
  text: (value) => typeof value === 'string' && !isId(value),
  boolean: (value) => typeof value === 'boolean',
  map: isMap,
  list: isList,
  clause: isClause,
  why: (value) =>
    isMap(value) &&
    isIds(value['events']) &&
    (value['clause'] === undefined || isClause(value['clause'])) &&
    Object.keys(value).every((key) => key === 'events' || key === 'clause'),
};

/** What of a row is not as its table says. */
export function faultsIn(row: Row, fields: readonly Field[]): string[] {
  const faults = Object.keys(row).filter((key) => fields.every(({ name }) => name !== key));
  for (const { name, isOptional, type } of fields) {
    const value = row[name];
    if (value === undefined ? !isOptional : !isOf(type, value)) faults.push(name);
  }
  return faults;
}

function isOf(type: string, value: Value): boolean {
  if (!type.startsWith('one of ')) return TYPES[type]!(value);
  return [...type.matchAll(/`([^`]+)`/g)].some(([, word]) => word === value);
}
