import { Text } from '@mantine/core';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Parameters, ProtocolKind } from '../../../../shared/network/agreement/model';
import type { Names } from '../use-words';
import { AdmissionForm } from './admission-form';
import { DecisionsForm } from './decisions-form';
import { DistributionForm } from './distribution-form';
import type { FormProps } from './form-props';
import { LeavingForm } from './leaving-form';
import { MeetingForm } from './meeting-form';
import { MembershipForm } from './membership-form';
import { ContributionsForm, OwnershipForm, SpendingForm } from './money-forms';
import { PublicationForm } from './publication-form';
import { SealingForm } from './sealing-form';
import { UseForm } from './use-form';

const forms: { readonly [K in ProtocolKind]: ComponentType<FormProps<K>> | null } = {
  purpose: null,
  practice: null,
  membership: MembershipForm,
  admission: AdmissionForm,
  decisions: DecisionsForm,
  spending: SpendingForm,
  contributions: ContributionsForm,
  ownership: OwnershipForm,
  distribution: DistributionForm,
  sealing: SealingForm,
  publication: PublicationForm,
  leaving: LeavingForm,
  meeting: MeetingForm,
  use: UseForm,
};

/** Whether protocols of this kind have parameters at all. */
export function hasParameters(kind: ProtocolKind): boolean {
  return forms[kind] !== null;
}

/** Edits the parameters of one protocol, each with what it means. Controlled; check the outcome with `parametersOf(kind)`. */
export function ParametersForm<K extends ProtocolKind>(props: {
  kind: K;
  params: Parameters<K>;
  onChange: (params: Parameters<K>) => void;
  names: Names;
  unit: string;
}) {
  const { t } = useTranslation('templates');
  const Form: ComponentType<FormProps<K>> | null = forms[props.kind];
  if (Form === null) return <Text size="sm">{t('parameters.none')}</Text>;
  return <Form params={props.params} onChange={props.onChange} names={props.names} unit={props.unit} />;
}
