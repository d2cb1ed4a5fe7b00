import { Stack, Switch, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { habits } from '../../app/habits';
import { FormError } from '../../ui';

/** Whether the app syncs while its window is closed, and starts by itself; plainly, where the shell can not. */
export function InBackground() {
  const { t } = useTranslation('settings');
  const { current, error, load, setBackground, setStartAtLogin } = habits();
  useEffect(() => load(), [load]);
  if (current === undefined && error === undefined) return null;
  const { background = null, startAtLogin = null } = current ?? {};
  return (
    <section aria-labelledby="background">
      <Title order={2} id="background" mb="sm">
        {t('background.title')}
      </Title>
      <Stack gap="md" maw="var(--peerhold-measure)">
        {current !== undefined && background === null && <Text>{t('background.inBrowser')}</Text>}
        {background !== null && (
          <Switch
            checked={background}
            onChange={(event) => void setBackground(event.currentTarget.checked)}
            label={t('background.label')}
            description={t('background.hint')}
          />
        )}
        {startAtLogin !== null && (
          <Switch
            checked={startAtLogin}
            onChange={(event) => void setStartAtLogin(event.currentTarget.checked)}
            label={t('background.login')}
            description={t('background.loginHint')}
          />
        )}
        {background !== null && startAtLogin === null && <Text size="sm">{t('background.noLogin')}</Text>}
        <FormError error={error} />
      </Stack>
    </section>
  );
}
