import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { usualRule } from '../../../shared/network/decisions/queries';
import type { Resource } from '../../../shared/network/resources/model';
import { pledgeTotals } from '../../../shared/network/resources/queries';
import { useAct, useNetwork, useText } from '../../app/network';
import { ClauseLink, FormError, formatAmount, formatMoney, useLocale } from '../../ui';
import { amountOf } from './amount';

const DAY = 86_400_000;

/** Opens the proposal that lets the network buy a candidate; once it is adopted the pledges fall due. */
export function ProposeToBuy({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const [opened, setOpened] = useState(false);
  const enough = pledgeTotals(state, resource).missing === 0;
  return (
    <>
      <Button variant={enough ? 'filled' : 'default'} onClick={() => setOpened(true)} aria-haspopup="dialog">
        {t('propose.button')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('propose.title')}
        closeButtonProps={{ 'aria-label': t('form.cancel') }}
        size="lg"
      >
        <ProposalForm resource={resource} onCancel={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function ProposalForm({ resource, onCancel }: { readonly resource: Resource; readonly onCancel: () => void }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const [, navigate] = useLocation();
  const name = useText(resource.name) ?? '';
  const { unit } = resource;
  const { total, missing } = pledgeTotals(state, resource);
  const ground = usualRule(state, 'buy');
  const [title, setTitle] = useState(() => t('propose.defaultTitle', { name }));
  const [text, setText] = useState('');
  const [price, setPrice] = useState(() => formatAmount(resource.amount, unit, locale));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const amount = amountOf(price, unit, locale);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (title.trim() === '' || amount === null) return;
    setBusy(true);
    setError(undefined);
    try {
      const id = await act('proposal.open', {
        title: { text: title.trim() },
        text: { text: text.trim() },
        effect: { kind: 'buy', resource: resource.id, amount, unit },
        deadline: Date.now() + (ground?.rule.days ?? 0) * DAY,
      });
      navigate(`/decisions/${id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text>
          {missing === 0
            ? t('propose.pledged', { total: formatMoney(total, unit, locale) })
            : t('propose.missing', {
                total: formatMoney(total, unit, locale),
                missing: formatMoney(missing, unit, locale),
              })}
        </Text>
        <TextInput
          label={t('propose.name')}
          required
          maxLength={200}
          value={title}
          error={tried && title.trim() === '' && t('form.needed')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t('propose.amount')}
          description={t('propose.amountHint')}
          required
          inputMode="decimal"
          autoComplete="off"
          rightSection={unit}
          rightSectionWidth={56}
          rightSectionPointerEvents="none"
          value={price}
          error={tried && amount === null && t('form.amountFault')}
          onChange={(event) => setPrice(event.currentTarget.value)}
        />
        <Textarea
          label={t('propose.text')}
          autosize
          minRows={3}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {ground !== undefined && (
          <div>
            <Text>{t('propose.rule', { rule: ground.rule.label })}</Text>
            <ClauseLink clause={ground.clause} />
          </div>
        )}
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('propose.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
