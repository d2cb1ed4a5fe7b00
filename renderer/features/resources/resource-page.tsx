import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Entry } from '../../../shared/network/ledger/model';
import type { Resource } from '../../../shared/network/resources/model';
import { selection } from '../../app/mirror/per-block';
import { useMe, useNetwork, useText } from '../../app/network';
import { DetachedText, Finality, MemberName, Moment, Money, PageHeader, WhyButton } from '../../ui';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { BackLink } from './back-link';
import { History } from './history';
import { NextStep } from './next-step';
import { Pledges } from './pledges';
import { Shares } from './shares';
import { UseSection } from './use/use-section';
import classes from './resources.module.css';

export function ResourcePage({ id }: { readonly id: string }) {
  const { t } = useTranslation('resources');
  const resource = useNetwork().state.resources.get(id);
  return (
    <>
      <BackLink />
      {resource === undefined ? (
        <PageHeader title={t('missing.title')} subtitle={t('missing.text')} />
      ) : (
        <Found resource={resource} />
      )}
    </>
  );
}

function Found({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const name = useText(resource.name);
  const me = useMe();
  return (
    <>
      <PageHeader
        title={<DetachedText of={resource.name} />}
        documentTitle={name ?? t('title')}
        subtitle={
          <Group gap="xs">
            <Badge color={resource.status === 'held' ? 'green' : resource.status === 'dropped' ? 'gray' : 'blue'}>
              {t(`status.${resource.status}.label`)}
            </Badge>
            <Finality why={resource.why} />
            <WhyButton why={resource.why} label={t('why.status')} withText />
          </Group>
        }
      />
      <Stack gap="xl">
        <NextStep resource={resource} me={me?.member} />
        {resource.status === 'held' && <UseSection resource={resource.id} me={me?.member} />}
        <Facts resource={resource} />
        {resource.status === 'held' && <Shares resource={resource} />}
        <Pledges resource={resource} me={me?.member} />
        <LinkedFrom of={{ kind: 'resource', id: resource.id }} hideEmpty />
        <History resource={resource} />
      </Stack>
    </>
  );
}

function Facts({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { balances, entries, proposals } = useNetwork().state;
  const cost = balances.get(`resource:${resource.id}|${resource.unit}`);
  const account = `resource:${resource.id}`;
  const movers = useMemo(
    () => selection<Entry>(({ postings }) => postings.some((posting) => posting.account === account)),
    [account],
  );
  const costWhy = useMemo(() => ({ events: [...movers(entries).keys()] }), [movers, entries]);
  const proposal = resource.proposal === undefined ? undefined : proposals.get(resource.proposal);
  return (
    <section aria-labelledby="facts">
      <Title order={2} id="facts" mb="sm">
        {t('facts.title')}
      </Title>
      <Text mb="md" maw="var(--peerhold-measure)" component="div" className={classes['prose'] ?? ''}>
        <DetachedText of={resource.about} fallback={t('facts.noAbout')} />
      </Text>
      <dl className={classes['facts']}>
        <dt>{t('facts.kind')}</dt>
        <dd>{t(`kind.${resource.kind}`)}</dd>
        <dt>{t('facts.price')}</dt>
        <dd>
          <Money amount={resource.amount} unit={resource.unit} />
        </dd>
        {cost !== undefined && (
          <>
            <dt>{t('facts.cost')}</dt>
            <dd>
              <Anchor component={Link} href={`/ledger?account=${encodeURIComponent(account)}`}>
                <Money amount={cost.amount} unit={cost.unit} />
              </Anchor>{' '}
              <WhyButton why={costWhy} label={t('facts.cost')} />
            </dd>
          </>
        )}
        <dt>{t('facts.by')}</dt>
        <dd>
          <MemberName id={resource.by} link />, <Moment time={resource.time} />
        </dd>
        {proposal !== undefined && (
          <>
            <dt>{t('facts.decision')}</dt>
            <dd>
              <Anchor component={Link} href={`/decisions/${proposal.id}`}>
                <DetachedText of={proposal.title} />
              </Anchor>
            </dd>
          </>
        )}
        {resource.purchase !== undefined && (
          <>
            <dt>{t('facts.purchase')}</dt>
            <dd>
              <Anchor component={Link} href={`/ledger/${resource.purchase}`}>
                {t('facts.seeEntry')}
              </Anchor>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
