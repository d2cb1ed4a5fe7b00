import { useMemo } from 'react';
import { type Page, discussionDoc } from '../../../shared/commons/pages';
import { pageCertainty } from '../../../shared/network/certainty/pages';
import { type OpenDoc, useDoc } from '../../app/docs';
import { useNetworkNow } from '../../app/network-now';
import { useDocHistory } from '../../editor/history/use-history';
import { CertaintyView, usePageDecisions } from '../../ui/certainty';

/** How certain members are of a page, once it is known when it was written and talked about. */
export function PageCertainty({ page, doc, title }: { page: Page; doc: OpenDoc; title: string }) {
  const now = useNetworkNow();
  const text = useDocHistory(doc).changes;
  const talk = useDocHistory(useDoc(discussionDoc(page.id))).changes;
  const decisionsOn = usePageDecisions();
  const certainty = useMemo(() => {
    if (text === undefined || talk === undefined) return undefined;
    return pageCertainty({ now, made: page.time, ...decisionsOn(page.id), text, talk });
  }, [now, page.id, page.time, decisionsOn, text, talk]);
  if (certainty === undefined) return null;
  return <CertaintyView certainty={certainty} of={title} />;
}
