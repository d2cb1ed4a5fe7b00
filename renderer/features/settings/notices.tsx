import { Group, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionChoice, minutesOf, timeText } from '../../app/attention';
import { habits } from '../../app/habits';
import { askToNotify } from '../../platform';
import { FormError } from '../../ui';

/** What the person wants to be told while they do not look at the app. */
export function Notices() {
  const { t } = useTranslation('settings');
  const { notify, contents, badge, choose } = attentionChoice();
  const current = habits((state) => state.current);
  const [error, setError] = useState<unknown>();
  if (current === undefined) return null;
  const change = async (isOn: boolean): Promise<void> => {
    setError(undefined);
    try {
      const allowed = isOn && (await askToNotify());
      choose({ notify: allowed });
      if (isOn) habits.getState().load();
    } catch (failure) {
      setError(failure);
    }
  };
  const refused = current.notifications === 'no';
  const isOn = notify && !refused;
  return (
    <section aria-labelledby="notices">
      <Title order={2} id="notices" mb="sm">
        {t('notices.title')}
      </Title>
      <Stack gap="md" maw="var(--peerhold-measure)">
        <Switch
          checked={isOn}
          disabled={refused}
          onChange={(event) => void change(event.currentTarget.checked)}
          label={t('notices.label')}
          description={t(
            refused ? 'notices.refused' : current.background === null ? 'notices.inBrowser' : 'notices.hint',
          )}
        />
        {isOn && (
          <Switch
            checked={contents}
            onChange={(event) => choose({ contents: event.currentTarget.checked })}
            label={t('notices.contents')}
            description={t('notices.contentsHint')}
          />
        )}
        {isOn && <Quiet />}
        {current.badge && (
          <Switch
            checked={badge}
            onChange={(event) => choose({ badge: event.currentTarget.checked })}
            label={t('notices.badge')}
            description={t('notices.badgeHint')}
          />
        )}
        <FormError error={error} />
      </Stack>
    </section>
  );
}

/** The hours in which nothing is shown. */
function Quiet() {
  const { t } = useTranslation('settings');
  const { quiet, choose } = attentionChoice();
  return (
    <Stack gap="xs">
      <Switch
        checked={quiet.on}
        onChange={(event) => choose({ quiet: { ...quiet, on: event.currentTarget.checked } })}
        label={t('notices.quiet')}
        description={t('notices.quietHint')}
      />
      {quiet.on && (
        <Group>
          {(['from', 'until'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`notices.${end}`)}
              defaultValue={timeText(quiet[end])}
              onChange={(event) => {
                const minutes = minutesOf(event.currentTarget.value);
                // A field that is half filled in is none yet.
                if (minutes !== undefined) choose({ quiet: { ...quiet, [end]: minutes } });
              }}
            />
          ))}
          {quiet.from === quiet.until && <Text size="sm">{t('notices.never')}</Text>}
        </Group>
      )}
    </Stack>
  );
}
