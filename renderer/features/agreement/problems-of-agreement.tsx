import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AgreementProblem } from '../../../shared/network/agreement/problems';

/** Why a set of protocols could not work, in words; nothing when it could. */
export function ProblemsOfAgreement({ problems }: { readonly problems: readonly AgreementProblem[] }) {
  const { t } = useTranslation(['agreement', 'templates']);
  if (problems.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="light"
      title={t('draft.problems')}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      role="alert"
    >
      <List size="sm">
        {problems.map(({ code, kind, name }) => (
          <List.Item key={`${code} ${kind} ${name}`}>
            {t(`problems.${code}`, { ns: 'templates', name, kind: t(`kinds.${kind}.label`, { ns: 'templates' }) })}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
