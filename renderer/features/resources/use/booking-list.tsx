import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysBetween } from '../../../../shared/network/use/days';
import type { Booking } from '../../../../shared/network/use/model';
import { bookingsFor, foreseeCancelling, lastDate } from '../../../../shared/network/use/queries';
import { useAct, useNetwork } from '../../../app/network';
import { ConfirmButton, Finality, MemberName, StayDates, WhyButton, WhyNot, useLocale } from '../../../ui';
import { formatMonth, formatStay, today } from '../../../ui/dates';
import classes from '../resources.module.css';
import own from './use.module.css';

interface Props {
  readonly resource: string;
  readonly me: string | undefined;
  readonly counts: 'nights' | 'days';
}

/** Who has it when, month by month, from today on; what was before, when asked for. */
export function BookingList({ resource, me, counts }: Props) {
  const { t } = useTranslation('use');
  const { bookings } = useNetwork().state;
  const [earlier, setEarlier] = useState(false);
  const all = useMemo(() => bookingsFor({ bookings }, resource), [bookings, resource]);
  const now = today();
  const past = all.filter(({ until }) => until <= now);
  const shown = earlier ? all : all.filter(({ until }) => until > now);
  return (
    <section aria-labelledby="bookings">
      <Title order={3} id="bookings" mb="xs">
        {t('list.title')}
      </Title>
      {shown.length === 0 && <Text c="dimmed">{t(all.length === 0 ? 'list.none' : 'list.noneAhead')}</Text>}
      {monthsOf(shown).map(([month, inMonth]) => (
        <Month key={month} month={month} bookings={inMonth} me={me} counts={counts} />
      ))}
      {past.length > 0 && (
        <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => setEarlier(!earlier)}>
          {earlier ? t('list.hide') : t('list.earlier', { count: past.length })}
        </Button>
      )}
    </section>
  );
}

/** By the month in which they begin. */
function monthsOf(bookings: readonly Booking[]): [string, Booking[]][] {
  const months = new Map<string, Booking[]>();
  for (const booking of bookings) {
    const month = `${booking.from.slice(0, 7)}-01`;
    months.set(month, [...(months.get(month) ?? []), booking]);
  }
  return [...months];
}

function Month({
  month,
  bookings,
  me,
  counts,
}: Omit<Props, 'resource'> & { readonly month: string; readonly bookings: readonly Booking[] }) {
  const locale = useLocale();
  return (
    <>
      <Title order={4} mt="md" mb={4}>
        {formatMonth(month, locale)}
      </Title>
      <ul className={classes['list']}>
        {bookings.map((booking) => (
          <li key={booking.id} className={classes['item']}>
            <Row booking={booking} me={me} counts={counts} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ booking, me, counts }: Omit<Props, 'resource'> & { readonly booking: Booking }) {
  const { t } = useTranslation('use');
  const { from, until, member, status, why } = booking;
  return (
    <Group justify="space-between" gap="xs">
      <div className={own['what']}>
        <Text fw={600}>
          <StayDates from={from} last={lastDate(booking, counts)} />
        </Text>
        <Text size="sm">
          <MemberName id={member} link /> · {t(`length.${counts}`, { count: daysBetween(from, until) })}
        </Text>
      </div>
      <Group gap={4}>
        {status === 'waiting' && <Badge color="orange">{t('list.waiting')}</Badge>}
        <Finality why={why} />
        <WhyButton why={why} label={t('list.one')} />
        {member === me && <TakeBack booking={booking} counts={counts} />}
      </Group>
    </Group>
  );
}

function TakeBack({ booking, counts }: Pick<Props, 'counts'> & { readonly booking: Booking }) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const stay = formatStay(booking.from, lastDate(booking, counts), locale);
  const foreseen = foreseeCancelling(state, booking);
  if (foreseen !== undefined) return <WhyNot foreseen={foreseen} what={t('cancel.what', { stay })} />;
  return (
    <ConfirmButton
      size="compact-sm"
      aria-label={t('cancel.label', { stay })}
      title={t('cancel.title', { stay })}
      text={t('cancel.text')}
      confirm={t('cancel.button')}
      onConfirm={() => act('use.cancel', { booking: booking.id })}
    >
      {t('cancel.button')}
    </ConfirmButton>
  );
}
