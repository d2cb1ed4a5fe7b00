import { Text, type TextProps } from '@mantine/core';
import { useLocale } from './locale';
import { formatMoney } from '../../shared/words/money';

interface Props extends TextProps {
  /** Integer minor units. */
  readonly amount: number;
  /** Currency code, or `hour`. */
  readonly unit: string;
}

/** A figure, with digits of one width so that columns line up. */
export function Money({ amount, unit, ...style }: Props) {
  const locale = useLocale();
  return (
    <Text span inherit style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }} {...style}>
      {formatMoney(amount, unit, locale)}
    </Text>
  );
}
