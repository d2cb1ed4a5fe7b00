import { Alert, Anchor, Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { parametersInForce } from '../../../shared/network/agreement/queries';
import { openProposals } from '../../../shared/network/decisions/queries';
import { capitalAccounts } from '../../../shared/network/ledger/queries';
import type { Member } from '../../../shared/network/membership/model';
import { holdingsOf } from '../../../shared/network/resources/queries';
import { useMe, useNetwork, useText } from '../../app/network';
import { useStopped } from '../../app/stopped';
import {
  DetachedText,
  EmptyState,
  Finality,
  MemberName,
  Moment,
  Money,
  PageHeader,
  WhyButton,
  WithRight,
  typeLabel,
} from '../../ui';
import { DuesOfMember } from '../../ui/dues';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { Announced } from './announced';
import { AssentsOf } from './assents-of';
import { Devices } from './devices/devices';
import { StoppedDevice } from './devices/stopped-device';
import { Distributions } from './distributions';
import { Forks } from './forks';
import { Leave } from './leave';
import classes from './members.module.css';
import { ProfileForm } from './profile-form';
import { STATUS_COLORS } from './status';
import { UnsettledList } from './unsettled';

/** One member: what they say of themselves, what they may do, what they have put in and hold. */
export function MemberPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('members');
  const member = useNetwork().state.members.get(id);
  if (member === undefined) {
    return (
      <>
        <PageHeader title={t('unknown.title')} />
        <EmptyState
          title={t('unknown.title')}
          text={t('unknown.text')}
          action={
            <Button component={Link} href="/members" variant="default">
              {t('unknown.back')}
            </Button>
          }
        />
      </>
    );
  }
  return <Known member={member} />;
}

function Known({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const name = useText(member.name);
  const own = useMe()?.member === member.id;
  const [editing, setEditing] = useState(false);
  const active = member.status === 'active';
  const stopped = useStopped() !== null;
  return (
    <>
      <PageHeader
        title={<MemberName id={member.id} />}
        documentTitle={name ?? t('unknown.title')}
        subtitle={
          <Group gap="xs">
            <span>{typeLabel(member.type, state)}</span>
            <Badge color={STATUS_COLORS[member.status]}>{t(`status.${member.status}`)}</Badge>
            <span>
              {t('joined')} <Moment time={member.time} />
            </span>
            <Finality why={member.why} />
            <WhyButton why={member.why} label={t('whyMember')} />
          </Group>
        }
        actions={
          own && active && !editing && !stopped ? (
            <Button onClick={() => setEditing(true)}>{t('profile.edit')}</Button>
          ) : (
            <ProposeAdmission member={member} />
          )
        }
      />
      <Stack gap="xl">
        {own && <StoppedDevice member={member} />}
        <Forks member={member} />
        <Announced member={member} />
        {member.unsettled !== undefined && (
          <Alert color="yellow" variant="light" title={t('unsettled.title')}>
            <Text size="sm" mb="xs">
              {t('unsettled.left')}
            </Text>
            <UnsettledList of={member.unsettled} />
          </Alert>
        )}
        {editing ? <ProfileForm member={member} onDone={() => setEditing(false)} /> : <Profile member={member} />}
        <Capital member={member.id} />
        <DuesOfMember member={member.id} />
        <Holdings member={member.id} />
        <Distributions member={member.id} />
        {active && <Rights type={member.type} />}
        <AssentsOf member={member.id} />
        <LinkedFrom of={{ kind: 'member', id: member.id }} hideEmpty />
        <Devices member={member} />
        {own && active && <Leave member={member} />}
      </Stack>
    </>
  );
}

/** For who waits: the way to put their admission to the members. */
function ProposeAdmission({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { state, status } = useNetwork();
  const waits = member.status === 'applicant' || member.status === 'waiting';
  if (!waits || status.me === null) return null;
  const open = openProposals(state).find(({ effect }) => effect.kind === 'admit' && effect.member === member.id);
  if (open !== undefined)
    return (
      <Button component={Link} href={`/decisions/${open.id}`}>
        {t('admission.see')}
      </Button>
    );
  return (
    <WithRight right="propose" what={t('admission.propose')}>
      <WithRight right="sponsor" what={t('admission.propose')}>
        <Button component={Link} href={`/decisions/new?effect=admit&member=${member.id}`}>
          {t('admission.propose')}
        </Button>
      </WithRight>
    </WithRight>
  );
}

function Profile({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const { about, seeks, offers, invitedBy } = member;
  return (
    <section aria-label={t('profile.title')}>
      <dl className={classes['facts']}>
        {[['about', about] as const, ['seeks', seeks] as const, ['offers', offers] as const].map(([key, text]) => (
          <FactRow key={key} label={t(`profile.${key}`)}>
            <DetachedText
              of={text}
              fallback={
                <Text span c="dimmed" inherit>
                  {t('profile.notTold')}
                </Text>
              }
            />
          </FactRow>
        ))}
        {invitedBy !== undefined && (
          <FactRow label={t('profile.invitedBy')}>
            <MemberName id={invitedBy} link />
          </FactRow>
        )}
      </dl>
    </section>
  );
}

function FactRow({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Capital({ member }: { readonly member: string }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const units = capitalAccounts(state).find((account) => account.member === member)?.units ?? [];
  return (
    <section aria-labelledby="capital">
      <Title order={2} id="capital" mb="xs">
        {t('capital.title')}
      </Title>
      {units.length === 0 ? (
        <Text c="dimmed">{t('capital.none')}</Text>
      ) : (
        <Stack gap={4}>
          {units.map(({ unit, amount }) => (
            <Money key={unit} amount={amount} unit={unit} fw={600} fz="lg" />
          ))}
          <Anchor component={Link} href={`/ledger?account=${encodeURIComponent(`member:${member}`)}`} size="sm">
            {t('capital.open')}
          </Anchor>
        </Stack>
      )}
    </section>
  );
}

function Holdings({ member }: { readonly member: string }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const holdings = [...state.resources.values()]
    .filter(({ status }) => status === 'held')
    .flatMap((resource) => {
      const { total, holdings: all } = holdingsOf(resource);
      const own = all.find((share) => share.member === member);
      return own === undefined ? [] : [{ resource, shares: own.shares, total }];
    });
  if (holdings.length === 0) return null;
  return (
    <section aria-labelledby="holdings">
      <Title order={2} id="holdings" mb="xs">
        {t('holdings.title')}
      </Title>
      <List>
        {holdings.map(({ resource, shares, total }) => (
          <List.Item key={resource.id}>
            <Anchor component={Link} href={`/resources/${resource.id}`}>
              <DetachedText of={resource.name} />
            </Anchor>{' '}
            {t('holdings.shares', { shares, count: total })}{' '}
            <WhyButton why={resource.why} label={t('holdings.title')} />
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Rights({ type }: { readonly type: string }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  const found = parametersInForce(state, 'membership')?.types.find((each) => each.id === type);
  return (
    <section aria-labelledby="rights">
      <Title order={2} id="rights" mb="xs">
        {t('rights.title', { type: found?.label ?? type })}
      </Title>
      {found === undefined || found.rights.length === 0 ? (
        <Text c="dimmed">{t('rights.none')}</Text>
      ) : (
        <List>
          {found.rights.map((right) => (
            <List.Item key={right}>{t(`rights.${right}`)}</List.Item>
          ))}
        </List>
      )}
      <Anchor component={Link} href="/agreement" size="sm" mt="xs" display="inline-block">
        {t('rights.agreement')}
      </Anchor>
    </section>
  );
}
