import { Anchor, Badge, Button, Group, Switch, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { capitalAccounts } from '../../../shared/network/ledger/queries';
import type { Member } from '../../../shared/network/membership/model';
import { forkedDevices } from '../../../shared/network/membership/queries';
import { useNetwork } from '../../app/network';
import { FinalityIcon, MemberName, Moment, Money, typeLabel } from '../../ui';
import { STATUS_COLORS, membersInOrder, sealedOf } from './status';

const PAGE = 100;

type Units = readonly { readonly unit: string; readonly amount: number }[];

/** Every member with type, status, joining and capital account; those who left on demand. */
export function MembersTable() {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const [former, setFormer] = useState(false);
  const [shown, setShown] = useState(PAGE);
  const all = useMemo(() => membersInOrder(state.members.values()), [state.members]);
  const capital = useMemo(() => new Map(capitalAccounts(state).map(({ member, units }) => [member, units])), [state]);
  const forked = useMemo(() => new Set(forkedDevices(state).map(({ member }) => member)), [state]);
  const gone = all.filter(isFormer).length;
  const listed = former ? all : all.filter((member) => !isFormer(member));
  return (
    <section aria-label={t('title')}>
      <Table.ScrollContainer minWidth="34rem" type="native">
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('column.name')}</Table.Th>
              <Table.Th scope="col">{t('column.type')}</Table.Th>
              <Table.Th scope="col">{t('column.status')}</Table.Th>
              <Table.Th scope="col">{t('column.joined')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t('column.capital')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {listed.slice(0, shown).map((member) => (
              <Row
                key={member.id}
                member={member}
                units={capital.get(member.id) ?? []}
                isForked={forked.has(member.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {listed.length > shown && (
        <Button variant="subtle" mt="xs" onClick={() => setShown(shown + PAGE)}>
          {t('more', { count: listed.length - shown })}
        </Button>
      )}
      {gone > 0 && (
        <Switch
          mt="sm"
          checked={former}
          onChange={(event) => setFormer(event.currentTarget.checked)}
          label={t('former', { count: gone })}
        />
      )}
    </section>
  );
}

const isFormer = ({ status }: Member): boolean => status === 'left' || status === 'removed';

interface RowProps {
  readonly member: Member;
  readonly units: Units;
  readonly isForked: boolean;
}

function Row({ member, units, isForked }: RowProps) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={550}>
        <Anchor component={Link} href={`/members/${member.id}`} inherit>
          <MemberName id={member.id} />
        </Anchor>
      </Table.Th>
      <Table.Td>{typeLabel(member.type, state)}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Badge color={STATUS_COLORS[member.status]} miw="max-content">
            {t(`status.${member.status}`)}
          </Badge>
          <FinalityIcon sealed={sealedOf(state, member)} />
          {isForked && (
            <Badge color="red" miw="max-content">
              {t('devices.fork')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <Moment time={member.time} />
      </Table.Td>
      <Table.Td ta="end">
        {units.length === 0 && (
          <Text span c="dimmed" inherit>
            –
          </Text>
        )}
        {units.map(({ unit, amount }) => (
          <div key={unit}>
            <Money amount={amount} unit={unit} />
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
