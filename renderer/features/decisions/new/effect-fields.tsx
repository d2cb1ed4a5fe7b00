import { Alert, Blockquote, Group, Input, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Parameters, parametersOf } from '../../../../shared/network/agreement/model';
import { sameValue } from '../../../../shared/network/agreement/changes';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import { NETWORK_KEY } from '../../../../shared/network/state';
import type { TextRef } from '../../../../shared/record/text';
import { useNetwork } from '../../../app/network';
import { DetachedText, Loading, WithRight } from '../../../ui';
import {
  AmountField,
  Contradictions,
  DraftChanges,
  ParametersDiff,
  ParametersForm,
  UnitField,
  hasParameters,
  namesIn,
  useReadable,
} from '../../agreement';
import { DistributeFields } from './distribute-fields';
import { type EffectDraft, type OfferedKind, protocolsFor } from './effect-draft';
import { NamedSelect } from './named-select';
import { RestoreFields } from './restore-fields';

const NO_PROTOCOLS: readonly never[] = [];

interface Props {
  readonly draft: EffectDraft;
  /** Stays the same function. */
  readonly onChange: (change: Partial<EffectDraft>) => void;
}

/** The fields of one kind of effect. */
export function EffectFields({ kind, ...props }: Props & { readonly kind: OfferedKind }) {
  switch (kind) {
    case 'none':
      return null;
    case 'adopt':
      return (
        <Suspense fallback={<Loading />}>
          <AdoptFields onChange={props.onChange} />
        </Suspense>
      );
    case 'parameters':
      return <ParametersFields {...props} />;
    case 'suspend':
    case 'resume':
    case 'retire':
      return <ProtocolField {...props} kind={kind} />;
    case 'admit':
      return <ApplicantField {...props} />;
    case 'remove':
      return <MemberField {...props} field="member" />;
    case 'restore':
      return <RestoreFields {...props} />;
    case 'spend':
      return <SpendFields {...props} />;
    case 'buy':
      return <BuyFields {...props} />;
    case 'distribute':
      return <DistributeFields {...props} />;
    case 'erase':
      return <EraseFields {...props} />;
  }
}

/** For sponsors; the others see why it is not for them. */
function ApplicantField(props: Props) {
  const { t } = useTranslation('templates');
  return (
    <WithRight right="sponsor" what={t('matters.admit')}>
      <MemberField {...props} field="applicant" />
    </WithRight>
  );
}

function AdoptFields({ onChange }: Pick<Props, 'onChange'>) {
  const take = useCallback((protocols: EffectDraft['protocols']) => onChange({ protocols }), [onChange]);
  return <DraftChanges onChange={take} />;
}

