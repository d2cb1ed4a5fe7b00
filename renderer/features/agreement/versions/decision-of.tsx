import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { useNetwork } from '../../../app/network';
import { DetachedText } from '../../../ui';

/** The decision that a version was adopted by, or the founding. */
export function DecisionOf({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const proposal = state.proposals.get(version.id);
  if (proposal === undefined) return <>{t('founding')}</>;
  return (
    <Anchor component={Link} href={`/decisions/${proposal.id}`} inherit>
      <DetachedText of={proposal.title} />
    </Anchor>
  );
}
