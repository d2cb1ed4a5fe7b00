import { Route, Switch, useSearchParams } from 'wouter';
import { AccountPage } from './account-page';
import { EntryPage } from './entry-page';
import { LedgerPage } from './ledger-page';
import { NewEntryPage } from './new-entry-page';

/** Everything under `/ledger`; `/ledger?account=…` is the page of one account. */
export function LedgerRoutes() {
  const [search] = useSearchParams();
  const account = search.get('account');
  return (
    <Switch>
      <Route path="/ledger">
        {account === null ? <LedgerPage /> : <AccountPage key={account} account={account} />}
      </Route>
      <Route path="/ledger/new">
        <NewEntryPage />
      </Route>
      <Route path="/ledger/:id/*?">{({ id }) => <EntryPage key={id} id={id} />}</Route>
    </Switch>
  );
}
