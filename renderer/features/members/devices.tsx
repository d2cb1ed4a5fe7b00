import { Badge, Code, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Member } from '../../../shared/network/membership/model';
import { useMe, useNetwork } from '../../app/network';
import { WhyButton } from '../../ui';
import classes from './members.module.css';

/** The installations with a signing key of their own by which a member acts. */
export function Devices({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const here = useMe()?.device;
  return (
    <section aria-labelledby="devices">
      <Title order={2} id="devices" mb="xs">
        {t('devices.title')}
      </Title>
      <ul className={classes['list']}>
        {member.devices.map((id) => {
          const device = state.devices.get(id);
          return (
            <li key={id}>
              <div className={classes['main']}>
                <Group gap="xs">
                  <Text fw={550}>
                    {device === undefined || device.label === '' ? t('devices.unnamed') : device.label}
                  </Text>
                  {id === here && <Badge>{t('devices.here')}</Badge>}
                  {device?.status === 'revoked' && <Badge color="gray">{t('devices.revoked')}</Badge>}
                  {device?.status === 'frozen' && <Badge color="red">{t('devices.frozen')}</Badge>}
                  {device?.fork !== undefined && <Badge color="red">{t('devices.fork')}</Badge>}
                  {device !== undefined && <WhyButton why={device.why} label={t('devices.title')} />}
                </Group>
                <Code>{shortId(id)}</Code>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const shortId = (id: string): string => `${id.slice(0, 8)}…${id.slice(-8)}`;
