import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import type { AgreementVersion } from '../../../shared/network/agreement/model';
import { adoptedIn, protocolOf } from '../../../shared/network/agreement/queries';
import { isNeeded } from '../../../shared/network/agreement/templates';
import type { Certainty } from '../../../shared/network/certainty/model';
import { foreseeSuspending } from '../../../shared/network/foreseen/foreseen';
import { hasRight } from '../../../shared/network/membership/queries';
import { useMe, useNetwork } from '../../app/network';
import { Moment, WhyButton, WhyNot, WithRight } from '../../ui';
import { CertaintyView, type Said, useClauseComments, useProtocolCertainties } from '../../ui/certainty';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { Markdown } from '../../ui/markdown/markdown';
import classes from './agreement.module.css';
import { ParameterSentences } from './parameter-sentences';
import { hasParameters } from './parameters/parameters-form';
import { ProtocolThread } from './protocol-thread';
import { type ReadableProtocol, useReadable } from './readable';
import { namesIn } from './use-words';

/** All protocols of one version as a text to read, each with where it comes from. */
export function VersionView({ version, current }: { readonly version: AgreementVersion; readonly current: boolean }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const me = useMe();
  const protocols = useReadable(version.protocols);
  const names = namesIn(protocols);
  const labels = new Map(names.classes.map(({ id, label }) => [id, label]));
  const protects = protocolOf(version, 'decisions')?.params.protects ?? [];
  const guards = new Map(protects.map((one) => [one.protocol, labels.get(one.class) ?? one.class]));
  const asked = new URLSearchParams(useSearch()).get('protocol');
  const certainties = useProtocolCertainties();
  const comments = useClauseComments();
  const mayPropose = current && me !== null && hasRight(state, me.member, 'propose');
  return (
    <Stack gap="xl">
      {current && !mayPropose && (
        <div>
          <WithRight right="propose" what={t('proposeChange')} />
        </div>
      )}
      {protocols.map((protocol) => (
        <ProtocolView
          key={protocol.id}
          protocol={protocol}
          names={names}
          from={adoptedIn(state, version, protocol.id)}
          certainty={current ? certainties.get(protocol.id) : undefined}
          isCurrent={current}
          said={comments.get(protocol.id)}
          isSuspended={version.suspended.includes(protocol.id)}
          guard={guards.get(protocol.id)}
          mayPropose={mayPropose}
          asked={protocol.id === asked}
        />
      ))}
    </Stack>
  );
}

function ProtocolView(props: {
  protocol: ReadableProtocol;
  names: ReturnType<typeof namesIn>;
  from: AgreementVersion;
  /** Only of what is in force. */
  certainty: Certainty | undefined;
  isCurrent: boolean;
  said: Said | undefined;
  isSuspended: boolean;
  /** The way by which alone it is changed; undefined where it is not protected. */
  guard: string | undefined;
  mayPropose: boolean;
  /** The person came for this one: it is brought into view. */
  asked: boolean;
}) {
  const { t } = useTranslation(['agreement', 'templates']);
  const { protocol, from, certainty, asked } = props;
  const section = useRef<HTMLElement>(null);
  const { state } = useNetwork();
  const me = useMe();
  // What whoever may not propose is told stands above all protocols.
  const unsuspended = props.mayPropose && me !== null ? foreseeSuspending(state, protocol.id, me.member) : undefined;
  // The texts above have their heights only when they are here.
  const isThere = protocol.text !== undefined;
  useEffect(() => {
    if (asked && isThere) section.current?.scrollIntoView();
  }, [asked, isThere]);
  return (
    <section ref={section} className={classes['protocol']} aria-labelledby={`protocol-${protocol.id}`}>
      <Group gap="xs" mb="xs">
        <Title order={2} id={`protocol-${protocol.id}`}>
          <bdi>{protocol.title}</bdi>
        </Title>
        <Badge color="gray">{t(`kinds.${protocol.kind}.label`, { ns: 'templates' })}</Badge>
        {props.isSuspended && <Badge color="orange">{t('suspended')}</Badge>}
      </Group>
      <Stack gap="sm">
        {certainty !== undefined && <CertaintyView certainty={certainty} of={protocol.title} />}
        {protocol.text === undefined && <span aria-busy="true">…</span>}
        {protocol.text === null && (
          <Text fs="italic" c="dimmed">
            {t('erased')}
          </Text>
        )}
        {typeof protocol.text === 'string' && <Markdown text={protocol.text} headings={3} />}
        {props.guard !== undefined && <Text size="sm">{t('guarded', { label: props.guard })}</Text>}
        {props.isSuspended && (
          <Text size="sm" fs="italic">
            {t('suspendedText')}
          </Text>
        )}
        <ParameterSentences kind={protocol.kind} params={protocol.params} names={props.names} />
        <Group gap="xs">
          <Text size="sm" c="dimmed" component="div">
            {from.base === null ? (
              t('sinceFounding')
            ) : (
              <>
                {t('sinceVersion', { number: from.number })} ·{' '}
                <Anchor component={Link} href={`/decisions/${from.id}`} inherit underline="always">
                  {t('itsDecision')}
                </Anchor>{' '}
                · <Moment time={from.time} />
              </>
            )}
          </Text>
          <WhyButton why={from.why} label={protocol.title} />
          {props.mayPropose && hasParameters(protocol.kind) && (
            <Anchor component={Link} href={`/decisions/new?effect=parameters&protocol=${protocol.id}`} size="sm">
              {t('proposeParameters')}
            </Anchor>
          )}
          {props.mayPropose && !isNeeded(protocol.kind) && (
            <>
              <Anchor
                component={Link}
                href={`/decisions/new?effect=${props.isSuspended ? 'resume' : 'suspend'}&protocol=${protocol.id}`}
                size="sm"
                aria-label={t('actionOf', {
                  action: t(props.isSuspended ? 'proposeResume' : 'proposeSuspend'),
                  title: protocol.title,
                })}
              >
                {t(props.isSuspended ? 'proposeResume' : 'proposeSuspend')}
              </Anchor>
              <Anchor
                component={Link}
                href={`/decisions/new?effect=retire&protocol=${protocol.id}`}
                size="sm"
                aria-label={t('actionOf', { action: t('proposeRetire'), title: protocol.title })}
              >
                {t('proposeRetire')}
              </Anchor>
            </>
          )}
          {unsuspended !== undefined && (
            <WhyNot foreseen={unsuspended} what={t('suspendOrRetire', { title: protocol.title })} />
          )}
        </Group>
        {props.isCurrent && (
          <div>
            <ProtocolThread protocol={protocol} said={props.said} draftElsewhere />
            <LinkedFrom of={{ kind: 'protocol', id: protocol.id }} foldedAs={protocol.title} />
          </div>
        )}
      </Stack>
    </section>
  );
}
