import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import type { RuleOf } from '../../../../shared/network/decisions/rule-of';
import { useNetwork } from '../../../app/network';
import { ClauseLink } from '../../../ui';
import { namesIn, ruleSentence, useWords } from '../../agreement';

/** Before it is opened: by which rule it will be decided and how many will decide; or why no rule can. */
export function RulePreview({
  found,
  electorate,
}: {
  readonly found: RuleOf | undefined;
  readonly electorate: number;
}) {
  const { t } = useTranslation(['decisions', 'effects']);
  const { state } = useNetwork();
  const words = useWords(namesIn(versionInForce(state)?.protocols ?? []));
  if (found === undefined) return null;
  if ('code' in found)
    return (
      <Alert color="orange" variant="light" role="alert">
        {t(found.code, { ns: 'effects' })} <ClauseLink clause={found.clause} />
      </Alert>
    );
  return (
    <Stack gap={4} aria-live="polite">
      <Text size="sm">
        {t('new.rule')}{' '}
        <b>
          <bdi>{found.rule.label}</bdi>
        </b>
        . {ruleSentence(found.rule, words)}
      </Text>
      <Text size="sm" fw={600}>
        {electorate === 0 ? t('new.nobody') : t('new.electorate', { count: electorate })}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <ClauseLink clause={found.clause} />
      </Text>
    </Stack>
  );
}
