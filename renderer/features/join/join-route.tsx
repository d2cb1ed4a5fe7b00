import { Anchor, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { PageHeader } from '../../ui';
import { InviteView } from './invite-view';
import { PasteInvite } from './paste-invite';

/** `/join` asks for an invite, `/join/:link` shows where it leads. */
export function JoinRoute() {
  const { t } = useTranslation('join');
  const { link } = useParams<{ link?: string }>();
  const [device, setDevice] = useState(false);
  return (
    <Stack gap="md">
      <Anchor component={Link} href="/" size="sm">
        {t('allNetworks')}
      </Anchor>
      <PageHeader
        title={t(device && link !== undefined ? 'device.page' : 'title')}
        {...(link === undefined ? { subtitle: t('subtitle') } : {})}
      />
      {link === undefined ? <PasteInvite /> : <InviteView key={link} payload={link} onKind={setDevice} />}
    </Stack>
  );
}
