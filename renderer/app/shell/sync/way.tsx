import { useTranslation } from 'react-i18next';
import type { PeerStatus } from '../../../../shared/engine/contract';

/** Words for where a connection's packets go, and for by what the two found each other. */
export function useWay() {
  const { t } = useTranslation('sync');
  return {
    route: ({ route }: Pick<PeerStatus, 'route'>): string => t(`route.${route ?? 'unknown'}`),
    /** Null where nobody had to be found. */
    met: ({ met }: Pick<PeerStatus, 'met'>): string | null => {
      if (met === null) return null;
      if (met.by === 'hand') return t('met.hand');
      return t(`met.${('kind' in met ? met.kind : null) ?? 'place'}`, { address: met.address });
    },
  };
}
