import { Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label?: string;
  /** Where nothing else is on the screen yet, the label is its heading. */
  readonly wholeScreen?: boolean;
}

/** While a view's data is on its way. */
export function Loading({ label, wholeScreen = false }: Props) {
  const { t } = useTranslation('ui');
  const words = label ?? t('loading');
  return (
    <Center py="xl" role="status" aria-busy="true">
      <Stack align="center" gap="xs">
        <Loader aria-hidden />
        {wholeScreen ? (
          <Title order={1} size="sm" fw="normal" c="dimmed">
            {words}
          </Title>
        ) : (
          <Text size="sm" c="dimmed">
            {words}
          </Text>
        )}
      </Stack>
    </Center>
  );
}
