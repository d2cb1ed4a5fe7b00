import { Route, Switch } from 'wouter';
import { NewResourcePage } from './new-resource-page';
import { PipelinePage } from './pipeline-page';
import { ResourcePage } from './resource-page';

/** Everything under `/resources`. */
export function ResourcesRoutes() {
  return (
    <Switch>
      <Route path="/resources" component={PipelinePage} />
      <Route path="/resources/new" component={NewResourcePage} />
      <Route path="/resources/:id/*?">{({ id }) => <ResourcePage key={id} id={id} />}</Route>
    </Switch>
  );
}
