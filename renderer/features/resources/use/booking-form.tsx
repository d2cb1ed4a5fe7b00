import { Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day, daysBetween, yearsOf, datesIn } from '../../../../shared/network/use/days';
import { foreseeBooking, lastDate, quotaOf, stayOf } from '../../../../shared/network/use/queries';
import type { Terms, Wish } from '../../../../shared/network/use/terms';
import { useAct, useNetwork } from '../../../app/network';
import { FormError, MemberName, StayDates, WhyNot, useLocale } from '../../../ui';
import { formatStay, today } from '../../../ui/dates';

interface Props {
  readonly resource: string;
  readonly me: string;
  readonly terms: Terms;
}

/** Dates to book, and at once what the agreement says to them. */
export function BookingForm({ resource, me, terms }: Props) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const { counts } = terms.params;
  const [from, setFrom] = useState('');
  const [last, setLast] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState<string>();
  const wish: Wish | undefined =
    day(from) && day(last) ? { member: me, resource, ...stayOf(from, last, counts) } : undefined;
  const foreseen = wish && foreseeBooking(state, wish);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (wish === undefined || foreseen !== undefined) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await act('use.book', { resource, from: wish.from, until: wish.until });
      setDone(formatStay(from, last, locale));
      setFrom('');
      setLast('');
      setTried(false);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const field = (value: string, set: (value: string) => void, name: 'from' | 'last') => (
    <TextInput
      type="date"
      label={t(`form.${name}.${counts}`)}
      required
      value={value}
      error={tried && !day(value) && t('form.needed')}
      onChange={(event) => {
        set(event.currentTarget.value);
        setDone(undefined);
      }}
    />
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-labelledby="book">
      <Stack gap="sm">
        <Title order={3} id="book">
          {t('form.title')}
        </Title>
        <Group align="flex-start">
          {field(from, setFrom, 'from')}
          {field(last, setLast, 'last')}
        </Group>
        <div role="status">
          {wish !== undefined && <Said wish={wish} code={foreseen?.code} events={foreseen?.events} terms={terms} />}
          {done !== undefined && <Text size="sm">{t('form.done', { stay: done })}</Text>}
        </div>
        <FormError error={error} />
        <Group>
          {foreseen === undefined ? (
            <Button type="submit" loading={busy}>
              {t('form.submit')}
            </Button>
          ) : (
            <WhyNot foreseen={foreseen} what={t('form.what')} />
          )}
        </Group>
      </Stack>
    </form>
  );
}

interface SaidProps {
  readonly wish: Wish;
  readonly code: string | undefined;
  readonly events: readonly string[] | undefined;
  readonly terms: Terms;
}

function Said({ wish, code, events = [], terms }: SaidProps) {
  const { t } = useTranslation(['use', 'effects']);
  const { state } = useNetwork();
  const { counts } = terms.params;
  if (code === 'already-booked')
    return (
      <>
        <Text size="sm">{t('form.taken')}</Text>
        <List size="sm">
          {events.flatMap((id) => {
            const booking = state.bookings.get(id);
            return booking === undefined ? (
              []
            ) : (
              <List.Item key={id}>
                <MemberName id={booking.member} />, <StayDates from={booking.from} last={lastDate(booking, counts)} />
              </List.Item>
            );
          })}
        </List>
      </>
    );
  if (code !== undefined) return <Text size="sm">{t(code, { ns: 'effects' })}</Text>;
  const length = t(`length.${counts}`, { count: daysBetween(wish.from, wish.until) });
  return (
    <Text size="sm">
      {t('form.fits', { length })}{' '}
      {yearsOf(wish).map((year) => {
        const { most, had } = quotaOf(state, terms, wish, year);
        return most !== undefined && `${t(`form.after.${counts}`, { year, count: most - had - datesIn(wish, year) })} `;
      })}
      {wish.from < today() && t('form.past')}
    </Text>
  );
}
