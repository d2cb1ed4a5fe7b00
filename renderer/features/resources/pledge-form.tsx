import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../../shared/network/resources/model';
import { pledgeTotals } from '../../../shared/network/resources/queries';
import { useAct, useNetwork } from '../../app/network';
import { FormError, useLocale } from '../../ui';
import { amountOf } from './amount';

/** A pledge can hang on what all pledge together, and on a condition in words. */
export function PledgeForm({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const { unit } = resource;
  const [typed, setTyped] = useState('');
  const [least, setLeast] = useState('');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const amount = amountOf(typed, unit, locale);
  // Once the price is reached, the next thing to do is to propose.
  const enough = pledgeTotals(state, resource).missing === 0;
  const together = least.trim() === '' ? 0 : amountOf(least, unit, locale);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (amount === null || together === null) return;
    setBusy(true);
    setError(undefined);
    try {
      const condition = words.trim() === '' ? {} : { condition: { text: words.trim() } };
      await act('pledge.make', { resource: resource.id, amount, unit, together, ...condition });
      setTyped('');
      setLeast('');
      setWords('');
      setTried(false);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const figure = {
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    rightSection: unit,
    rightSectionWidth: 56,
    rightSectionPointerEvents: 'none' as const,
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-labelledby="pledge-form">
      <Stack gap="md" maw="var(--peerhold-measure)">
        <Title order={3} id="pledge-form">
          {t('pledge.title')}
        </Title>
        <Group grow align="flex-start">
          <TextInput
            {...figure}
            label={t('pledge.amount')}
            description={t('pledge.amountHint')}
            required
            value={typed}
            error={tried && amount === null && t('form.amountFault')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <TextInput
            {...figure}
            label={t('pledge.together')}
            description={t('pledge.togetherHint')}
            value={least}
            error={tried && together === null && t('form.amountFault')}
            onChange={(event) => setLeast(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={t('pledge.condition')}
          description={t('pledge.conditionHint')}
          autosize
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <FormError error={error} />
        <Group>
          <Button type="submit" loading={busy} variant={enough ? 'light' : 'filled'}>
            {t('pledge.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
