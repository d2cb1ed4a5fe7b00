import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewDevice } from '../../../../shared/peer/device-desk';
import { useNetworkStore } from '../../../app/network';
import { CheckNumber, FormError } from '../../../ui';
import classes from '../members.module.css';

interface Props {
  readonly asking: NewDevice;
  /** In a dialog, in the place of what had the focus. */
  readonly focus?: boolean;
  readonly onAdded?: (label: string) => void;
  readonly onRefused?: () => void;
}

/** A device that came with a link of one's own: the number to compare, and the question. */
export function NewDeviceRequest({ asking, focus = false, onAdded, onRefused }: Props) {
  const { t } = useTranslation('members');
  const store = useNetworkStore();
  const [busy, setBusy] = useState<'add' | 'refuse'>();
  const [error, setError] = useState<unknown>();
  const answer = async (add: boolean): Promise<void> => {
    setBusy(add ? 'add' : 'refuse');
    setError(undefined);
    try {
      await store.engine.answerDevice(store.id, asking.device, add);
      if (add) onAdded?.(asking.label);
      else onRefused?.();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Alert
      color="blue"
      role="status"
      icon={<IconDevices size={18} aria-hidden />}
      title={t(asking.role === 'keeper' ? 'newDevice.keeperTitle' : 'newDevice.title', { label: asking.label })}
    >
      <Stack gap="sm">
        {asking.role === 'keeper' && <Text className={classes['measure']}>{t('newDevice.keeper')}</Text>}
        <Text className={classes['measure']}>{t('newDevice.compare')}</Text>
        <CheckNumber label={t('newDevice.number')} value={asking.checkNumber} focus={focus} />
        <Text className={classes['measure']}>{t('newDevice.meaning')}</Text>
        <FormError error={error} />
        <Group gap="xs">
          <Button loading={busy === 'add'} disabled={busy === 'refuse'} onClick={() => void answer(true)}>
            {t('newDevice.add')}
          </Button>
          <Button
            variant="default"
            loading={busy === 'refuse'}
            disabled={busy === 'add'}
            onClick={() => void answer(false)}
          >
            {t('newDevice.refuse')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
