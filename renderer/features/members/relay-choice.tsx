import { Checkbox, type CheckboxProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { parametersInForce } from '../../../shared/network/agreement/queries';
import { useNetwork } from '../../app/network';

/** Asks whether whoever has the link may use the relay that the agreement lists; where it lists none there is nothing to ask. */
export function RelayChoice({ checkbox }: { readonly checkbox: CheckboxProps }) {
  const { t } = useTranslation('members');
  const turn = parametersInForce(useNetwork().state, 'meeting')?.turn ?? [];
  if (turn.length === 0) return null;
  return <Checkbox label={t('relayChoice.label')} description={t('relayChoice.hint')} {...checkbox} />;
}
