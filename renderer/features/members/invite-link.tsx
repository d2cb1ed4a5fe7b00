import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { CopyField, QrCode } from '../../ui';

interface Props {
  readonly link: string;
  /** What it lets in: a person, or a device of one's own. */
  readonly kind?: 'link' | 'deviceLink';
}

/** A link to send, to copy or to scan. */
export function InviteLink({ link, kind = 'link' }: Props) {
  const { t } = useTranslation('members');
  const sample = useNetwork().state.network.get(NETWORK_KEY)?.sample === true;
  return (
    <Stack>
      {sample ? <Alert color="yellow">{t(`${kind}.sample`)}</Alert> : <Text>{t(`${kind}.hint`)}</Text>}
      <CopyField label={t(`${kind}.label`)} value={link} isAnswer />
      <QrCode text={link} label={t(`${kind}.code`)} />
      <Text size="sm" c="dimmed">
        {t(`${kind}.secret`)}
      </Text>
    </Stack>
  );
}
