import { Anchor, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '../../../shared/network/resources/model';
import { type Stage, pipeline, pledgeTotals } from '../../../shared/network/resources/queries';
import { useNetwork } from '../../app/network';
import { DetachedText, EmptyState, Money, PageHeader } from '../../ui';
import { KindIcon } from './kind-icon';
import classes from './resources.module.css';

/** What the network looks for, decides on and holds. */
export function PipelinePage() {
  const { t } = useTranslation('resources');
  const { resources } = useNetwork().state;
  const stages = useMemo(() => pipeline(resources), [resources]);
  const create = (
    <Button component={Link} href="/resources/new" leftSection={<IconPlus size={18} />}>
      {t('new')}
    </Button>
  );
  if (resources.size === 0) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState
          icon={<IconBuildingCommunity size={28} stroke={1.5} />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={create}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={create} />
      <Stack gap="xl">
        {stages
          .filter((stage) => stage.resources.length > 0)
          .map((stage) => (
            <StageSection key={stage.status} stage={stage} />
          ))}
      </Stack>
    </>
  );
}

function StageSection({ stage: { status, resources } }: { readonly stage: Stage }) {
  const { t } = useTranslation('resources');
  return (
    <section aria-labelledby={`stage-${status}`}>
      <Title order={2} id={`stage-${status}`}>
        {t(`status.${status}.label`)}
      </Title>
      <Text c="dimmed" size="sm" mb="xs">
        {t(`status.${status}.text`)}
      </Text>
      <ul className={classes['list']}>
        {resources.map((resource) => (
          <li key={resource.id} className={classes['item']}>
            <Candidate resource={resource} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Candidate({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const { total, percent } = useMemo(() => pledgeTotals(state, resource), [state, resource]);
  const open = resource.status === 'sought' || resource.status === 'deciding' || resource.status === 'agreed';
  return (
    <Group gap="md" wrap="nowrap" align="flex-start">
      <KindIcon kind={resource.kind} />
      <div className={classes['grow']}>
        <Group justify="space-between" gap="xs">
          <Anchor component={Link} href={`/resources/${resource.id}`} fw={600} className={classes['name'] ?? ''}>
            <DetachedText of={resource.name} />
          </Anchor>
          <Money amount={resource.amount} unit={resource.unit} />
        </Group>
        <Text size="sm" c="dimmed">
          {t(`kind.${resource.kind}`)}
        </Text>
        {open && (
          <>
            <Progress value={percent} size="sm" mt="xs" aria-label={t('pledged')} />
            <Text size="sm" mt={4}>
              <Money amount={total} unit={resource.unit} /> {t('pledgedPercent', { percent })}
            </Text>
          </>
        )}
      </div>
    </Group>
  );
}
