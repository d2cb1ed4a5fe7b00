import { Alert, Group, Stack, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { amount } from '../../../../shared/network/agreement/model';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import { partsOf } from '../../../../shared/network/distribution/parts';
import { distributionIn } from '../../../../shared/network/distribution/terms';
import { useNetwork } from '../../../app/network';
import { AmountField } from '../../agreement';
import { PartsTable } from '../distribution/parts-table';
import type { EffectDraft } from './effect-draft';
import { NamedSelect } from './named-select';

/** The sum, by shares in what, and who would get how much of it. */
export function DistributeFields({
  draft,
  onChange,
}: {
  readonly draft: EffectDraft;
  readonly onChange: (change: Partial<EffectDraft>) => void;
}) {
  const { t } = useTranslation('distribution');
  const { state } = useNetwork();
  const version = versionInForce(state);
  const terms = version && distributionIn(version)?.params;
  const held = useMemo(
    () => [...state.resources.values()].filter(({ status }) => status === 'held'),
    [state.resources],
  );
  // Why nobody can yet is said with the rule below.
  if (terms === undefined) return null;
  const byShares = terms.basis === 'shares';
  if (byShares && held.length === 0) return <Alert variant="light">{t('new.nothingHeld')}</Alert>;
  const isChosen = !byShares || held.some(({ id }) => id === draft.resource);
  const { unit } = draft;
  const sum = { amount: draft.amount, unit, ...(byShares ? { resource: draft.resource } : {}) };
  return (
    <Stack gap="md">
      <Group align="flex-start">
        {byShares && (
          <NamedSelect
            label={t('new.resource')}
            value={draft.resource}
            rows={held}
            onChange={(resource) => onChange({ resource })}
          />
        )}
        <AmountField
          label={t('new.amount')}
          value={draft.amount}
          unit={unit}
          onChange={(next) => onChange({ amount: next })}
        />
      </Group>
      {isChosen && amount(draft.amount) && (
        <section aria-live="polite">
          <Title order={2} size="h4" mb="xs">
            {t('new.preview')}
          </Title>
          <PartsTable parts={partsOf(state, sum, terms)} amount={draft.amount} unit={unit} basis={terms.basis} />
        </section>
      )}
    </Stack>
  );
}
