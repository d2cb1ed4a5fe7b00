import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { NETWORK_KEY } from '../../shared/network/state';
import type { Clause } from '../../shared/network/why';
import { useNetwork } from '../app/network';

/** Names the protocol, as it stood in its version of the agreement, that a rule comes from, and leads to it. */
export function ClauseLink({ clause }: { readonly clause: Clause }) {
  const { t } = useTranslation('ui');
  const { state } = useNetwork();
  const version = state.versions.get(clause.version);
  const protocol = version?.protocols.find((each) => each.id === clause.protocol);
  const isPast = version !== undefined && version.id !== state.network.get(NETWORK_KEY)?.version;
  const past = isPast ? `view=versions&read=${version.id}&` : '';
  return (
    <Text component="p" m={0}>
      {t('why.clause')}{' '}
      <Anchor component={Link} href={`/agreement?${past}protocol=${clause.protocol}`} inherit underline="always">
        {protocol?.title ?? clause.protocol}
      </Anchor>
      {version !== undefined && (
        <Text span c="dimmed" inherit>
          {' '}
          {t('why.version', { number: version.number })}
        </Text>
      )}
    </Text>
  );
}
