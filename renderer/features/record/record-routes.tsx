import { Route, Switch } from 'wouter';
import { EventPage } from './event-page';
import { RecordPage } from './record-page';

/** Everything under `/record`. */
export function RecordRoutes() {
  return (
    <Switch>
      <Route path="/record/:event">{({ event }) => <EventPage key={event} id={event} />}</Route>
      <Route>
        <RecordPage />
      </Route>
    </Switch>
  );
}
