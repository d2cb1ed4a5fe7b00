import { useMemo } from 'react';
import { type Page, discussionDoc } from '../../../shared/commons/pages';
import { pageCertainty } from '../../../shared/network/certainty/pages';
import { publishingOf } from '../../../shared/network/publication/queries';
import { type OpenDoc, useDoc } from '../../app/docs';
import { useNetwork } from '../../app/network';
import { useNetworkNow } from '../../app/network-now';
import { useDocHistory } from '../../editor/history/use-history';
import { CertaintyView, mentionsOf, useMentionedInAdopted, useMentionedInOpen } from '../../ui/certainty';

/** How certain members are of a page, once it is known when it was written and talked about. */
export function PageCertainty({ page, doc, title }: { page: Page; doc: OpenDoc; title: string }) {
  const now = useNetworkNow();
  const text = useDocHistory(doc).changes;
  const talk = useDocHistory(useDoc(discussionDoc(page.id))).changes;
  const { state } = useNetwork();
  const inOpen = mentionsOf(useMentionedInOpen('page'), page.id);
  const inAdopted = mentionsOf(useMentionedInAdopted('page'), page.id);
  const certainty = useMemo(() => {
    if (text === undefined || talk === undefined) return undefined;
    const { open, adopted } = publishingOf(state, page.id);
    const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
    const decisions = { open: both(inOpen, open), adopted: both(inAdopted, adopted) };
    return pageCertainty({ now, made: page.time, ...decisions, text, talk });
  }, [now, page.id, page.time, inOpen, inAdopted, state, text, talk]);
  if (certainty === undefined) return null;
  return <CertaintyView certainty={certainty} of={title} />;
}
