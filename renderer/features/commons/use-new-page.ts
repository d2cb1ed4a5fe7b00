import { useLocation } from 'wouter';
import { addPage } from '../../../shared/commons/pages';
import { useMe } from '../../app/network';
import { randomId } from '../../editor';
import { useCommons } from './commons-context';

/** Makes a page and opens it. */
export function useNewPage(): (title: string, parent: string | null) => void {
  const { index } = useCommons();
  const me = useMe();
  const [, navigate] = useLocation();
  return (title, parent) => {
    const id = randomId();
    addPage(index, { id, title, parent, by: me?.member ?? null, time: Date.now() });
    navigate(`/commons/${id}`);
  };
}
