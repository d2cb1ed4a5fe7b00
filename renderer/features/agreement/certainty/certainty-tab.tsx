import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CERTAINTIES, type Certainty } from '../../../../shared/network/certainty/model';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { hasRight } from '../../../../shared/network/membership/queries';
import { useMe, useNetwork } from '../../../app/network';
import { ErrorState } from '../../../ui';
import { CertaintyView, useProtocolCertainties } from '../../../ui/certainty';
import classes from './certainty.module.css';
import { usePageCertainties } from './use-page-certainties';

interface Row {
  readonly kind: 'protocol' | 'page';
  readonly id: string;
  readonly title: string;
  readonly certainty: Certainty;
}

/** Every protocol and page with its certainty: first what needs more discussion, then what members are certain of. */
export default function CertaintyTab({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation(['certainty', 'commons']);
  const certainties = useProtocolCertainties();
  const { pages, done, total, error } = usePageCertainties();
  const rows: readonly Row[] = [
    ...version.protocols.flatMap(({ id, title }): Row[] => {
      const certainty = certainties.get(id);
      return certainty === undefined ? [] : [{ kind: 'protocol', id, title, certainty }];
    }),
    ...pages.map(({ page: { id, title }, certainty }): Row => ({
      kind: 'page',
      id,
      title: title === '' ? t('untitled', { ns: 'commons' }) : title,
      certainty,
    })),
  ];
  const inOrder = CERTAINTIES.flatMap((level) => rows.filter(({ certainty }) => certainty.level === level));
  // Of a page nobody expects a decision: that there was none is no reason to talk about it.
  const undecided = ({ kind, certainty: { level } }: Row): boolean => kind === 'page' && level === 'untested';
  const open = inOrder.filter((row) => row.certainty.level !== 'adopted' && !undecided(row));
  const settled = inOrder.filter(({ certainty: { level } }) => level === 'adopted');
  const rest = rows.filter(undecided).length;
  return (
    <Stack gap="xl">
      <Text c="dimmed" maw="var(--peerhold-measure)">
        {t('intro')}
      </Text>
      <section aria-labelledby="needs-discussion">
        <Title order={2} id="needs-discussion" mb="xs">
          {t('list.more')}
        </Title>
        {open.length === 0 ? <Text c="dimmed">{t('list.nothing')}</Text> : <Rows rows={open} />}
      </section>
      <div role="status">
        {done < total && (
          <Text size="sm" c="dimmed">
            {t('list.looking', { done, total })}
          </Text>
        )}
      </div>
      {error !== undefined && <ErrorState error={error} />}
      {settled.length > 0 && (
        <section aria-labelledby="certain">
          <Title order={2} id="certain" mb="xs">
            {t('list.settled')}
          </Title>
          <Rows rows={settled} />
        </section>
      )}
      {rest > 0 && (
        <Text size="sm" c="dimmed">
          {t('list.undecided', { count: rest })}
        </Text>
      )}
    </Stack>
  );
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation('certainty');
  const { state } = useNetwork();
  const me = useMe();
  const mayPropose = me !== null && hasRight(state, me.member, 'propose');
  return (
    <ul className={classes['rows']}>
      {rows.map(({ kind, id, title, certainty }) => (
        <li key={`${kind} ${id}`} className={classes['row']}>
          <Group gap="xs">
            <Anchor
              component={Link}
              href={kind === 'page' ? `/commons/${id}` : `/agreement?protocol=${id}`}
              fw={600}
              inherit
            >
              <bdi>{title}</bdi>
            </Anchor>
            <Badge color="gray">{t(`list.${kind}`)}</Badge>
          </Group>
          <CertaintyView certainty={certainty} of={title} all />
          {mayPropose && certainty.level !== 'review' && certainty.level !== 'adopted' && (
            <Anchor
              component={Link}
              href={`/decisions/new?about=${kind}/${id}`}
              size="sm"
              aria-label={t('list.proposeOf', { title })}
            >
              {t('list.propose')}
            </Anchor>
          )}
        </li>
      ))}
    </ul>
  );
}
