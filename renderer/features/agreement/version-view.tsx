import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import type { AgreementVersion } from '../../../shared/network/agreement/model';
import { adoptedIn } from '../../../shared/network/agreement/queries';
import { hasRight } from '../../../shared/network/membership/queries';
import { useMe, useNetwork } from '../../app/network';
import { Moment, WhyButton } from '../../ui';
import { Markdown } from '../../ui/markdown/markdown';
import classes from './agreement.module.css';
import { ParameterSentences } from './parameter-sentences';
import { hasParameters } from './parameters/parameters-form';
import { type ReadableProtocol, useReadable } from './readable';
import { typesOf } from './use-words';

/** All protocols of one version as a text to read, each with where it comes from. */
export function VersionView({ version, current }: { readonly version: AgreementVersion; readonly current: boolean }) {
  const { state } = useNetwork();
  const me = useMe();
  const protocols = useReadable(version.protocols);
  const types = typesOf(version.protocols);
  const asked = new URLSearchParams(useSearch()).get('protocol');
  const mayPropose = current && me !== null && hasRight(state, me.member, 'propose');
  return (
    <Stack gap="xl">
      {protocols.map((protocol) => (
        <ProtocolView
          key={protocol.id}
          protocol={protocol}
          types={types}
          from={adoptedIn(state, version, protocol.id)}
          mayPropose={mayPropose}
          asked={current && protocol.id === asked}
        />
      ))}
    </Stack>
  );
}

function ProtocolView(props: {
  protocol: ReadableProtocol;
  types: ReturnType<typeof typesOf>;
  from: AgreementVersion;
  mayPropose: boolean;
  /** The person came for this one: it is brought into view. */
  asked: boolean;
}) {
  const { t } = useTranslation(['agreement', 'templates']);
  const { protocol, from, asked } = props;
  const section = useRef<HTMLElement>(null);
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
      </Group>
      <Stack gap="sm">
        {protocol.text === undefined && <span aria-busy="true">…</span>}
        {protocol.text === null && (
          <Text fs="italic" c="dimmed">
            {t('erased')}
          </Text>
        )}
        {typeof protocol.text === 'string' && <Markdown text={protocol.text} headings={3} />}
        <ParameterSentences kind={protocol.kind} params={protocol.params} types={props.types} />
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
        </Group>
      </Stack>
    </section>
  );
}
