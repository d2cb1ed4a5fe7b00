import { Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ScanCode } from '../../ui';
import { payloadIn } from './invite-text';

/** Takes an invite link from the clipboard, or as a code from another screen. */
export function PasteInvite() {
  const { t } = useTranslation('join');
  const [, navigate] = useLocation();
  const [pasted, setPasted] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = (): void => {
    const payload = payloadIn(pasted);
    setRefused(payload === null);
    if (payload !== null) navigate(`/join/${payload}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack maw="var(--peerhold-measure)">
        <Textarea
          label={t('paste.label')}
          description={t('paste.hint')}
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value);
            setRefused(false);
          }}
          error={refused ? t(pasted.trim() === '' ? 'paste.empty' : 'paste.none') : undefined}
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <ScanCode onCode={setPasted} />
        <Group>
          <Button type="submit">{t('paste.action')}</Button>
        </Group>
        <Text size="sm">
          {t('paste.member')}{' '}
          <Anchor component={Link} href="/restore" size="sm">
            {t('paste.restore')}
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
