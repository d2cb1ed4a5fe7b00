import { Anchor, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isId } from '../../../shared/record/shape';
import type { State } from '../../../shared/network/state';
import type { TextRef } from '../../../shared/record/text';
import { useNetwork, useTexts } from '../../app/network';
import { DetachedText, MemberName, Moment, Money } from '../../ui';
import classes from './record.module.css';

/** Levels of nesting that are laid out; what is deeper is cut, since payloads are foreign. */
export const MAX_DEPTH = 8;

type Texts = ReadonlyMap<string, string | null>;

/** A payload of any shape, readable: detached texts in place of their hashes, ids as links to what they name. */
export function PayloadView({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('record');
  const refs = useMemo(() => [...new Set(hashesIn(value, MAX_DEPTH))] as TextRef[], [value]);
  const found = useTexts(refs);
  const texts: Texts = new Map(refs.map((ref, index) => [ref, found[index] ?? null]));
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
    return <Text c="dimmed">{t('emptyPayload')}</Text>;
  }
  return <Value value={value} texts={texts} depth={MAX_DEPTH} name="" />;
}

/** Every string that could name a text or an event: both are hashes and look alike. */
export function hashesIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return isId(value) ? [value] : [];
  if (depth === 0 || typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap((each) => hashesIn(each, depth - 1));
}

interface Props {
  readonly value: unknown;
  readonly texts: Texts;
  readonly depth: number;
  /** Key under which the value stands. */
  readonly name: string;
}

function Value({ value, texts, depth, name }: Props) {
  if (depth === 0) return '…';
  if (value instanceof Uint8Array) return <span className={classes['id']}>{hex(value)}</span>;
  if (Array.isArray(value)) return <Items items={value} texts={texts} depth={depth - 1} />;
  if (typeof value === 'object' && value !== null) return <Fields value={value} texts={texts} depth={depth - 1} />;
  if (typeof value === 'string') return <Words text={value} texts={texts} />;
  if (typeof value === 'number' && TIMES.includes(name)) return <Moment time={value} exact />;
  return String(value);
}

const TIMES: readonly string[] = ['deadline', 'time'];

function Items({ items, texts, depth }: { readonly items: readonly unknown[]; texts: Texts; depth: number }) {
  const { t } = useTranslation('record');
  if (items.length === 0) return t('none');
  return (
    <ol className={classes['items']}>
      {items.map((item, index) => (
        <li key={index}>
          <Value value={item} texts={texts} depth={depth} name="" />
        </li>
      ))}
    </ol>
  );
}

function Fields({ value, texts, depth }: { readonly value: object; texts: Texts; depth: number }) {
  const { t, i18n } = useTranslation('record');
  const unit = 'unit' in value && typeof value.unit === 'string' && isUnit(value.unit) ? value.unit : undefined;
  return (
    <dl className={classes['fields']}>
      {Object.entries(value).map(([key, each]: [string, unknown]) => (
        <div key={key} style={{ display: 'contents' }}>
          <dt>{i18n.exists(`key.${key}`, { ns: 'record' }) ? t(`key.${key}`) : key}</dt>
          <dd>
            {unit !== undefined && key === 'amount' && Number.isSafeInteger(each) ? (
              <Money amount={Number(each)} unit={unit} />
            ) : (
              <Value value={each} texts={texts} depth={depth} name={key} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isUnit = (unit: string): boolean => /^([A-Z]{3}|hour)$/.test(unit);

function Words({ text, texts }: { readonly text: string; readonly texts: Texts }) {
  const { t } = useTranslation('record');
  const { state } = useNetwork();
  const account = /^(member|owed|resource):([0-9a-f]{64})$/.exec(text);
  if (account !== null) {
    return (
      <>
        {account[1]}: <Words text={account[2] ?? ''} texts={texts} />
      </>
    );
  }
  if (!isId(text)) return <span className={classes['text']}>{text}</span>;
  const words = texts.get(text);
  if (typeof words === 'string') return <bdi className={classes['text']}>{words}</bdi>;
  if ([...state.erased.values()].some((row) => row.text === text)) return <Text c="dimmed">{t('erased')}</Text>;
  if (state.members.has(text)) return <MemberName id={text} link />;
  const resource = state.resources.get(text);
  if (resource !== undefined) {
    return (
      <Anchor component={Link} href={`/resources/${text}`}>
        <DetachedText of={resource.name} />
      </Anchor>
    );
  }
  const href = hrefOf(text, state);
  if (href === undefined) return <span className={classes['id']}>{text}</span>;
  return (
    <Anchor component={Link} href={href} className={classes['id']}>
      {text}
    </Anchor>
  );
}

/** The page of what an id names; undefined for devices, invites and what is not known here. */
function hrefOf(id: string, state: State): string | undefined {
  if (state.proposals.has(id)) return `/decisions/${id}`;
  if (state.entries.has(id)) return `/ledger/${id}`;
  if (state.versions.has(id) || state.ballots.has(id) || state.pledges.has(id)) return `/record/${id}`;
  return undefined;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
