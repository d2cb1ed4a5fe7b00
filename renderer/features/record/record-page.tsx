import { Badge, Group, Skeleton, Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { forkSibling } from '../../../shared/network/membership/queries';
import { useNetwork } from '../../app/network';
import type { EventView } from '../../../shared/engine/contract';
import { ErrorState, Loading, MemberName, Moment, PageHeader, useEventSentence } from '../../ui';
import { type PagedRecord, usePagedRecord } from './pages';
import classes from './record.module.css';

const ROW_HEIGHT = 64;
/** Rows that are drawn and measured as one: what a measured height costs grows with how many there are to place. */
const TOGETHER = 10;
const OVERSCAN = 1;

/** Every signed event, newest first. */
export function RecordPage() {
  const { t } = useTranslation('record');
  const record = usePagedRecord();
  const { total, error, retry } = record;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={total === undefined ? t('subtitle') : `${t('subtitle')} ${t('count', { count: total })}`}
      />
      {error !== undefined && <ErrorState error={error} retry={retry} />}
      {total === undefined && error === undefined && <Loading />}
      {total !== undefined && <Events record={record} total={total} />}
    </>
  );
}

function Events({ record, total }: { readonly record: PagedRecord; readonly total: number }) {
  const list = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0), []);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled or memoised on its functions
  const virtualizer = useWindowVirtualizer({
    count: Math.ceil(total / TOGETHER),
    estimateSize: () => TOGETHER * ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: margin,
  });
  const items = virtualizer.getVirtualItems();
  const first = (items[0]?.index ?? 0) * TOGETHER;
  const last = Math.min(total, ((items.at(-1)?.index ?? 0) + 1) * TOGETHER) - 1;
  const { show, at } = record;
  useEffect(() => show(first, last), [show, first, last]);
  return (
    <div ref={list} role="list" className={classes['events']} style={{ height: virtualizer.getTotalSize() }}>
      {items.map(({ index, start }) => (
        <div
          key={index}
          ref={virtualizer.measureElement}
          data-index={index}
          role="presentation"
          className={classes['together']}
          style={{ transform: `translateY(${start - margin}px)` }}
        >
          <Together from={index * TOGETHER} total={total} at={at} />
        </div>
      ))}
    </div>
  );
}

interface TogetherProps {
  readonly from: number;
  readonly total: number;
  readonly at: PagedRecord['at'];
}

/** Rows that come into sight are empty at first: what they say is drawn between frames, not in the one that scrolls to them. */
const Together = memo(function Together({ from, total, at }: TogetherProps) {
  const known = useDeferredValue(at, unknown);
  return placesFrom(from, total).map((place) => {
    const view = known(place);
    return (
      <div key={place} role="listitem" aria-setsize={total} aria-posinset={place + 1} className={classes['event']}>
        {view === undefined ? <Skeleton height={40} animate={false} /> : <Row view={view} />}
      </div>
    );
  });
});

const unknown: PagedRecord['at'] = () => undefined;

const placesFrom = (first: number, total: number): readonly number[] =>
  Array.from({ length: Math.min(TOGETHER, total - first) }, (_, place) => first + place);

const Row = memo(function Row({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('record');
  const { state } = useNetwork();
  const { sentence } = useEventSentence(view);
  return (
    <Link href={`/record/${view.id}`} className={classes['row']}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Text span className={classes['sentence']}>
          {sentence}
        </Text>
        {forkSibling(state, view) !== undefined && (
          <Badge color="red" style={{ flexShrink: 0 }}>
            {t('fork')}
          </Badge>
        )}
        {state.withoutEffect.has(view.id) && (
          <Badge color="yellow" style={{ flexShrink: 0 }}>
            {t('noEffect')}
          </Badge>
        )}
      </Group>
      <Text span size="sm" c="dimmed" display="block">
        <Moment time={view.time} exact /> · {view.member === null ? t('noMember') : <MemberName id={view.member} />} ·{' '}
        <span className={classes['type']}>{view.type}</span>
      </Text>
    </Link>
  );
});
