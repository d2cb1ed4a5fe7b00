import { useMemo } from 'react';
import { type Publishing, publishings } from '../../../shared/network/publication/queries';
import { useNetwork } from '../../app/network';
import { mentionsOf, useMentionedInAdopted, useMentionedInOpen } from './use-mentions';

/** The proposals that are about a page, open and where that is asked for adopted: they mention it, or would make it public. */
export function usePageDecisions(adopted = true): (page: string) => Publishing {
  const { state } = useNetwork();
  const inOpen = useMentionedInOpen('page');
  const inAdopted = useMentionedInAdopted('page', adopted);
  return useMemo(() => {
    const published = publishings(state);
    const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
    return (page) => {
      const found = published.get(page);
      return {
        open: both(mentionsOf(inOpen, page), found?.open ?? []),
        adopted: both(mentionsOf(inAdopted, page), found?.adopted ?? []),
      };
    };
  }, [state, inOpen, inAdopted]);
}
