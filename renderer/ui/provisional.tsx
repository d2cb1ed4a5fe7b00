import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Marks what later events can still change, since no seal fixes it yet. */
export function Provisional() {
  const { t } = useTranslation('ui');
  return (
    <Tooltip label={t('provisional.hint')}>
      <Badge color="gray" variant="outline" tabIndex={0} style={{ cursor: 'help' }}>
        {t('provisional.label')}
      </Badge>
    </Tooltip>
  );
}
