import { Badge, Group, Text } from '@mantine/core';
import { IconClockPause, IconFlask, IconMessages, IconRosetteDiscountCheck, IconScale } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certainty, CertaintyLevel, CertaintyReason } from '../../../shared/network/certainty/model';
import { WhyButton } from '../why-button';

const LOOK: Readonly<Record<CertaintyLevel, { color: string; icon: ComponentType<{ size?: number }> }>> = {
  review: { color: 'blue', icon: IconScale },
  contested: { color: 'orange', icon: IconMessages },
  untested: { color: 'gray', icon: IconFlask },
  stale: { color: 'yellow', icon: IconClockPause },
  adopted: { color: 'green', icon: IconRosetteDiscountCheck },
};

/** How certain members are of something, told by word and sign, not by colour alone. */
export function CertaintyBadge({ level }: { readonly level: CertaintyLevel }) {
  const { t } = useTranslation('certainty');
  const { color, icon: Icon } = LOOK[level];
  return (
    <Badge color={color} variant="light" miw="max-content" leftSection={<Icon size={12} aria-hidden />}>
      {t(`level.${level}`)}
    </Badge>
  );
}

interface Props {
  readonly certainty: Certainty;
  /** What it is the certainty of. */
  readonly of: string;
  /** Every reason, and not only that of the level. */
  readonly all?: boolean;
}

/** The badge with its reason, each reason down to the events behind it. */
export function CertaintyView({ certainty, of, all = false }: Props) {
  const shown = all ? certainty.reasons : certainty.reasons.slice(0, 1);
  return (
    <Group gap="xs" component="div">
      <CertaintyBadge level={certainty.level} />
      {shown.map((reason) => (
        <Reason key={reason.code} reason={reason} of={of} />
      ))}
    </Group>
  );
}

function Reason({ reason, of }: { readonly reason: CertaintyReason; readonly of: string }) {
  const { t } = useTranslation('certainty');
  const { code, count, why } = reason;
  return (
    <Group gap={4} component="span" wrap="nowrap">
      <Text span size="sm" c="dimmed">
        {t(`reason.${code}`, { count })}
      </Text>
      {why.events.length > 0 && <WhyButton why={why} label={`${of}: ${t(`reason.${code}`, { count })}`} />}
    </Group>
  );
}
