import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { versionInForce } from '../../../shared/network/agreement/queries';
import { type Discussion, type Judged, discussionOf } from '../../../shared/network/certainty/discussion';
import { useNetwork } from '../../app/network';
import { usePageCertainties } from './use-page-certainties';
import { useProtocolCertainties } from './use-protocol-certainties';

export interface Judgement extends Discussion {
  /** Whether the pages are among it. */
  readonly whole: boolean;
  readonly error: unknown;
}

/** What needs more discussion of the agreement in force and the pages. `adopted`: as `usePageCertainties`. */
export function useDiscussion(adopted = true): Judgement {
  const { t } = useTranslation('commons');
  const { state } = useNetwork();
  const certainties = useProtocolCertainties();
  const { pages, error } = usePageCertainties(adopted);
  const version = versionInForce(state);
  return useMemo(() => {
    const protocols = (version?.protocols ?? []).flatMap(({ id, title }): Judged[] => {
      const certainty = certainties.get(id);
      return certainty === undefined ? [] : [{ kind: 'protocol', id, title, certainty }];
    });
    const judged = (pages ?? []).map(({ page: { id, title }, certainty }): Judged => ({
      kind: 'page',
      id,
      title: title === '' ? t('untitled') : title,
      certainty,
    }));
    return { ...discussionOf([...protocols, ...judged]), whole: pages !== undefined, error };
  }, [version, certainties, pages, error, t]);
}

export const placeOf = ({ kind, id }: Judged): string =>
  kind === 'page' ? `/commons/${id}` : `/agreement?protocol=${id}`;
