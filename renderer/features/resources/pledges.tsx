import { Badge, Button, Group, Progress, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Pledge, Resource } from '../../../shared/network/resources/model';
import { pledgeTotals, pledgesFor } from '../../../shared/network/resources/queries';
import { useAct, useNetwork, useText } from '../../app/network';
import {
  ConfirmButton,
  DetachedText,
  MemberName,
  Money,
  WhyButton,
  WithRight,
  formatAmount,
  formatMoney,
  useLocale,
} from '../../ui';
import { PledgeForm } from './pledge-form';
import classes from './resources.module.css';

const COLORS = { stands: 'blue', due: 'orange', paid: 'teal', lapsed: 'gray', withdrawn: 'gray' } as const;

interface Props {
  readonly resource: Resource;
  readonly me: string | undefined;
}

/** Who would give how much and on what condition, against the price. */
export function Pledges({ resource, me }: Props) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const pledges = useMemo(() => pledgesFor(state.pledges, resource.id), [state.pledges, resource.id]);
  const open = resource.status === 'sought' || resource.status === 'deciding';
  if (pledges.length === 0 && !open) return null;
  return (
    <section aria-labelledby="pledges">
      <Title order={2} id="pledges">
        {t('pledges.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="md" maw="var(--peerhold-measure)">
        {t(open ? 'pledges.text' : 'pledges.settled')}
      </Text>
      <Stack gap="lg" maw="48rem">
        <Totals resource={resource} why={pledges} />
        {pledges.length > 0 && <PledgeTable pledges={pledges} resource={resource} me={me} />}
        {open && me !== undefined && <PledgeForm resource={resource} />}
      </Stack>
    </section>
  );
}

function Totals({ resource, why }: { readonly resource: Resource; readonly why: readonly Pledge[] }) {
  const { t } = useTranslation('resources');
  const { state } = useNetwork();
  const locale = useLocale();
  const { total, binding, missing, percent } = useMemo(() => pledgeTotals(state, resource), [state, resource]);
  const money = (amount: number): string => formatMoney(amount, resource.unit, locale);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text>
          {t('pledges.total', { total: money(total), price: money(resource.amount), percent })}{' '}
          <WhyButton why={{ events: why.flatMap((pledge) => pledge.why.events) }} label={t('pledged')} />
        </Text>
        <Text c="dimmed">
          {missing === 0 ? t('pledges.reached') : t('pledges.missing', { missing: money(missing) })}
        </Text>
      </Group>
      <Progress value={percent} aria-label={t('pledged')} mt={4} />
      {binding < total && (
        <Text size="sm" mt="xs">
          {t('pledges.binding', { binding: money(binding) })}
        </Text>
      )}
    </div>
  );
}

function PledgeTable({ pledges, resource, me }: Props & { readonly pledges: readonly Pledge[] }) {
  const { t } = useTranslation('resources');
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing="xs" aria-labelledby="pledges">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('pledges.member')}</Table.Th>
            <Table.Th ta="end">{t('pledges.amount')}</Table.Th>
            <Table.Th>{t('pledges.condition')}</Table.Th>
            <Table.Th>{t('pledges.status')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('pledges.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pledges.map((pledge) => (
            <PledgeRow key={pledge.id} pledge={pledge} resource={resource} me={me} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PledgeRow({ pledge, resource, me }: Props & { readonly pledge: Pledge }) {
  const { t } = useTranslation('resources');
  const act = useAct();
  const locale = useLocale();
  const over = pledge.status === 'withdrawn' || pledge.status === 'lapsed';
  return (
    <Table.Tr>
      <Table.Td>
        <MemberName id={pledge.member} link />
      </Table.Td>
      <Table.Td ta="end">
        <Money amount={pledge.amount} unit={pledge.unit} {...(over ? { td: 'line-through' as const } : {})} />
      </Table.Td>
      <Table.Td>
        {pledge.together > 0 && (
          <div>{t('pledges.together', { amount: formatMoney(pledge.together, pledge.unit, locale) })}</div>
        )}
        {pledge.condition !== undefined && <DetachedText of={pledge.condition} />}
        {pledge.together === 0 && pledge.condition === undefined && (
          <Text span inherit c="dimmed">
            {t('pledges.free')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Badge color={COLORS[pledge.status]} miw="max-content">
            {t(`pledges.is.${pledge.status}`)}
          </Badge>
          <WhyButton why={pledge.why} label={t('pledges.one')} />
        </Group>
      </Table.Td>
      <Table.Td className={classes['actions'] ?? ''}>
        {pledge.status === 'stands' && pledge.member === me && (
          <ConfirmButton
            size="compact-sm"
            title={t('withdraw.title')}
            text={t('withdraw.text')}
            onConfirm={() => act('pledge.withdraw', { pledge: pledge.id })}
          >
            {t('withdraw.button')}
          </ConfirmButton>
        )}
        {pledge.status === 'due' && (resource.status === 'agreed' || resource.status === 'held') && (
          <PayPledge pledge={pledge} resource={resource} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** A pledge that fell due is paid by a contribution in the ledger. */
function PayPledge({ pledge, resource }: Pick<Props, 'resource'> & { readonly pledge: Pledge }) {
  const { t } = useTranslation('resources');
  const locale = useLocale();
  const name = useText(resource.name) ?? '';
  const filled = new URLSearchParams({
    what: 'money',
    member: pledge.member,
    amount: formatAmount(pledge.amount - pledge.paid, pledge.unit, locale),
    pledge: pledge.id,
    memo: t('pledges.payMemo', { name }),
  });
  return (
    <WithRight right="post" what={t('pledges.pay')}>
      <Button component={Link} href={`/ledger/new?${filled}`} size="compact-sm" variant="default">
        {t('pledges.pay')}
      </Button>
    </WithRight>
  );
}
