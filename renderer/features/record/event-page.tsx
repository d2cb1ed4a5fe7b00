import { Alert, Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconGitFork, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { forkSibling } from '../../../shared/network/membership/queries';
import type { WithoutEffect } from '../../../shared/network/why';
import { useNetwork, useText } from '../../app/network';
import { useEvent } from '../../app/recorded';
import type { EventView } from '../../../shared/engine/contract';
import { ClauseLink, ErrorState, Loading, MemberName, Moment, PageHeader, useEventSentence } from '../../ui';
import { EraseTexts } from './erase-texts';
import { PayloadView } from './payload-view';
import classes from './record.module.css';

/** One signed event, whole: what it says, what came of it, and how it is bound into the record. */
export function EventPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('record');
  const { view, error, retry } = useEvent(id);
  return (
    <Stack gap="xs">
      <Anchor component={Link} href="/record" size="sm">
        {t('back')}
      </Anchor>
      {view === undefined ? (
        <>
          <PageHeader title={t('event')} />
          {error === undefined ? <Loading /> : <ErrorState error={error} retry={retry} />}
        </>
      ) : (
        <Event view={view} />
      )}
    </Stack>
  );
}

function Event({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('record');
  const { sentence, href } = useEventSentence(view);
  return (
    <>
      <PageHeader
        title={sentence}
        documentTitle={t('event')}
        subtitle={
          <>
            <Moment time={view.time} exact /> · <span className={classes['type']}>{view.type}</span>
          </>
        }
      />
      <Stack gap="xl">
        <Effect view={view} href={href} />
        <Fork view={view} />
        <section aria-labelledby="payload">
          <Title order={2} id="payload" mb="sm">
            {t('payload')}
          </Title>
          <PayloadView value={view.payload} />
        </section>
        <EraseTexts view={view} />
        <section aria-labelledby="binding">
          <Title order={2} id="binding" mb={4}>
            {t('binding')}
          </Title>
          <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
            {t('bindingHint')}
          </Text>
          <Binding view={view} />
        </section>
      </Stack>
    </>
  );
}

function Effect({ view, href }: { readonly view: EventView; readonly href: string }) {
  const { t, i18n } = useTranslation('record');
  const { t: effects } = useTranslation('effects');
  const refused: Omit<WithoutEffect, 'event'> | undefined = useNetwork().state.withoutEffect.get(view.id);
  const without = view.outside ? { code: 'outside-cut' } : refused;
  if (without === undefined) {
    return (
      <Group gap="xs">
        <Badge color="green">{t('hasEffect')}</Badge>
        {!href.startsWith('/record/') && (
          <Anchor component={Link} href={href}>
            {t('seeEffect')} <IconArrowRight size={14} aria-hidden className="mantine-rotate-rtl" />
          </Anchor>
        )}
      </Group>
    );
  }
  const { code, clause, events = [] } = without;
  return (
    <Alert color="yellow" icon={<IconInfoCircle size={18} />} title={t('noEffectTitle')}>
      <Stack gap="xs">
        <Text>{i18n.exists(code, { ns: 'effects' }) ? effects(code) : effects('unknown', { code })}</Text>
        {clause !== undefined && <ClauseLink clause={clause} />}
        {events.length > 0 && (
          <Text component="div">
            {t('because')} <Ids ids={events} />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** Beside an event that is half of a fork's proof: the other half. */
function Fork({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('record');
  const { state } = useNetwork();
  const name = useText(view.member === null ? undefined : state.members.get(view.member)?.name);
  const other = forkSibling(state, view);
  if (other === undefined) return null;
  return (
    <Alert color="red" icon={<IconGitFork size={18} aria-hidden />} title={t('forkTitle')}>
      <Stack gap="xs">
        <Text>{t('forkText', { name: name ?? t('noMember') })}</Text>
        <Group gap="md">
          <Anchor component={Link} href={`/record/${other}`} c="inherit" underline="always">
            {t('forkOther')}
          </Anchor>
          {view.member !== null && (
            <Anchor component={Link} href={`/members/${view.member}`} c="inherit" underline="always">
              {t('forkMore')}
            </Anchor>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Binding({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('record');
  return (
    <dl className={classes['fields']}>
      <Field label={t('field.id')}>
        <span className={classes['id']}>{view.id}</span>
      </Field>
      <Field label={t('field.member')}>
        {view.member === null ? t('noMember') : <MemberName id={view.member} link />}
      </Field>
      <Field label={t('field.device')}>
        <span className={classes['id']}>{view.device}</span>
      </Field>
      <Field label={t('field.sequence')}>{view.sequence}</Field>
      <Field label={t('field.previous')}>{view.previous === null ? t('first') : <Ids ids={[view.previous]} />}</Field>
      <Field label={t('field.parents')}>
        {view.parents.length === 0 ? t('noParents') : <Ids ids={view.parents} />}
      </Field>
      <Field label={t('field.rules')}>{view.rules}</Field>
      <Field label={t('field.size')}>{t('bytes', { count: view.bytes })}</Field>
      <Field label={t('field.signature')}>
        <span className={classes['id']}>{view.signature}</span>
      </Field>
    </dl>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Ids({ ids }: { readonly ids: readonly string[] }) {
  return (
    <Stack gap={4}>
      {ids.map((id) => (
        <Anchor key={id} component={Link} href={`/record/${id}`} className={classes['id']}>
          {id}
        </Anchor>
      ))}
    </Stack>
  );
}
