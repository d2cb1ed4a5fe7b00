import { Alert, Anchor, Button, Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { takeOver } from '../../../shared/network/founding/opening';
import type { Posting } from '../../../shared/network/ledger/model';
import { activeMembers } from '../../../shared/network/membership/queries';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetworks } from '../../app/engine';
import { useAct, useNetwork, useNetworkStore, useText, useTexts } from '../../app/network';
import { DetachedText, FormError, MemberName, Money } from '../../ui';
import classes from './seals.module.css';
import { useSealWords } from './use-seal-words';

/** In a network that goes on from another: which one, from which seal, who signed that and who started again. */
export function Origin() {
  const { t } = useTranslation('seals');
  const { list } = useNetworks();
  const sealWords = useSealWords();
  const row = useNetwork().state.network.get(NETWORK_KEY);
  const origin = row?.refounds;
  if (row === undefined || origin === undefined) return null;
  const { network, height, seal, signers, members } = origin;
  const old = list?.find(({ id }) => id === network);
  return (
    <section aria-labelledby="origin">
      <Title order={2} id="origin" mb={4}>
        {t('origin.title')}
      </Title>
      <Stack gap="xs" className={classes['measure'] ?? ''}>
        <Text component="div">
          <Trans t={t} i18nKey="origin.by" components={{ name: <MemberName id={row.founder} /> }} />{' '}
          {t('origin.from', { seal: sealWords(height) })} {t('origin.signed', { count: signers.length })}{' '}
          {signers.map((member, index) => (
            <span key={member}>
              {index > 0 && ', '}
              <DetachedText of={members.find(({ id }) => id === member)!.name} />
            </span>
          ))}
          .
        </Text>
        {old === undefined ? (
          <Text c="dimmed">{t('origin.notHere')}</Text>
        ) : (
          <Text>
            <Anchor component={Link} href={`~/n/${network}/seals`} inherit underline="always">
              {t('origin.compare', { network: old.name })}
            </Anchor>
          </Text>
        )}
        <details className={classes['details']}>
          <summary>{t('details.title')}</summary>
          <dl className={classes['ids']}>
            <dt>{t('origin.network')}</dt>
            <dd className={classes['id']}>{network}</dd>
            <dt>{t('details.value')}</dt>
            <dd className={classes['id']}>{seal}</dd>
          </dl>
        </details>
      </Stack>
      <Carried />
    </section>
  );
}

/** Accounts of who was a member before, until they are handed over to who has joined again. */
function Carried() {
  const { t } = useTranslation('seals');
  const { state } = useNetwork();
  const members = state.network.get(NETWORK_KEY)?.refounds?.members ?? [];
  const open = members
    .map(({ id }) => ({ id, balances: [...state.balances.values()].filter((one) => isOf(id, one)) }))
    .filter(({ balances }) => balances.length > 0);
  if (open.length === 0) return null;
  return (
    <>
      <Title order={3} mt="md" mb={4}>
        {t('carried.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="xs" className={classes['measure'] ?? ''}>
        {t('carried.text')}
      </Text>
      <Table verticalSpacing={6} maw="48rem" aria-label={t('carried.title')}>
        <Table.Tbody>
          {open.map(({ id, balances }) => (
            <Row key={id} member={id} balances={balances} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Row({ member, balances }: { readonly member: string; readonly balances: readonly Posting[] }) {
  const { t } = useTranslation('seals');
  const { state } = useNetwork();
  const act = useAct();
  const now = activeMembers(state);
  const names = useTexts(now.map(({ name }) => name));
  const [to, setTo] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const memo = t('carried.memo', { name: useText(nameOf(state, member)) ?? '' });
  const handOver = async () => {
    setBusy(true);
    setError(undefined);
    const date = new Date().toISOString().slice(0, 10);
    try {
      for (const postings of takeOver(balances, member, to))
        await act('entry.post', { kind: 'transfer', date, memo: { text: memo }, postings });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Table.Tr>
      <Table.Td>
        <MemberName id={member} />
      </Table.Td>
      <Table.Td ta="end">
        {balances.map(({ account, unit, amount }) => (
          <div key={`${account}|${unit}`}>
            {t(account.startsWith('owed') ? 'carried.owed' : 'carried.capital')} <Money unit={unit} amount={-amount} />
          </div>
        ))}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <NativeSelect
            aria-label={t('carried.to')}
            value={to}
            data={[
              { value: '', label: t('carried.choose') },
              ...now.map(({ id }, index) => ({ value: id, label: names[index] ?? t('broken.someone') })),
            ]}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button variant="default" disabled={to === ''} loading={busy} onClick={() => void handOver()}>
            {t('carried.handOver')}
          </Button>
        </Group>
        <FormError error={error} />
      </Table.Td>
    </Table.Tr>
  );
}

/** In a network that was started again, as far as this device knows: by whom, and the way there. */
export function StartedAgain() {
  const { t } = useTranslation('seals');
  const { id } = useNetworkStore();
  const { list } = useNetworks();
  return list
    ?.filter(({ refounds }) => refounds?.network === id)
    .map(({ id: next, name, refounds }) => (
      <Alert
        key={next}
        color="blue"
        icon={<IconHistory size={18} aria-hidden />}
        title={t('started.title', { name: refounds!.by })}
      >
        <Text className={classes['measure'] ?? ''}>
          {t('started.text')}{' '}
          <Anchor component={Link} href={`~/n/${next}`} inherit c="inherit" underline="always">
            {t('started.open', { network: name })}
          </Anchor>
        </Text>
      </Alert>
    ));
}

function isOf(member: string, { account, amount }: Posting): boolean {
  return amount !== 0 && (account === `member:${member}` || account === `owed:${member}`);
}

function nameOf({ network }: ReturnType<typeof useNetwork>['state'], member: string) {
  return network.get(NETWORK_KEY)?.refounds?.members.find(({ id }) => id === member)?.name;
}
