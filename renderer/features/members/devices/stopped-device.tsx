import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { MAX_LABEL } from '../../../../shared/invite/exchange';
import type { Member } from '../../../../shared/network/membership/model';
import { useMe, useNetwork, useNetworkStore } from '../../../app/network';
import { useStopped } from '../../../app/stopped';
import { ConfirmButton } from '../../../ui';
import classes from '../members.module.css';

/** For a device that can sign nothing more: why, and the ways to go on. */
export function StoppedDevice({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const me = useMe();
  const stopped = useStopped();
  if (stopped === null || member.status !== 'active') return null;
  const others = member.devices.some((id) => id !== me?.device && state.devices.get(id)?.status === 'active');
  return (
    <Alert
      color="red"
      icon={<IconPlayerStop size={18} aria-hidden />}
      title={t(`stopped.${stopped}.title`)}
      id="stopped"
    >
      <Stack gap="sm">
        <Text className={classes['measure']}>{t(`stopped.${stopped}.text`)}</Text>
        {stopped === 'behind' && <Succeed />}
        <Text className={classes['measure']}>{t(others ? 'stopped.byOther' : `stopped.${stopped}.alone`)}</Text>
        {(others || stopped === 'behind') && (
          <Group>
            <Button component={Link} href="~/join" variant="default">
              {t('stopped.openLink')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/** Goes on as a new device, which the old one certifies. */
function Succeed() {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const { state } = useNetwork();
  const me = useMe();
  const [label, setLabel] = useState(state.devices.get(me?.device ?? '')?.label ?? '');
  const name = label.trim();
  return (
    <Stack gap="sm" align="flex-start">
      <Text className={classes['measure']}>{t('succeed.text')}</Text>
      <TextInput
        label={t('succeed.label')}
        description={t('succeed.labelHint')}
        value={label}
        maxLength={MAX_LABEL}
        onChange={(event) => setLabel(event.currentTarget.value)}
        w="100%"
        maw="22rem"
      />
      <ConfirmButton
        title={t('succeed.confirmTitle')}
        text={t('succeed.confirmText')}
        confirm={t('succeed.confirm')}
        disabled={name === ''}
        onConfirm={() => store.engine.succeed(store.id, name)}
      >
        {t('succeed.action')}
      </ConfirmButton>
    </Stack>
  );
}
