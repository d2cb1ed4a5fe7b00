import { Checkbox, type CheckboxProps, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getPlatform } from '../../platform';

interface Props {
  readonly lanOpen: boolean | null | undefined;
  readonly checkbox: CheckboxProps;
}

/** Asks whether others in the local network may reach this app; the addresses in a link depend on it. */
export function LanChoice({ lanOpen, checkbox }: Props) {
  const { t } = useTranslation('members');
  if (lanOpen === true) return <Text size="sm">{t('invite.lanIsOpen')}</Text>;
  if (lanOpen !== false) return null;
  return <Checkbox label={t('invite.lan')} description={t('invite.lanHint')} {...checkbox} />;
}

/** Whether signalling is open on the LAN; null where the shell does not say, undefined while asked. */
export function useLanOpen(): boolean | null | undefined {
  const [lanOpen, setLanOpen] = useState<boolean | null>();
  useEffect(() => {
    getPlatform()
      .info()
      .then(
        (info) => setLanOpen(info.lanOpen),
        () => setLanOpen(null),
      );
  }, []);
  return lanOpen;
}
