import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import { draftEntry } from '../../../shared/network/ledger/drafts';
import { paymentsOf } from '../../../shared/network/ledger/payments';
import { wouldBe } from '../../../shared/network/ledger/would-be';
import { hasRight } from '../../../shared/network/membership/queries';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useAct, useMe, useNetwork } from '../../app/network';
import { EmptyState, FormError, PageHeader, WithRight, useLocale } from '../../ui';
import { AllowanceField } from './allowance-field';
import { type EntryValues, type Faults, faultsOf, transactionOf, valuesFrom } from './entry-form';
import { Forecast } from './forecast';
import { HappeningChoice } from './happening-choice';
import { entryHref } from './links';
import { TransactionFields } from './transaction-fields';

export function NewEntryPage() {
  const { t } = useTranslation('ledger');
  const { state } = useNetwork();
  const me = useMe();
  if (me === null || !hasRight(state, me.member, 'post')) {
    return (
      <>
        <PageHeader title={t('form.title')} />
        <EmptyState
          icon={<IconLock size={28} stroke={1.5} />}
          title={t('form.notAllowed')}
          text={t('form.notAllowedText')}
          action={
            <>
              <Button component={Link} href="/ledger" variant="default">
                {t('back')}
              </Button>
              <WithRight right="post" what={t('form.title')} />
            </>
          }
        />
      </>
    );
  }
  return <EntryForm member={me.member} />;
}

function EntryForm({ member }: { readonly member: string }) {
  const { t } = useTranslation('ledger');
  const { state } = useNetwork();
  const locale = useLocale();
  const act = useAct();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [values, setValues] = useState<EntryValues>(() => valuesFrom(search, member));
  const [faults, setFaults] = useState<Faults>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const unit = state.network.get(NETWORK_KEY)?.unit ?? 'EUR';

  const draft = useMemo(() => {
    const transaction = transactionOf(values, unit, locale);
    return transaction === null ? null : draftEntry(transaction);
  }, [values, unit, locale]);
  const pays = draft !== null && paymentsOf(draft.postings).length > 0;
  const forecast = draft !== null && pays ? wouldBe(state, member, draft) : null;
  const breaks = forecast?.authorisation.status === 'breach';

  const change = (part: Partial<EntryValues>): void => {
    // Another happening or another member's money does not pay this pledge.
    const unpledged = part.what !== undefined || part.member !== undefined ? { pledge: '' } : {};
    setValues((before) => ({ ...before, ...part, ...unpledged }));
    const changed = Object.keys(part);
    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !changed.includes(field))));
  };
  const faultText = (field: keyof EntryValues): string | undefined =>
    faults[field] === undefined ? undefined : t(`form.faults.${faults[field]}`);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = faultsOf(values, unit, locale);
    setFaults(found);
    if (draft === null || Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      navigate(entryHref(await act('entry.post', { ...draft, date: values.date, memo: { text: values.memo.trim() } })));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader title={t('form.title')} subtitle={t('form.subtitle')} />
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack gap="lg" maw="var(--peerhold-measure)">
          <HappeningChoice value={values.what} onChange={(what) => change({ what, allowance: '' })} />
          <TransactionFields values={values} unit={unit} change={change} faultText={faultText} />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={t('form.date')}
              required
              value={values.date}
              error={faultText('date')}
              onChange={(event) => change({ date: event.currentTarget.value })}
            />
          </Group>
          <Textarea
            label={t('form.memo')}
            description={t(`form.memoHint.${values.what}`)}
            required
            autosize
            minRows={1}
            maxLength={2000}
            value={values.memo}
            error={faultText('memo')}
            onChange={(event) => change({ memo: event.currentTarget.value })}
          />
          {draft !== null && pays && (
            <AllowanceField draft={draft} value={values.allowance} onChange={(allowance) => change({ allowance })} />
          )}
          {draft !== null && forecast !== null && <Forecast draft={draft} forecast={forecast} />}
          <FormError error={error} />
          <Group>
            <Button type="submit" loading={busy} {...(breaks ? { color: 'orange' } : {})}>
              {t(breaks ? 'form.signBreach' : 'form.sign')}
            </Button>
            <Button component={Link} href="/ledger" variant="default">
              {t('form.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
