import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { parametersInForce } from '../../../../shared/network/agreement/queries';
import { foreseeUse, quotaOf } from '../../../../shared/network/use/queries';
import { type Terms, termsFor } from '../../../../shared/network/use/terms';
import { useNetwork } from '../../../app/network';
import { ClauseLink, WhyButton, WhyNot } from '../../../ui';
import { today } from '../../../ui/dates';
import { BookingForm } from './booking-form';
import { BookingList } from './booking-list';
import { ClashNotices } from './clash-notices';

interface Props {
  readonly resource: string;
  readonly me: string | undefined;
}

/** Who has a held resource when, what the agreement allows the person here, and booking it. */
export function UseSection({ resource, me }: Props) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const counts = parametersInForce(state, 'use')?.counts;
  return (
    <section aria-labelledby="use">
      <Title order={2} id="use">
        {t('title')}
      </Title>
      <Text c="dimmed" size="sm" mb="md" maw="var(--peerhold-measure)">
        {t(counts === 'days' ? 'introDays' : 'intro')}
      </Text>
      <Stack gap="lg" maw="48rem">
        {me !== undefined && <ClashNotices resource={resource} me={me} />}
        {counts === undefined ? <NotAgreed /> : me !== undefined && <Mine resource={resource} me={me} />}
        <BookingList resource={resource} me={me} counts={counts ?? 'nights'} />
      </Stack>
    </section>
  );
}

function NotAgreed() {
  const { t } = useTranslation('use');
  return (
    <Text maw="var(--peerhold-measure)">
      {t('notAgreed')}{' '}
      <Anchor component={Link} href="/agreement?view=draft" inherit underline="always">
        {t('toAgreement')}
      </Anchor>
    </Text>
  );
}

function Mine({ resource, me }: { readonly resource: string; readonly me: string }) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const foreseen = foreseeUse(state, { member: me, resource });
  const terms = termsFor(state, me);
  if (foreseen !== undefined || terms === undefined)
    return <Group>{foreseen !== undefined && <WhyNot foreseen={foreseen} what={t('form.any')} />}</Group>;
  return (
    <>
      <Allowed terms={terms} resource={resource} me={me} />
      <BookingForm key={resource} resource={resource} me={me} terms={terms} />
    </>
  );
}

/** What the agreement allows, and what is left of it in this year and the next. */
function Allowed({ terms, resource, me }: { readonly terms: Terms; readonly resource: string; readonly me: string }) {
  const { t } = useTranslation('use');
  const { state } = useNetwork();
  const { counts, shortest, longest, per } = terms.params;
  const thisYear = today().slice(0, 4);
  const years = [thisYear, String(Number(thisYear) + 1)];
  return (
    <div>
      <Text>{t(`allowed.${counts}`, { shortest, longest })}</Text>
      {terms.most === undefined ? (
        <Text>{t('free')}</Text>
      ) : (
        years.map((year) => {
          const { most = 0, had, bookings } = quotaOf(state, terms, { member: me, resource }, year);
          return (
            <Text key={year} component="div">
              {t(`left.${counts}`, { year, most, count: Math.max(0, most - had) })} {per === 'all' && t('all')}{' '}
              <WhyButton why={{ events: bookings, clause: terms.clause }} label={t('quotaOf', { year })} />
            </Text>
          );
        })
      )}
      <ClauseLink clause={terms.clause} />
    </div>
  );
}
