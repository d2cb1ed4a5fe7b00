import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorCode } from '../../../shared/errors';
import { useErrorText } from '../../ui';

/** What went wrong, and what the person can do about it. */
export function JoinProblem({ error, device = false }: { readonly error: unknown; readonly device?: boolean }) {
  const { t, i18n } = useTranslation('join');
  const text = useErrorText();
  const code = errorCode(error);
  const keys = [...(device ? [`device.advice.${code}`] : []), `advice.${code}`];
  const advice = keys.find((key) => i18n.exists(key, { ns: 'join' }));
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert" title={text(error)}>
      {t(advice ?? (device ? 'device.advice.other' : 'advice.other'))}
    </Alert>
  );
}
