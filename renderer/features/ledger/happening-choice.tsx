import { Group, Radio, Text } from '@mantine/core';
import {
  IconArrowsExchange,
  IconBuildingCommunity,
  IconCashBanknote,
  IconClock,
  IconCoins,
  IconGift,
  IconReceipt,
  IconReceiptRefund,
  IconWallet,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HAPPENINGS, type Happening } from './entry-form';
import classes from './ledger.module.css';

const ICONS: Readonly<Record<Happening, typeof IconCoins>> = {
  money: IconCoins,
  hours: IconClock,
  'in-kind': IconGift,
  expense: IconReceipt,
  'out-of-pocket': IconWallet,
  'pay-back': IconReceiptRefund,
  income: IconCashBanknote,
  transfer: IconArrowsExchange,
  purchase: IconBuildingCommunity,
};

interface Props {
  readonly value: Happening;
  readonly onChange: (what: Happening) => void;
}

/** "What happened?" in the words of people, not of bookkeepers. */
export function HappeningChoice({ value, onChange }: Props) {
  const { t } = useTranslation('ledger');
  return (
    <Radio.Group label={t('form.what')} value={value} onChange={(next) => onChange(next)}>
      <div className={classes['choices']}>
        {HAPPENINGS.map((what) => {
          const Icon = ICONS[what];
          return (
            <Radio.Card key={what} value={what} className={classes['choice'] ?? ''} aria-label={t(`happening.${what}`)}>
              <Group gap="xs" wrap="nowrap">
                <Icon size={20} stroke={1.5} aria-hidden />
                <Text size="sm">{t(`happening.${what}`)}</Text>
              </Group>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
