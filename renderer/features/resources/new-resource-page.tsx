import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { hasRight } from '../../../shared/network/membership/queries';
import { RESOURCE_KINDS } from '../../../shared/network/resources/model';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useAct, useMe, useNetwork } from '../../app/network';
import { EmptyState, FormError, PageHeader, WithRight, useLocale } from '../../ui';
import { amountOf } from './amount';
import { BackLink } from './back-link';

/** Puts a candidate before the members. */
export function NewResourcePage() {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const me = useMe();
  const allowed = me !== null && hasRight(state, me.member, 'propose');
  return (
    <>
      <BackLink />
      <PageHeader title={t('form.title')} subtitle={t('form.subtitle')} />
      {allowed ? (
        <ResourceForm />
      ) : (
        <EmptyState
          title={t('form.notAllowed')}
          text={t('form.notAllowedText')}
          action={<WithRight right="propose" what={t('form.title')} />}
        />
      )}
    </>
  );
}

function ResourceForm() {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const [, navigate] = useLocation();
  const unit = state.network.get(NETWORK_KEY)?.unit ?? 'EUR';
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const [kind, setKind] = useState<(typeof RESOURCE_KINDS)[number]>('house');
  const [price, setPrice] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const amount = amountOf(price, unit, locale);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (name.trim() === '' || amount === null) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const id = await act('resource.seek', {
        name: { text: name.trim() },
        about: { text: about.trim() },
        kind,
        amount,
        unit,
      });
      navigate(`/resources/${id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw="var(--peerhold-measure)">
        <TextInput
          label={t('form.name')}
          required
          maxLength={120}
          value={name}
          error={tried && name.trim() === '' && t('form.needed')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group grow align="flex-start">
          <NativeSelect
            label={t('form.kind')}
            data={RESOURCE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind}
            onChange={(event) =>
              setKind(RESOURCE_KINDS.find((value) => value === event.currentTarget.value) ?? 'other')
            }
          />
          <TextInput
            label={t('form.price')}
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
        </Group>
        <Textarea
          label={t('form.about')}
          description={t('form.aboutHint')}
          autosize
          minRows={4}
          maxLength={20_000}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        <FormError error={error} />
        <Group>
          <Button type="submit" loading={busy}>
            {t('form.submit')}
          </Button>
          <Button component={Link} href="/resources" variant="default">
            {t('form.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
