import { Anchor, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEngine } from '../../app/engine';
import type { NetworkSummary } from '../../../shared/engine/contract';
import { ConfirmButton, Moment } from '../../ui';
import classes from './start.module.css';

/** The networks of which this device holds a replica, the last changed first. */
export function NetworkList({ networks }: { readonly networks: readonly NetworkSummary[] }) {
  const { t } = useTranslation('start');
  const sorted = networks.toSorted((a, b) => b.changed - a.changed);
  return (
    <section aria-labelledby="networks">
      <Title order={2} id="networks" mb="sm">
        {t('networks')}
      </Title>
      <ul className={classes['networks']}>
        {sorted.map((network) => (
          <Row key={network.id} network={network} />
        ))}
      </ul>
    </section>
  );
}

function Row({ network }: { readonly network: NetworkSummary }) {
  const { t } = useTranslation('start');
  const engine = useEngine();
  const { id, sample, members, changed } = network;
  const name = network.name === '' ? t('unnamed') : network.name;
  return (
    <li>
      <div className={classes['about']}>
        <Group gap="xs">
          <Anchor component={Link} href={`/n/${id}`} fw={650} size="lg">
            <bdi>{name}</bdi>
          </Anchor>
          {sample && <Badge color="yellow">{t('sample.label')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {t('members', { count: members })} · {t('changed')} <Moment time={changed} />
        </Text>
      </div>
      <Group gap="xs">
        <ConfirmButton
          variant="subtle"
          c="inherit"
          size="sm"
          aria-label={t('forget.label', { name })}
          title={t('forget.title', { name })}
          text={t(sample ? 'forget.sampleText' : members > 1 ? 'forget.text' : 'forget.aloneText')}
          confirm={t('forget.confirm')}
          onConfirm={() => engine.calls.forget(id)}
        >
          {t('forget.action')}
        </ConfirmButton>
        <Button component={Link} href={`/n/${id}`} variant="light" aria-label={t('openLabel', { name })}>
          {t('open')}
        </Button>
      </Group>
    </li>
  );
}
