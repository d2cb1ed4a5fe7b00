import { useEffect } from 'react';
import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AGREEMENT_DOC, isSeeded } from '../../../../shared/commons/draft';
import type { AgreementVersion, ProtocolSpec } from '../../../../shared/network/agreement/model';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import type { Draft } from '../../../../shared/record/text';
import { type OpenDoc, useDoc, useDocValue } from '../../../app/docs';
import { useNetwork } from '../../../app/network';
import { ErrorState, Loading } from '../../../ui';
import { ReviewContent } from './draft-review';
import { useReview } from './use-review';

interface Props {
  /** Gets the protocols to adopt whenever they change; null while there are none. */
  readonly onChange: (protocols: readonly Draft<ProtocolSpec>[] | null) => void;
}

/** For a proposal to adopt the draft: what it would change, and the protocols that the proposal will carry. */
export default function DraftChanges({ onChange }: Props) {
  const { state } = useNetwork();
  const open = useDoc(AGREEMENT_DOC);
  const inForce = versionInForce(state);
  if (open !== null && open.problem !== undefined) return <ErrorState error={open.problem} />;
  if (open === null || !open.synced || inForce === undefined) return <Loading />;
  return <ChangesOf open={open} inForce={inForce} onChange={onChange} />;
}

function ChangesOf({
  open,
  inForce,
  onChange,
}: Props & { readonly open: OpenDoc; readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const seeded = useDocValue(open, isSeeded) === true;
  const review = useReview(open, inForce);
  const { proposal, changed } = review;
  useEffect(() => onChange(seeded ? proposal : null), [onChange, seeded, proposal]);
  if (!seeded || !changed)
    return (
      <Alert variant="light">
        {seeded ? t('draft.nothing') : t('draft.startText')}{' '}
        <Anchor component={Link} href="/agreement?view=draft" inherit underline="always">
          {t('draft.go')}
        </Anchor>
      </Alert>
    );
  return <ReviewContent open={open} review={review} number={inForce.number} />;
}
