import { Alert, Anchor, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { draftReversal } from '../../../shared/network/ledger/drafts';
import type { Entry, Posting } from '../../../shared/network/ledger/model';
import { decisionOf } from '../../../shared/network/ledger/payments';
import { useAct, useNetwork, useText } from '../../app/network';
import {
  ClauseLink,
  ConfirmButton,
  Day,
  DetachedText,
  Finality,
  MemberName,
  Moment,
  Money,
  PageHeader,
  WhyButton,
  WithRight,
} from '../../ui';
import { today } from '../../ui/dates';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { AuthorisationBadge } from './authorisation';
import { useAccountLabel } from './labels';
import { accountHref, entryHref } from './links';
import classes from './ledger.module.css';

export function EntryPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('ledger');
  const entry = useNetwork().state.entries.get(id);
  return (
    <>
      <Anchor
        component={Link}
        href="/ledger"
        size="sm"
        mb="xs"
        style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}
      >
        <IconArrowLeft size={16} aria-hidden />
        {t('back')}
      </Anchor>
      {entry === undefined ? (
        <PageHeader title={t('entry.missing')} subtitle={t('entry.missingText')} />
      ) : (
        <Found entry={entry} />
      )}
    </>
  );
}

function Found({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('ledger');
  const { resources } = useNetwork().state;
  const memo = useText(entry.memo);
  const resource = entry.resource === undefined ? undefined : resources.get(entry.resource);
  return (
    <>
      <PageHeader
        title={<DetachedText of={entry.memo} fallback={t(`kind.${entry.kind}`)} />}
        documentTitle={memo ?? t(`kind.${entry.kind}`)}
        subtitle={
          <Group gap="xs">
            <span>{t(`kind.${entry.kind}`)}</span>
            <span aria-hidden>·</span>
            <Day date={entry.date} />
            <Finality why={entry.why} />
            <WhyButton why={entry.why} label={t('entry.why')} withText />
          </Group>
        }
        actions={<ReverseButton entry={entry} />}
      />
      <Stack gap="lg">
        {entry.reversedBy !== undefined && (
          <Alert color="gray" variant="light" icon={<IconArrowBackUp size={18} />}>
            {t('entry.undoneBy')}{' '}
            <Anchor component={Link} href={entryHref(entry.reversedBy)} inherit underline="always">
              {t('entry.seeReversal')}
            </Anchor>
          </Alert>
        )}
        {entry.reverses !== undefined && (
          <Alert color="gray" variant="light" icon={<IconArrowBackUp size={18} />}>
            {t('entry.undoes')}{' '}
            <Anchor component={Link} href={entryHref(entry.reverses)} inherit underline="always">
              {t('entry.seeUndone')}
            </Anchor>
          </Alert>
        )}
        <Postings postings={entry.postings} />
        <AuthorisationNote entry={entry} />
        <Text c="dimmed" size="sm" component="p" m={0}>
          {t('entry.recordedBy')} <MemberName id={entry.by} link /> · <Moment time={entry.time} exact />
        </Text>
        {resource !== undefined && (
          <Text component="p" m={0}>
            {t('entry.resource')}{' '}
            <Anchor component={Link} href={`/resources/${resource.id}`} inherit underline="always">
              <DetachedText of={resource.name} />
            </Anchor>
          </Text>
        )}
        <LinkedFrom of={{ kind: 'entry', id: entry.id }} hideEmpty />
      </Stack>
    </>
  );
}

function Postings({ postings }: { readonly postings: readonly Posting[] }) {
  const { t } = useTranslation('ledger');
  const labelOf = useAccountLabel();
  const debitsFirst = [...postings].sort((a, b) => Number(a.amount < 0) - Number(b.amount < 0));
  return (
    <Table verticalSpacing="xs" className={classes['figures'] ?? ''} aria-label={t('entry.postings')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.account')}</Table.Th>
          <Table.Th ta="end">{t('column.debit')}</Table.Th>
          <Table.Th ta="end">{t('column.credit')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {debitsFirst.map(({ account, unit, amount }) => (
          <Table.Tr key={`${account}|${unit}`}>
            <Table.Td>
              <Anchor component={Link} href={accountHref(account)} inherit>
                <bdi>{labelOf(account)}</bdi>
              </Anchor>
            </Table.Td>
            <Table.Td ta="end">{amount > 0 && <Money amount={amount} unit={unit} />}</Table.Td>
            <Table.Td ta="end">{amount < 0 && <Money amount={-amount} unit={unit} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Whether the payment was authorised, in a sentence, and by what. */
function AuthorisationNote({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('ledger');
  const { proposals } = useNetwork().state;
  const { status, allowance, clause } = entry.authorisation;
  if (status === 'not-needed') return null;
  return (
    <section aria-label={t('entry.authorisation')}>
      <Stack gap="xs" align="flex-start">
        <AuthorisationBadge status={status} />
        <Text maw="var(--peerhold-measure)">{t(`authorisation.${status}.text`)}</Text>
        {allowance !== undefined && (
          <Text component="p" m={0}>
            {t('entry.allowance')}{' '}
            <Anchor component={Link} href={`/decisions/${decisionOf(allowance)}`} inherit underline="always">
              <DetachedText of={proposals.get(decisionOf(allowance))?.title} fallback={t('allowances.nameless')} />
            </Anchor>
          </Text>
        )}
        {clause !== undefined && <ClauseLink clause={clause} />}
      </Stack>
    </section>
  );
}

function ReverseButton({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('ledger');
  const act = useAct();
  const [, navigate] = useLocation();
  const [reason, setReason] = useState('');
  if (entry.kind === 'reversal' || entry.reversedBy !== undefined) return null;
  const reverse = async (): Promise<void> => {
    const memo = { text: reason.trim() === '' ? t('reverse.memo') : reason.trim() };
    const id = await act('entry.post', { ...draftReversal(entry), date: today(), memo });
    navigate(entryHref(id));
  };
  return (
    <WithRight right="post" what={t('reverse.button')}>
      <ConfirmButton
        title={t('reverse.title')}
        text={
          <Stack gap="sm">
            <Text>{t('reverse.text')}</Text>
            <TextInput
              label={t('reverse.reason')}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </Stack>
        }
        confirm={t('reverse.confirm')}
        onConfirm={reverse}
        leftSection={<IconArrowBackUp size={18} />}
      >
        {t('reverse.button')}
      </ConfirmButton>
    </WithRight>
  );
}
