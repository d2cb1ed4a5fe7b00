import { PasswordInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';

interface Props<T extends { readonly passphrase: string; readonly again: string }> {
  readonly form: UseFormReturnType<T>;
  /** How long it is to be, and what becomes of it. */
  readonly hint: string;
}

/** A passphrase that a file is to be locked by, twice: nobody could open what a slip has locked. */
export function NewPassphrase<T extends { readonly passphrase: string; readonly again: string }>({
  form,
  hint,
}: Props<T>) {
  const { t } = useTranslation('bundles');
  const secret = {
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': t('show') },
  };
  return (
    <>
      <PasswordInput label={t('passphrase')} description={hint} {...secret} {...form.getInputProps('passphrase')} />
      <PasswordInput label={t('export.again')} {...secret} {...form.getInputProps('again')} />
    </>
  );
}
