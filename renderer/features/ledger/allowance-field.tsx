import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryDraft } from '../../../shared/network/ledger/drafts';
import { openAllowances } from '../../../shared/network/ledger/queries';
import { useNetwork, useTexts } from '../../app/network';
import { formatMoney, useLocale } from '../../ui';

interface Props {
  readonly draft: EntryDraft;
  readonly value: string;
  readonly onChange: (allowance: string) => void;
}

/** Which decision covers a payment: those with something left, in its unit and for its resource. */
export function AllowanceField({ draft, value, onChange }: Props) {
  const { t } = useTranslation('ledger');
  const locale = useLocale();
  const { allowances, proposals } = useNetwork().state;
  const unit = draft.postings[0]?.unit;
  const open = useMemo(
    () =>
      openAllowances(allowances).filter(
        ({ allowance }) =>
          allowance.unit === unit && (allowance.resource === undefined || allowance.resource === draft.resource),
      ),
    [allowances, unit, draft.resource],
  );
  const refs = useMemo(
    () => open.flatMap(({ allowance }) => proposals.get(allowance.id)?.title ?? []),
    [open, proposals],
  );
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
        ...open.map(({ allowance, remaining }) => ({
          value: allowance.id,
          label: t('form.allowanceOption', {
            title: titleOf(allowance.id),
            left: formatMoney(remaining, allowance.unit, locale),
          }),
        })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
