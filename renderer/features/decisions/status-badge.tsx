import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHourglass, IconReplace, IconX } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalStatus } from '../../../shared/network/decisions/model';

const LOOK: Readonly<Record<ProposalStatus, { color: string; icon: ComponentType<{ size?: number }> }>> = {
  open: { color: 'blue', icon: IconHourglass },
  adopted: { color: 'green', icon: IconCheck },
  rejected: { color: 'red', icon: IconX },
  withdrawn: { color: 'gray', icon: IconArrowBackUp },
  clashing: { color: 'orange', icon: IconAlertTriangle },
  superseded: { color: 'gray', icon: IconReplace },
};

/** Where a proposal stands, told by word and sign, not by colour alone. */
export function StatusBadge({ status }: { readonly status: ProposalStatus }) {
  const { t } = useTranslation('decisions');
  const { color, icon: Icon } = LOOK[status];
  return (
    <Badge color={color} leftSection={<Icon size={12} aria-hidden />}>
      {t(`status.${status}`)}
    </Badge>
  );
}
