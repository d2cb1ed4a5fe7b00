import { Alert, Stack, Text } from '@mantine/core';
import { encodeQR } from 'qr';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { CopyField } from '../../ui';
import classes from './members.module.css';

/** Modules of white that a code needs around it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

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
      <CopyField label={t(`${kind}.label`)} value={link} />
      <QrCode text={link} label={t(`${kind}.code`)} />
      <Text size="sm" c="dimmed">
        {t(`${kind}.secret`)}
      </Text>
    </Stack>
  );
}

function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className={classes['code']}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** The dark modules as one path, a rectangle for each run in a row. */
function qrPath(text: string): { readonly path: string; readonly size: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET_ZONE });
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`;
    }
  });
  return { path, size: rows.length };
}
