import { useMemo } from 'react';
import { type Page, discussionDoc } from '../../../shared/commons/pages';
import { pageCertainty } from '../../../shared/network/certainty/pages';
import { type OpenDoc, useDoc } from '../../app/docs';
import { useNetworkNow } from '../../app/network-now';
import { useDocHistory } from '../../editor/history/use-history';
import { CertaintyView, mentionsOf, useMentionedInAdopted, useMentionedInOpen } from '../../ui/certainty';

/** How certain members are of a page, once it is known when it was written and talked about. */
export function PageCertainty({ page, doc, title }: { page: Page; doc: OpenDoc; title: string }) {
  const now = useNetworkNow();
  const text = useDocHistory(doc).changes;
  const talk = useDocHistory(useDoc(discussionDoc(page.id))).changes;
  const open = mentionsOf(useMentionedInOpen('page'), page.id);
  const adopted = mentionsOf(useMentionedInAdopted('page'), page.id);
  const certainty = useMemo(
    () =>
      text === undefined || talk === undefined
        ? undefined
        : pageCertainty({ now, made: page.time, open, adopted, text, talk }),
    [now, page.time, open, adopted, text, talk],
  );
  if (certainty === undefined) return null;
  return <CertaintyView certainty={certainty} of={title} />;
}
