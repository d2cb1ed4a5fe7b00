import { Route, Switch, useSearch } from 'wouter';
import { ListPage } from './list-page';
import { NewProposalPage } from './new/new-proposal-page';
import { ProposalPage } from './proposal-page';
import { RhythmPage } from './rhythm-page';

/** Everything under `/decisions`. */
export function DecisionsRoutes() {
  // What a link asks for is what the form starts from: another link, another form.
  const search = useSearch();
  return (
    <Switch>
      <Route path="/decisions">
        <ListPage />
      </Route>
      <Route path="/decisions/new">
        <NewProposalPage key={search} search={search} />
      </Route>
      <Route path="/decisions/rhythm">
        <RhythmPage />
      </Route>
      <Route path="/decisions/:id">{({ id }) => <ProposalPage key={id} id={id} />}</Route>
    </Switch>
  );
}
