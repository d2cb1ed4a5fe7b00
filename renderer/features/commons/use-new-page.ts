import { useLocation } from 'wouter';
import type { Beginning } from '../../../shared/commons/beginning';
import { addPage } from '../../../shared/commons/pages';
import { useMe, useNetworkStore } from '../../app/network';
import { randomId } from '../../editor';
import { useCommons } from './commons-context';

export interface NewPage {
  readonly title: string;
  readonly parent: string | null;
  /** Null: with nothing. */
  readonly beginning: Beginning | null;
}

/** Makes a page and opens it. Rejects where what it begins with can not be written; then there is no page. */
export function useNewPage(): (page: NewPage) => Promise<void> {
  const { index, setMade } = useCommons();
  const { engine, id: network } = useNetworkStore();
  const me = useMe();
  const [, navigate] = useLocation();
  return async ({ title, parent, beginning }) => {
    const id = randomId();
    if (beginning !== null) await engine.beginPage(network, id, beginning);
    addPage(index, { id, title, parent, by: me?.member ?? null, time: Date.now() });
    setMade(id);
    navigate(`/commons/${id}`);
  };
}
