import { Anchor, Button, Group, NativeSelect, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EFFECT_KINDS } from '../../../shared/network/agreement/model';
import { decidedProposals, openProposals, waitingFor } from '../../../shared/network/decisions/queries';
import { useMe, useNetwork } from '../../app/network';
import { EmptyState, PageHeader, WithRight } from '../../ui';
import classes from './decisions.module.css';
import { STATUS_FILTERS, type StatusFilter, matchesStatus } from './filters';
import { ProposalRow } from './proposal-row';

/** Rows drawn at first and with each press of the button: a network of many years opens as fast as a young one. */
const PAGE = 50;

/** Proposals: what waits for my ballot, what is open, what was decided. */
export function ListPage() {
  const { t } = useTranslation(['decisions', 'templates', 'rhythm']);
  const { state } = useNetwork();
  const me = useMe()?.member;
  const [status, setStatus] = useState<StatusFilter>('all');
  const [kind, setKind] = useState('');
  const [shown, setShown] = useState(PAGE);

  const waiting = useMemo(
    () => new Set(me === undefined ? [] : waitingFor(state, me).map((proposal) => proposal.id)),
    [state, me],
  );
  const open = useMemo(
    () => openProposals(state).toSorted((a, b) => Number(waiting.has(b.id)) - Number(waiting.has(a.id))),
    [state, waiting],
  );
  const decided = useMemo(() => decidedProposals(state), [state]);
  const filtered = decided.filter(
    (proposal) => matchesStatus(proposal.status, status) && (kind === '' || proposal.effect.kind === kind),
  );
  const propose = (
    <WithRight right="propose" what={t('list.new')}>
      <Button component={Link} href="/decisions/new" leftSection={<IconPlus size={18} aria-hidden />}>
        {t('list.new')}
      </Button>
    </WithRight>
  );

  if (state.proposals.size === 0)
    return (
      <>
        <PageHeader title={t('list.title')} />
        <EmptyState title={t('list.empty')} text={t('list.emptyText')} action={propose} />
      </>
    );
  return (
    <>
      <PageHeader
        title={t('list.title')}
        subtitle={
          <>
            {waiting.size > 0 ? t('list.waiting', { count: waiting.size }) : t('list.nothingWaits')}{' '}
            <Anchor component={Link} href="/decisions/rhythm" inherit underline="always">
              {t('link', { ns: 'rhythm' })}
            </Anchor>
          </>
        }
        actions={propose}
      />
      <Stack gap="xl">
        <section>
          <Title order={2} mb="xs">
            {t('list.open')}
          </Title>
          {open.length === 0 ? (
            <Text c="dimmed">{t('list.noneOpen')}</Text>
          ) : (
            <ul className={classes['rows']}>
              {open.slice(0, shown).map((proposal) => (
                <ProposalRow key={proposal.id} proposal={proposal} waits={waiting.has(proposal.id)} />
              ))}
            </ul>
          )}
        </section>
        <section>
          <Group justify="space-between" align="flex-end" mb="xs">
            <Title order={2}>{t('list.decided')}</Title>
            <Group gap="sm">
              <NativeSelect
                aria-label={t('list.kind')}
                value={kind}
                onChange={(event) => {
                  setKind(event.currentTarget.value);
                  setShown(PAGE);
                }}
                data={[
                  { value: '', label: t('list.allKinds') },
                  ...EFFECT_KINDS.map((each) => ({ value: each, label: t(`matters.${each}`, { ns: 'templates' }) })),
                ]}
              />
              <SegmentedControl
                aria-label={t('list.status')}
                value={status}
                onChange={(next) => {
                  setStatus(next);
                  setShown(PAGE);
                }}
                data={STATUS_FILTERS.map((each) => ({ value: each, label: t(`list.filter.${each}`) }))}
              />
            </Group>
          </Group>
          {filtered.length === 0 ? (
            <Text c="dimmed">{decided.length === 0 ? t('list.noneDecided') : t('list.noneMatch')}</Text>
          ) : (
            <ul className={classes['rows']}>
              {filtered.slice(0, shown).map((proposal) => (
                <ProposalRow key={proposal.id} proposal={proposal} waits={false} />
              ))}
            </ul>
          )}
        </section>
        {Math.max(filtered.length, open.length) > shown && (
          <Group justify="center">
            <Button variant="default" onClick={() => setShown(shown + PAGE)}>
              {t('list.more', { count: Math.max(filtered.length, open.length) - shown })}
            </Button>
          </Group>
        )}
      </Stack>
    </>
  );
}
