import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { COMMONS_DOC, allPages, pageTree } from '../../../shared/commons/pages';
import { useDoc, useDocValue } from '../../app/docs';
import { Diverged } from '../../editor';
import { ErrorState } from '../../ui/errors';
import { Loading } from '../../ui/loading';
import classes from './commons.module.css';
import { CommonsStart } from './commons-start';
import { type Commons, CommonsContext } from './commons-context';
import { PageView } from './page-view';
import { Sidebar } from './sidebar';

/** Everything under `/commons`: the tree of pages, and beside it the page that is open. */
export function CommonsRoutes() {
  const { t } = useTranslation('commons');
  const open = useDoc(COMMONS_DOC);
  const tree = useDocValue(open, pageTree);
  const all = useDocValue(open, allPages);
  const [tag, setTag] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const index = open?.doc;
  const commons = useMemo<Commons | null>(
    () =>
      index === undefined || tree === undefined || all === undefined
        ? null
        : { index, tree, all, tag, setTag, made, setMade },
    [index, tree, all, tag, made],
  );
  const body = useCallback(
    (page: string | null) => (
      <div className={classes['layout']} data-page={page !== null}>
        <Sidebar current={page} />
        <section className={classes['page']} aria-label={t('page')}>
          <Diverged doc={COMMONS_DOC} />
          {page === null ? <CommonsStart /> : <PageView key={page} id={page} />}
        </section>
      </div>
    ),
    [t],
  );
  if (open?.problem !== undefined) return <ErrorState error={open.problem} />;
  if (commons === null) return <Loading wholeScreen />;
  return (
    <CommonsContext value={commons}>
      <Switch>
        <Route path="/commons/:page">{({ page }) => body(page)}</Route>
        <Route>{body(null)}</Route>
      </Switch>
    </CommonsContext>
  );
}
