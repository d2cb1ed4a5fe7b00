import { Anchor, Group, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Month, type Rhythm, rhythmOf } from '../../../shared/network/decisions/rhythm';
import type { Why } from '../../../shared/network/why';
import { useNetwork } from '../../app/network';
import { useNetworkNow } from '../../app/network-now';
import { DetachedText, MemberName, PageHeader, WhyButton, useLocale } from '../../ui';
import classes from './decisions.module.css';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first moment of the month of a time, or of the one so many months before, in this machine's time zone. */
function monthOf(time: number, before: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth() - before).getTime();
}

/** How regularly the network governs itself, each figure down to the decisions that it comes from, and what waits for whom. */
export function RhythmPage() {
  const { t } = useTranslation('rhythm');
  const { state } = useNetwork();
  const now = useNetworkNow();
  const rhythm = useMemo(() => rhythmOf(state, now, monthOf), [state, now]);
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Anchor component={Link} href="/decisions">
            {t('back')}
          </Anchor>
        }
      />
      <Stack gap="xl">
        <Figures rhythm={rhythm} />
        <section aria-labelledby="months">
          <Title order={2} id="months" mb="xs">
            {t('months')}
          </Title>
          <Months months={rhythm.months} />
        </section>
        <section aria-labelledby="waiting">
          <Title order={2} id="waiting" mb="xs">
            {t('waiting')}
          </Title>
          <WaitingFor waiting={rhythm.waiting} />
        </section>
      </Stack>
    </>
  );
}

function Figures({ rhythm }: { readonly rhythm: Rhythm }) {
  const { t } = useTranslation('rhythm');
  const locale = useLocale();
  const { decisions, active, months, duration, turnout } = rhythm;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <dl className={classes['figures']}>
      <Figure
        label={t('decisions')}
        why={{ events: months.flatMap(({ why }) => why.events) }}
        hint={t('active', { active, count: months.length })}
      >
        {decisions}
      </Figure>
      <Figure label={t('duration')} why={duration?.why} hint={t('durationHint')}>
        {duration === undefined ? t('none') : durationText(duration.time, locale)}
      </Figure>
      <Figure
        label={t('turnout')}
        why={turnout?.why}
        hint={turnout === undefined ? '' : t('turnoutHint', { cast: turnout.cast, count: turnout.entitled })}
      >
        {turnout === undefined || turnout.entitled === 0 ? t('none') : percent.format(turnout.cast / turnout.entitled)}
      </Figure>
    </dl>
  );
}

/** Days, or hours of what took less than one. */
function durationText(time: number, locale: string): string {
  const [amount, unit] = time < DAY ? [Math.round(time / HOUR), 'hour'] : [Math.round(time / DAY), 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

function Figure(props: {
  readonly label: string;
  readonly why: Why | undefined;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  const { label, why, hint, children } = props;
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <dd className={classes['figure']}>
        <Group gap={4}>
          <Text span fz="xl" fw={600}>
            {children}
          </Text>
          {why !== undefined && why.events.length > 0 && <WhyButton why={why} label={label} />}
        </Group>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </dd>
    </div>
  );
}

function Months({ months }: { readonly months: readonly Month[] }) {
  const { t } = useTranslation('rhythm');
  const locale = useLocale();
  const most = Math.max(1, ...months.map(({ adopted, rejected }) => adopted + rejected));
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
  return (
    <Table.ScrollContainer minWidth={420} type="native">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('month')}</Table.Th>
            <Table.Th scope="col">{t('adopted')}</Table.Th>
            <Table.Th scope="col">{t('rejected')}</Table.Th>
            <Table.Th scope="col" w="40%">
              {t('share')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.toReversed().map(({ start, adopted, rejected, why }) => (
            <Table.Tr key={start}>
              <Table.Th scope="row" fw={500}>
                <Group gap={4} wrap="nowrap">
                  {format.format(start)}
                  {why.events.length > 0 && <WhyButton why={why} label={format.format(start)} />}
                </Group>
              </Table.Th>
              <Table.Td>{adopted}</Table.Td>
              <Table.Td>{rejected}</Table.Td>
              <Table.Td>
                <Progress.Root size="lg" aria-hidden>
                  <Progress.Section value={(adopted / most) * 100} color="green" />
                  <Progress.Section value={(rejected / most) * 100} color="orange" />
                </Progress.Root>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function WaitingFor({ waiting }: Pick<Rhythm, 'waiting'>) {
  const { t } = useTranslation('rhythm');
  const { state } = useNetwork();
  if (waiting.length === 0) return <Text c="dimmed">{t('nothingWaits')}</Text>;
  return (
    <ul className={classes['rows']}>
      {waiting.map(({ member, proposals }) => (
        <li key={member} className={classes['row']}>
          <div className={classes['words']}>
            <Text fw={600} component="div">
              <MemberName id={member} link />
            </Text>
            {proposals.map((id) => (
              <div key={id}>
                <Anchor component={Link} href={`/decisions/${id}`} size="sm" display="inline-block" py={4}>
                  <DetachedText of={state.proposals.get(id)?.title} />
                </Anchor>
              </div>
            ))}
          </div>
          <Text size="sm" c="dimmed">
            {t('ballots', { count: proposals.length })}
          </Text>
        </li>
      ))}
    </ul>
  );
}
