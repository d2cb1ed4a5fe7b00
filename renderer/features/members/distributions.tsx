import { Anchor, List, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type GivenPart, partsFor } from '../../../shared/network/distribution/queries';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { DetachedText, Money, WhyButton, WithRight, formatAmount, useLocale } from '../../ui';

/** What distributions gave a member: what is still to be paid, and what was. */
export function Distributions({ member }: { readonly member: string }) {
  const { t } = useTranslation('distribution');
  const { state } = useNetwork();
  const parts = partsFor(state, member);
  if (parts.length === 0) return null;
  return (
    <section aria-labelledby="distributions">
      <Title order={2} id="distributions" mb="xs">
        {t('title')}
      </Title>
      <List>
        {parts.map((given) => (
          <List.Item key={given.part.id}>
            <Anchor component={Link} href={`/decisions/${given.decision}`}>
              <DetachedText of={state.proposals.get(given.decision)?.title} />
            </Anchor>
            : <Money amount={given.part.amount} unit={given.part.unit} fw={600} />
            {', '}
            {given.open === 0 ? (
              t('paid')
            ) : (
              <>
                {t('stillOpen')} <Money amount={given.open} unit={given.part.unit} />
              </>
            )}{' '}
            <WhyButton why={given.part.why} label={t('why')} /> <Pay given={given} />
          </List.Item>
        ))}
      </List>
    </section>
  );
}

/** For who writes in the ledger: the form for the payment, filled in. The form is for the unit of the books alone. */
function Pay({ given: { part, decision, open } }: { readonly given: GivenPart }) {
  const { t } = useTranslation('distribution');
  const { state } = useNetwork();
  const locale = useLocale();
  const isForForm = part.unit === state.network.get(NETWORK_KEY)?.unit;
  const isMember = state.members.get(part.member)?.status === 'active';
  if (open === 0 || !isForForm || !isMember) return null;
  const filled = new URLSearchParams({
    what: 'transfer',
    from: 'bank',
    to: `member:${part.member}`,
    amount: formatAmount(open, part.unit, locale),
    allowance: decision,
  });
  return (
    <WithRight right="post" what={t('recordWhat')}>
      <Anchor component={Link} href={`/ledger/new?${filled}`} size="sm">
        {t('record')}
      </Anchor>
    </WithRight>
  );
}
