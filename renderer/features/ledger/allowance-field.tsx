import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryDraft } from '../../../shared/network/ledger/drafts';
import { decisionOf, drawnOn, paymentsOf } from '../../../shared/network/ledger/payments';
import { openAllowances } from '../../../shared/network/ledger/queries';
import { useNetwork, useTexts } from '../../app/network';
import { formatMoney, useLocale } from '../../ui';

interface Props {
  readonly draft: EntryDraft;
  readonly value: string;
  readonly onChange: (allowance: string) => void;
}

/** Which decision covers a payment: those with something left on which it can draw. */
export function AllowanceField({ draft, value, onChange }: Props) {
  const { t } = useTranslation('ledger');
  const locale = useLocale();
  const { allowances, proposals } = useNetwork().state;
  const open = useMemo(() => {
    const payments = paymentsOf(draft.postings);
    const from = (decision: string) => drawnOn({ ...draft, allowance: decision }, payments, (id) => allowances.get(id));
    return openAllowances(allowances).flatMap(({ allowance, remaining }) => {
      const decision = decisionOf(allowance.id);
      return from(decision) === allowance ? [{ allowance, decision, remaining }] : [];
    });
  }, [allowances, draft]);
  const refs = useMemo(() => open.flatMap(({ decision }) => proposals.get(decision)?.title ?? []), [open, proposals]);
  const titles = useTexts(refs);
  const titleOf = (id: string): string => {
    const ref = proposals.get(id)?.title;
    return (ref === undefined ? null : titles[refs.indexOf(ref)]) ?? t('allowances.nameless');
  };
  return (
    <NativeSelect
      label={t('form.allowance')}
      description={t('form.allowanceHint')}
      data={[
        { value: '', label: t('form.noAllowance') },
        ...open.map(({ allowance, decision, remaining }) => ({
          value: decision,
          label: t('form.allowanceOption', {
            title: titleOf(decision),
            left: formatMoney(remaining, allowance.unit, locale),
          }),
        })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
