import { Alert, Anchor, Blockquote, Stack, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Effect, Proposal } from '../../../shared/network/decisions/model';
import { RULES_VERSION } from '../../../shared/network/events';
import { useNetwork, useText } from '../../app/network';
import { DetachedText, MemberName, Money, typeLabel } from '../../ui';
import { PublicText } from '../../ui/public-text/public-text';
import { DistributeView } from './distribution/distribute-view';
import { ParametersDiff, ProtocolsDiff, namesIn, useReadable } from '../agreement';
import { RestoreView } from './restore-view';

/** What comes into force if the proposal is adopted, in plain words, with every change to the agreement shown. */
export function EffectView({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const { effect } = proposal;
  switch (effect.kind) {
    case 'none':
      return <Text>{t('effect.none')}</Text>;
    case 'adopt':
      return <AdoptView effect={effect} />;
    case 'parameters':
      return <ParametersView effect={effect} />;
    case 'suspend':
    case 'resume':
    case 'retire':
      return <StandingView effect={effect} />;
    case 'erase':
      return <EraseView effect={effect} sealed={proposal.sealed !== undefined} />;
    case 'publish':
      return <PublishView proposal={proposal} effect={effect} />;
    case 'rules':
      return <RulesView effect={effect} />;
    case 'admit':
      return (
        <Text>
          <Trans
            t={t}
            i18nKey="effect.admit"
            values={{ type: typeLabel(state.members.get(effect.member)?.type ?? '', state) }}
            components={{ name: <MemberName id={effect.member} link /> }}
          />
        </Text>
      );
    case 'remove':
      return (
        <Text>
          <Trans t={t} i18nKey="effect.remove" components={{ name: <MemberName id={effect.member} link /> }} />
        </Text>
      );
    case 'restore':
      return <RestoreView proposal={proposal} effect={effect} />;
    case 'spend':
      return (
        <Text>
          <Trans
            t={t}
            i18nKey="effect.spend"
            components={{ sum: <Money amount={effect.amount} unit={effect.unit} fw={600} /> }}
          />
        </Text>
      );
    case 'distribute':
      return <DistributeView proposal={proposal} effect={effect} />;
    case 'buy':
      return (
        <Text>
          <Trans
            t={t}
            i18nKey="effect.buy"
            components={{
              sum: <Money amount={effect.amount} unit={effect.unit} fw={600} />,
              thing: (
                <Anchor component={Link} href={`/resources/${effect.resource}`} inherit underline="always">
                  <DetachedText of={state.resources.get(effect.resource)?.name} />
                </Anchor>
              ),
            }}
          />
        </Text>
      );
  }
}

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;
const NO_PROTOCOLS: readonly never[] = [];

function AdoptView({ effect }: { readonly effect: EffectOf<'adopt'> }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const base = state.versions.get(effect.base);
  const before = useReadable(base?.protocols ?? NO_PROTOCOLS);
  const after = useReadable(effect.protocols);
  return (
    <Stack gap="md">
      <Text>{t('effect.adopt', { number: base?.number ?? 0 })}</Text>
      <ProtocolsDiff before={before} after={after} />
    </Stack>
  );
}

function EraseView({ effect, sealed }: { readonly effect: EffectOf<'erase'>; readonly sealed: boolean }) {
  const { t } = useTranslation('decisions');
  return (
    <Stack gap="xs" align="flex-start">
      <Text>{t(sealed ? 'effect.erased' : 'effect.erase')}</Text>
      <Blockquote p="sm">
        <DetachedText of={effect.text} />
      </Blockquote>
      <Anchor component={Link} href={`/record/${effect.event}`} size="sm">
        {t('effect.where')}
      </Anchor>
    </Stack>
  );
}

/** The very text that members decide on, and what came of it. */
function PublishView({ proposal, effect }: { readonly proposal: Proposal; readonly effect: EffectOf<'publish'> }) {
  const { t } = useTranslation('publication');
  const { state } = useNetwork();
  const title = useText(effect.title);
  const text = useText(effect.text);
  const row = state.publications.get(proposal.id);
  return (
    <Stack gap="sm">
      <Text>{t(row === undefined ? 'effect.open' : `effect.${row.status}`)}</Text>
      {title === undefined || text === undefined ? (
        <span aria-busy="true">…</span>
      ) : title === null || text === null ? (
        <Text fs="italic" c="dimmed">
          {t('effect.missing')}
        </Text>
      ) : (
        <PublicText title={title} markdown={text} />
      )}
      <Anchor component={Link} href={`/commons/${effect.page}`} size="sm">
        {t('effect.page')}
      </Anchor>
    </Stack>
  );
}

function RulesView({ effect: { version } }: { readonly effect: EffectOf<'rules'> }) {
  const { t } = useTranslation('decisions');
  return (
    <Stack gap="xs">
      <Text>{t('effect.rules', { version })}</Text>
      {version > RULES_VERSION && (
        <Alert color="yellow" variant="light">
          {t('effect.rulesUnknown', { version })}
        </Alert>
      )}
    </Stack>
  );
}

function StandingView({ effect }: { readonly effect: EffectOf<'suspend' | 'resume' | 'retire'> }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const protocol = state.versions.get(effect.base)?.protocols.find((one) => one.id === effect.protocol);
  if (protocol === undefined) return <Text>{t('effect.unknown')}</Text>;
  return (
    <Text>
      <Trans t={t} i18nKey={`effect.${effect.kind}`} components={{ title: <bdi>{protocol.title}</bdi> }} />
    </Text>
  );
}

function ParametersView({ effect }: { readonly effect: EffectOf<'parameters'> }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const base = state.versions.get(effect.base);
  const protocol = base?.protocols.find((one) => one.id === effect.protocol);
  if (base === undefined || protocol === undefined) return <Text>{t('effect.unknown')}</Text>;
  const changed = base.protocols.map((one) => (one === protocol ? { ...one, params: effect.params } : one));
  return (
    <Stack gap="md">
      <Text>
        <Trans t={t} i18nKey="effect.parameters" components={{ title: <bdi>{protocol.title}</bdi> }} />
      </Text>
      <ParametersDiff
        kind={protocol.kind}
        before={protocol.params}
        after={effect.params}
        names={{ before: namesIn(base.protocols), after: namesIn(changed) }}
      />
    </Stack>
  );
}
