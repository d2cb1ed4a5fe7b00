import { Anchor, Stack, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Proposal } from '../../../../shared/network/decisions/model';
import { type Distribute, partsOf } from '../../../../shared/network/distribution/parts';
import { partsIn } from '../../../../shared/network/distribution/queries';
import { termsOf } from '../../../../shared/network/distribution/terms';
import { useNetwork } from '../../../app/network';
import { DetachedText, Money } from '../../../ui';
import { GivenTable } from './given-table';
import { PartsTable } from './parts-table';

/** What each would get as things are now; once sealed, what each gets and what of it is paid. */
export function DistributeView({ proposal, effect }: { readonly proposal: Proposal; readonly effect: Distribute }) {
  const { t } = useTranslation('distribution');
  const { state } = useNetwork();
  const terms = termsOf(state, proposal);
  const given = partsIn(state, proposal.id);
  const isPending = proposal.status === 'open' || (proposal.status === 'adopted' && proposal.sealed === undefined);
  return (
    <Stack gap="sm">
      <Text>
        <Trans
          t={t}
          i18nKey="effect"
          components={{ sum: <Money amount={effect.amount} unit={effect.unit} fw={600} /> }}
        />
      </Text>
      {effect.resource !== undefined && (
        <Text size="sm" component="div">
          {t('sharesIn')}{' '}
          <Anchor component={Link} href={`/resources/${effect.resource}`} inherit underline="always">
            <DetachedText of={state.resources.get(effect.resource)?.name} />
          </Anchor>
        </Text>
      )}
      {isPending && (
        <>
          <Text size="sm">{t('untilSealed')}</Text>
          <PartsTable
            parts={partsOf(state, effect, terms)}
            amount={effect.amount}
            unit={effect.unit}
            basis={terms.basis}
          />
        </>
      )}
      {!isPending && proposal.status === 'adopted' && (
        <>
          {given.length === 0 ? <Text>{t(`nobody.${terms.basis}`)}</Text> : <GivenTable parts={given} />}
          {given.length > 0 && <Text size="sm">{t('pays')}</Text>}
        </>
      )}
    </Stack>
  );
}
