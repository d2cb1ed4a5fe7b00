import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDevices, IconLifebuoy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Member } from '../../../../shared/network/membership/model';
import { hasRoomForDevice } from '../../../../shared/network/membership/queries';
import { useMe, useNetwork } from '../../../app/network';
import { useStopped } from '../../../app/stopped';
import classes from '../members.module.css';
import { AddDeviceDialog } from './add-device-dialog';
import { DeviceRow } from './device-row';
import { NewDeviceRequest } from './new-device-request';
import { useSealing } from './use-sealing';

/** The installations with a signing key of their own by which a member acts; for oneself, the way to add and to end them. */
export function Devices({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { state, status } = useNetwork();
  const me = useMe();
  const stopped = useStopped() !== null;
  const sealing = useSealing();
  const [adding, { open, close }] = useDisclosure(false);
  const own = me?.member === member.id;
  const manages = own && member.status === 'active' && !stopped;
  const room = hasRoomForDevice(state, member.id);
  const active = member.devices.filter((id) => state.devices.get(id)?.status === 'active');
  return (
    <section aria-labelledby="devices">
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Title order={2} id="devices">
            {t(own ? 'devices.mine' : 'devices.title')}
          </Title>
          {own && (
            <Text c="dimmed" className={classes['measure']}>
              {t(manages && !room ? 'devices.full' : 'devices.hint')}
            </Text>
          )}
        </div>
        {manages && room && (
          <Group gap="xs">
            <Button
              component={Link}
              href="/backup"
              variant="default"
              leftSection={<IconLifebuoy size={18} aria-hidden />}
            >
              {t('devices.backup')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDevices size={18} aria-hidden />}
              aria-haspopup="dialog"
              onClick={open}
            >
              {t('devices.add')}
            </Button>
          </Group>
        )}
      </Group>
      <Stack gap="sm">
        {manages && !adding && status.newDevice !== null && <NewDeviceRequest asking={status.newDevice} />}
        <ul className={classes['list']}>
          {member.devices.map((id) => (
            <DeviceRow
              key={id}
              id={id}
              member={member}
              own={own}
              mayRevoke={manages && (active.length > 1 || !active.includes(id))}
              seals={sealing.has(id)}
            />
          ))}
        </ul>
      </Stack>
      {manages && <AddDeviceDialog opened={adding} onClose={close} />}
    </section>
  );
}
