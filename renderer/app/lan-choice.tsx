import { Checkbox, type CheckboxProps, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getPlatform } from '../platform';

interface Props {
  readonly lanOpen: boolean | null | undefined;
  /** What it is good for here. */
  readonly hint: string;
  /** What is said where they may already; nothing by default. */
  readonly isOpen?: string;
  readonly checkbox: CheckboxProps;
}

/** Asks whether others in the local network may reach this app. */
export function LanChoice({ lanOpen, hint, isOpen, checkbox }: Props) {
  const { t } = useTranslation('app');
  if (lanOpen === true) return isOpen === undefined ? null : <Text size="sm">{isOpen}</Text>;
  if (lanOpen !== false) return null;
  return <Checkbox label={t('lanChoice')} description={hint} {...checkbox} />;
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
