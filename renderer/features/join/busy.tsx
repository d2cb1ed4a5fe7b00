import { Button, Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Says what is waited for, and lets the person stop waiting. */
export function Busy({ text, onCancel }: { readonly text: string; readonly onCancel: () => void }) {
  const { t } = useTranslation('join');
  return (
    <Group role="status">
      <Loader size="sm" aria-hidden />
      <Text>{text}</Text>
      <Button variant="default" size="sm" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </Group>
  );
}
