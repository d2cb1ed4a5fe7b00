import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClassedKind } from '../../../../shared/network/agreement/model';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import { electorateNow, ruleFor } from '../../../../shared/network/decisions/queries';
import { useNetwork } from '../../../app/network';
import { ClauseLink } from '../../../ui';
import { ruleSentence, typesOf, useWords } from '../../agreement';

/** Before it is opened: by which rule it will be decided and how many will decide. */
export function RulePreview({ kind }: { readonly kind: ClassedKind }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const words = useWords(typesOf(versionInForce(state)?.protocols ?? []));
  const found = ruleFor(state, kind);
  if (found === undefined) return null;
  const count = electorateNow(state, found.rule).length;
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
        {count === 0 ? t('new.nobody') : t('new.electorate', { count })}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <ClauseLink clause={found.clause} />
      </Text>
    </Stack>
  );
}