function ParametersFields({ draft, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const version = versionInForce(state);
  const protocols = version?.protocols ?? NO_PROTOCOLS;
  const choices = protocols.filter((protocol) => hasParameters(protocol.kind));
  const spec = choices.find((protocol) => protocol.id === draft.protocol);
  const params = draft.params ?? spec?.params;
  const changed = protocols.map((protocol) => (protocol === spec ? { ...protocol, params } : protocol));
  const texts = useReadable(protocols);
  return (
    <Stack gap="lg">
      <NativeSelect
        label={t('new.protocol')}
        value={draft.protocol}
        maw={440}
        data={[
          { value: '', label: t('new.chooseProtocol') },
          ...choices.map((protocol) => ({ value: protocol.id, label: protocol.title })),
        ]}
        onChange={(event) => {
          const protocol = event.currentTarget.value;
          onChange({ protocol, params: choices.find((one) => one.id === protocol)?.params });
        }}
      />
      {spec !== undefined && (
        <>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t('new.parameters')}
            </Title>
            <ParametersForm
              key={spec.id}
              kind={spec.kind}
              params={params as Parameters}
              names={namesIn(changed)}
              unit={state.network.get(NETWORK_KEY)?.unit ?? 'EUR'}
              onChange={(next) => onChange({ params: next })}
            />
          </section>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t('new.changes')}
            </Title>
            {sameValue(params, spec.params) ? (
              <Text c="dimmed">{t('new.parametersSame')}</Text>
            ) : !parametersOf(spec.kind)(params) ? (
              <Text c="red">{t('new.parametersWrong')}</Text>
            ) : (
              <ParametersDiff
                kind={spec.kind}
                before={spec.params}
                after={params}
                names={{ before: namesIn(protocols), after: namesIn(changed) }}
              />
            )}
          </section>
          {parametersOf(spec.kind)(params) && (
            <Contradictions
              protocols={texts.map((protocol) => (protocol.id === spec.id ? { ...protocol, params } : protocol))}
              touched={[spec.id]}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function ProtocolField({ kind, draft, onChange }: Props & { readonly kind: 'suspend' | 'resume' | 'retire' }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const choices = protocolsFor(kind, state);
  if (choices.length === 0) return <Alert variant="light">{t(`new.noProtocols.${kind}`)}</Alert>;
  return (
    <NativeSelect
      label={t('new.protocol')}
      description={t(`new.protocolHint.${kind}`)}
      value={choices.some(({ id }) => id === draft.protocol) ? draft.protocol : ''}
      maw={440}
      data={[
        { value: '', label: t('new.chooseProtocol') },
        ...choices.map(({ id, title }) => ({ value: id, label: title })),
      ]}
      onChange={(event) => onChange({ protocol: event.currentTarget.value })}
    />
  );
}

function MemberField({ draft, onChange, field }: Props & { readonly field: 'applicant' | 'member' }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const members = useMemo(
    () =>
      [...state.members.values()]
        .filter(({ status }) =>
          field === 'member' ? status === 'active' : status === 'applicant' || status === 'waiting',
        )
        .sort((a, b) => a.number - b.number),
    [state.members, field],
  );
  if (members.length === 0) return <Alert variant="light">{t('new.noApplicants')}</Alert>;
  return (
    <NamedSelect
      label={field === 'member' ? t('new.member') : t('new.applicant')}
      value={draft[field]}
      rows={members}
      onChange={(id) => onChange({ [field]: id })}
    />
  );
}

function SpendFields({ draft, onChange }: Props) {
  const { t } = useTranslation('decisions');
  return (
    <Group align="flex-start">
      <AmountField
        key={draft.unit}
        label={t('new.amount')}
        value={draft.amount}
        unit={draft.unit}
        onChange={(amount) => onChange({ amount })}
      />
      <UnitField label={t('new.unit')} value={draft.unit} onChange={(unit) => onChange({ unit })} />
    </Group>
  );
}

function BuyFields({ draft, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const candidates = useMemo(
    () => [...state.resources.values()].filter((resource) => resource.status === 'sought'),
    [state.resources],
  );
  const chosen = state.resources.get(draft.resource);
  if (candidates.length === 0) return <Alert variant="light">{t('new.noResources')}</Alert>;
  return (
    <Group align="flex-start">
      <NamedSelect
        label={t('new.resource')}
        value={draft.resource}
        rows={candidates}
        onChange={(resource) => onChange({ resource, amount: state.resources.get(resource)?.amount ?? Number.NaN })}
      />
      {chosen !== undefined && (
        <AmountField
          key={chosen.id}
          label={t('new.amount')}
          value={draft.amount}
          unit={chosen.unit}
          onChange={(amount) => onChange({ amount })}
        />
      )}
    </Group>
  );
}

/** The text is chosen where it stands; here it is only shown. */
function EraseFields({ draft }: Props) {
  const { t } = useTranslation('decisions');
  if (draft.event === '') return <Alert variant="light">{t('new.noText')}</Alert>;
  return (
    <Input.Wrapper label={t('new.toErase')} labelElement="div">
      <Blockquote p="sm" mt={4}>
        <DetachedText of={draft.text as TextRef} />
      </Blockquote>
    </Input.Wrapper>
  );
}
