import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '../../../shared/network/resources/model';
import { useAct, useNetwork, useText } from '../../app/network';
import { ConfirmButton, WithRight, formatAmount, useLocale } from '../../ui';
import { ProposeToBuy } from './propose-to-buy';

interface Props {
  readonly resource: Resource;
  readonly me: string | undefined;
}

/** What moves the resource on from where it stands, and who can do it. */
export function NextStep({ resource, me }: Props) {
  const { t } = useTranslation('resources');
  const act = useAct();
  if (resource.status === 'held' || resource.status === 'dropped') return null;
  return (
    <Stack gap="sm" align="flex-start">
      <Text maw="var(--peerhold-measure)">{t(`status.${resource.status}.next`)}</Text>
      <Group>
        {resource.status === 'sought' && (
          <WithRight right="propose" what={t('propose.button')}>
            <ProposeToBuy resource={resource} />
          </WithRight>
        )}
        {resource.status === 'deciding' && resource.proposal !== undefined && (
          <Button component={Link} href={`/decisions/${resource.proposal}`}>
            {t('next.decision')}
          </Button>
        )}
        {resource.status === 'agreed' && (
          <WithRight right="post" what={t('next.purchase')}>
            <RecordPurchase resource={resource} />
          </WithRight>
        )}
        {resource.status === 'sought' && resource.by === me && (
          <ConfirmButton
            title={t('drop.title')}
            text={t('drop.text')}
            onConfirm={() => act('resource.drop', { resource: resource.id })}
          >
            {t('drop.button')}
          </ConfirmButton>
        )}
      </Group>
    </Stack>
  );
}

/** Leads to the ledger's form, filled in with what was decided. */
function RecordPurchase({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const { allowances } = useNetwork().state;
  const locale = useLocale();
  const name = useText(resource.name) ?? '';
  const allowance = allowances.get(resource.proposal ?? '');
  const amount = Math.min(resource.amount, allowance?.amount ?? resource.amount);
  const filled = new URLSearchParams({
    what: 'purchase',
    resource: resource.id,
    allowance: allowance?.id ?? '',
    amount: formatAmount(amount, resource.unit, locale),
    memo: t('next.purchaseMemo', { name }),
  });
  return (
    <Button component={Link} href={`/ledger/new?${filled}`}>
      {t('next.purchase')}
    </Button>
  );
}
