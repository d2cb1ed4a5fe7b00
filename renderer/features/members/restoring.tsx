import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Restoring } from '../../../shared/peer/restoring-desk';
import { useNetwork, useNetworkStore } from '../../app/network';
import { CheckNumber, ConfirmButton, Moment, WithRight } from '../../ui';
import classes from './members.module.css';

/** Those who came with an invite and say that they are members who lost all devices: to be put to the others, or refused. */
export function RestoringRequests() {
  const { restoring } = useNetwork().status;
  return restoring.map((one) => <Request key={one.device} asking={one} />);
}

function Request({ asking: { device, name, code, since } }: { readonly asking: Restoring }) {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const propose = t('restoring.propose');
  return (
    <Alert
      color="blue"
      role="status"
      icon={<IconUserQuestion size={18} aria-hidden />}
      title={t('restoring.title', { name })}
    >
      <Stack gap="sm">
        <Text className={classes['measure']}>{t('restoring.compare', { name })}</Text>
        <CheckNumber label={t('restoring.number')} value={code} />
        <Text size="sm" c="dimmed">
          {t('restoring.since')} <Moment time={since} />
        </Text>
        <Group gap="xs">
          <WithRight right="propose" what={propose}>
            <Button component={Link} href={`/decisions/new?effect=restore&device=${device}`}>
              {propose}
            </Button>
          </WithRight>
          <ConfirmButton
            variant="default"
            title={t('restoring.refuseTitle', { name })}
            text={t('restoring.refuseText')}
            confirm={t('restoring.refuse')}
            onConfirm={() => store.engine.refuseRestoring(store.id, device)}
          >
            {t('restoring.refuse')}
          </ConfirmButton>
        </Group>
      </Stack>
    </Alert>
  );
}
