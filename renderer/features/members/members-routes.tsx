import { Route, Switch } from 'wouter';
import { MemberPage } from './member-page';
import { MembersPage } from './members-page';

/** Everything under `/members`. */
export function MembersRoutes() {
  return (
    <Switch>
      <Route path="/members/:id">{({ id }) => <MemberPage key={id} id={id} />}</Route>
      <Route>
        <MembersPage />
      </Route>
    </Switch>
  );
}
