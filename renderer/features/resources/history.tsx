import { Anchor, Button, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Entry } from '../../../shared/network/ledger/model';
import type { Resource } from '../../../shared/network/resources/model';
import { type HistoryItem, historyOf } from '../../../shared/network/resources/history';
import { selection } from '../../app/mirror/per-block';
import { useNetwork } from '../../app/network';
import { DetachedText, MemberName, Moment, Money } from '../../ui';
import classes from './resources.module.css';

const SHOWN_FIRST = 12;

/** What happened with the resource, newest first, each line leading to where it stands in full. */
export function History({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const [all, setAll] = useState(false);
  const { id } = resource;
  const about = useMemo(() => {
    const account = `resource:${id}`;
    return selection<Entry>((entry) => entry.resource === id || entry.postings.some((one) => one.account === account));
  }, [id]);
  const items = useMemo(
    () => historyOf({ ...state, entries: about(state.entries) }, resource),
    [state, resource, about],
  );
  const shown = all ? items : items.slice(0, SHOWN_FIRST);
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="xs">
        {t('history.title')}
      </Title>
      <ul className={classes['list']}>
        {shown.map((item) => (
          <li key={`${item.kind}-${item.id}`} className={classes['event']}>
            <Text component="span" size="sm" c="dimmed" className={classes['when'] ?? ''}>
              <Moment time={item.time} />
            </Text>
            <span className={classes['grow']}>
              <Line item={item} />
            </span>
          </li>
        ))}
      </ul>
      {!all && items.length > SHOWN_FIRST && (
        <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {t('history.all', { count: items.length })}
        </Button>
      )}
    </section>
  );
}

function Line({ item }: { readonly item: HistoryItem }) {
  const { t } = useTranslation('resources');
  return (
    <>
      <MemberName id={item.by} /> · {t(`history.${item.kind}`)}{' '}
      {item.amount !== undefined && item.unit !== undefined && <Money amount={item.amount} unit={item.unit} />}{' '}
      <Anchor component={Link} href={hrefOf(item)} underline="always">
        {item.text === undefined ? t('history.open') : <DetachedText of={item.text} fallback={t('history.open')} />}
      </Anchor>
    </>
  );
}

function hrefOf({ kind, id }: HistoryItem): string {
  if (kind === 'proposed') return `/decisions/${id}`;
  if (kind === 'booked' || kind === 'bought') return `/ledger/${id}`;
  return `/record/${id}`;
}
