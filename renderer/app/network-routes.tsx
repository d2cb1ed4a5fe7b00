import { Route, Switch } from 'wouter';
import {
  Agreement,
  Backup,
  Bundles,
  Commons,
  Decisions,
  Home,
  Ledger,
  Members,
  NetworkSettings,
  Record,
  Resources,
  Seals,
  Search,
} from './features';
import { Guarded } from './guarded';
import { NotFound } from './not-found';
import { NetworkShell } from './shell/network-shell';

/** The screens of a network, by the first part of their address; each feature routes what follows. */
export function NetworkRoutes() {
  return (
    <NetworkShell>
      <Guarded>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/agreement/*?" component={Agreement} />
          <Route path="/commons/*?" component={Commons} />
          <Route path="/decisions/*?" component={Decisions} />
          <Route path="/members/*?" component={Members} />
          <Route path="/ledger/*?" component={Ledger} />
          <Route path="/resources/*?" component={Resources} />
          <Route path="/record/*?" component={Record} />
          <Route path="/search" component={Search} />
          <Route path="/seals" component={Seals} />
          <Route path="/bundles" component={Bundles} />
          <Route path="/backup" component={Backup} />
          <Route path="/settings" component={NetworkSettings} />
          <Route component={NotFound} />
        </Switch>
      </Guarded>
    </NetworkShell>
  );
}
