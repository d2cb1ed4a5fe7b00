import { Code, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { sealedOf } from '../../../../shared/network/agreement/queries';
import { useNetwork } from '../../../app/network';
import { WhyButton } from '../../../ui';
import { VersionView } from '../version-view';
import { Assents } from './assents';
import { DecisionOf } from './decision-of';

/** One version as it stood: by which decision, bound to its words by which hash, what each member said to it, and its text. */
export function PastVersion({
  version,
  inForce,
}: {
  readonly version: AgreementVersion;
  readonly inForce: AgreementVersion;
}) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const isInForce = version.id === inForce.id;
  const title = t('version', { number: version.number });
  return (
    <Stack component="section" gap="lg" aria-label={title}>
      <div>
        <Title order={2}>{title}</Title>
        <Text c="dimmed">
          {isInForce
            ? t('versions.readingCurrent', { number: version.number })
            : t('versions.reading', { number: version.number })}
        </Text>
        <Text size="sm" component="div">
          {t('versions.adoptedBy')} <DecisionOf version={version} />{' '}
          <WhyButton why={version.why} label={title} sealed={sealedOf(state, version)} />
        </Text>
        <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
          {t('versions.hash')} <Code>{version.id}</Code>
        </Text>
      </div>
      <Assents version={version} />
      <VersionView version={version} current={isInForce} />
    </Stack>
  );
}
