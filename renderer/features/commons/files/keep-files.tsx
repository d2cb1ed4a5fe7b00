import { Button, Group, Progress, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeerholdError } from '../../../../shared/errors';
import type { Amount } from '../../../../shared/files/amount';
import type { KeptChoice } from '../../../app/kept';
import { FormError, formatBytes, useLocale } from '../../../ui';

interface Props {
  /** Of which document all files are meant; null: of all. */
  readonly doc: string | null;
  readonly label: string;
  readonly choice: KeptChoice;
  readonly amount: Amount;
}

/** The choice to keep all of some files on this device, how much of them is here, and how far the rest is. */
export function KeepFiles({ doc, label, choice: { kept, choose }, amount }: Props) {
  const { t } = useTranslation('commons');
  const locale = useLocale();
  /** What was chosen, until it is done. */
  const [asked, setAsked] = useState<boolean>();
  const [error, setError] = useState<unknown>();
  const isByAll = doc !== null && kept?.all === true;
  const isKept = isByAll || (doc === null ? kept?.all === true : kept?.docs.includes(doc) === true);
  const bytes = (count: number): string => formatBytes(count, locale);
  const change = async (keep: boolean): Promise<void> => {
    setAsked(keep);
    setError(undefined);
    try {
      await choose(doc, keep);
    } catch (failure) {
      setError(failure);
    } finally {
      setAsked(undefined);
    }
  };
  const { files, whole, here, fetching, unreached, problem } = amount;
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        description={isByAll ? t('files.keptByAll') : t('files.keepHint')}
        checked={asked ?? isKept}
        disabled={kept === undefined || isByAll}
        onChange={({ currentTarget }) => void change(currentTarget.checked)}
      />
      {files > 0 && (
        <Text size="sm" c="dimmed">
          {t('files.amount', { count: files, whole, here: bytes(here), bytes: bytes(amount.bytes) })}
          {unreached > 0 && ` ${t('files.unreached', { count: unreached })}`}
        </Text>
      )}
      {fetching > 0 && (
        <Progress
          size="sm"
          value={amount.bytes === 0 ? 0 : Math.min(100, (100 * here) / amount.bytes)}
          aria-label={t('files.keeping', { count: fetching })}
        />
      )}
      <FormError error={error ?? (problem === null || !isKept ? undefined : new PeerholdError(problem))} />
      {problem !== null && isKept && (
        <Group>
          <Button size="xs" variant="default" onClick={() => void change(true)}>
            {t('files.keepAgain')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
