import { Alert, List, Stack, Text } from '@mantine/core';
import { IconCalendarQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { parametersInForce } from '../../../../shared/network/agreement/queries';
import type { Booking } from '../../../../shared/network/use/model';
import { lastDate, waitingBookings } from '../../../../shared/network/use/queries';
import { useAct, useNetwork } from '../../../app/network';
import { ConfirmButton, MemberName, StayDates, WhyButton, useLocale } from '../../../ui';
import { formatStay } from '../../../ui/dates';

interface Props {
  readonly resource: string;
  readonly me: string;
}

/** What of the person's own waits for somebody to give way, with whom, and what to do. */
export function ClashNotices({ resource, me }: Props) {
  const { state } = useNetwork();
  const waiting = waitingBookings(state, me).filter((booking) => booking.resource === resource);
  return waiting.map((booking) => <ClashNotice key={booking.id} booking={booking} />);
}

function ClashNotice({ booking }: { readonly booking: Booking }) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const act = useAct();
  const locale = useLocale();
  const counts = parametersInForce(state, 'use')?.counts ?? 'nights';
  const stay = formatStay(booking.from, lastDate(booking, counts), locale);
  const { clashes, over, why } = booking;
  const found = (ids: readonly string[]) => ids.flatMap((id) => state.bookings.get(id) ?? []);
  const events = [...new Set([booking.id, ...clashes, ...over])];
  return (
    <Alert
      color="orange"
      variant="light"
      title={t('clash.title', { stay })}
      icon={<IconCalendarQuestion size={18} aria-hidden />}
    >
      <Stack gap="xs" align="flex-start">
        {clashes.length > 0 && (
          <>
            <Text size="sm">{t('clash.same')}</Text>
            <Bookings title={t('clash.theirs')} bookings={found(clashes)} counts={counts} />
          </>
        )}
        {over.length > 0 && (
          <>
            <Text size="sm">{t('clash.over')}</Text>
            <Bookings title={t('clash.yours')} bookings={[booking, ...found(over)]} counts={counts} />
          </>
        )}
        <Text component="div" size="sm">
          <ConfirmButton
            size="compact-sm"
            aria-label={t('clash.label', { stay })}
            title={t('clash.confirmTitle')}
            text={t('clash.confirmText', { stay })}
            confirm={t('clash.button')}
            onConfirm={() => act('use.cancel', { booking: booking.id })}
          >
            {t('clash.button')}
          </ConfirmButton>{' '}
          <WhyButton why={{ ...why, events }} label={t('clash.title', { stay })} />
        </Text>
      </Stack>
    </Alert>
  );
}

interface BookingsProps {
  readonly title: string;
  readonly bookings: readonly Booking[];
  readonly counts: 'nights' | 'days';
}

function Bookings({ title, bookings, counts }: BookingsProps) {
  return (
    <div>
      <Text size="sm">{title}</Text>
      <List size="sm">
        {bookings.map((booking) => (
          <List.Item key={booking.id}>
            <MemberName id={booking.member} link />, <StayDates from={booking.from} last={lastDate(booking, counts)} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}
