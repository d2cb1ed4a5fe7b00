import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextRef } from '../../../../shared/record/text';
import { useTexts } from '../../../app/network';

/** A choice among things whose names are detached texts. */
export function NamedSelect(props: {
  label: string;
  value: string;
  rows: readonly { readonly id: string; readonly name: TextRef }[];
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation('decisions');
  const { rows } = props;
  const names = useTexts(useMemo(() => rows.map((row) => row.name), [rows]));
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      maw={440}
      data={[
        { value: '', label: t('new.choose') },
        ...rows.map((row, index) => ({ value: row.id, label: names[index] ?? row.id.slice(0, 8) })),
      ]}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
