import { DirectionProvider, MantineProvider, localStorageColorSchemeManager, useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Router, Switch, useLocation } from 'wouter';
import { deepLinkHash, parseDeepLink } from '../../shared/ipc/deep-link';
import type { EngineClient } from '../engine/client';
import { chooseLanguage, directionOf, setLanguage } from '../i18n/i18n';
import { getPlatform } from '../platform';
import { cssVariables, theme } from '../ui/theme';
import { Attention } from './attention';
import { EngineProvider } from './engine';
import { Founding, Join, Restore, Settings, Start } from './features';
import { Guarded } from './guarded';
import { useHashLocation } from './hash-location';
import { NetworkRoutes } from './network-routes';
import { NotFound } from './not-found';
import { OpenNetwork } from './open-network';
import { PlainLayout } from './plain-layout';
import { preferences } from './preferences';
import { ShownRoute } from './shown-route';
import { OneWindow } from './taken-over';

const colorScheme = localStorageColorSchemeManager({ key: 'peerhold-color-scheme' });

export function App({ engine }: { readonly engine: EngineClient }) {
  return (
    <DirectionProvider detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
      >
        <Notifications position="bottom-right" />
        <EngineProvider value={engine}>
          <Preferences />
          <ShownRoute>
            {/* oxlint-disable-next-line react/hooks -- wouter takes its hook as a value and calls it as one */}
            <Router hook={useHashLocation}>
              <DeepLinks />
              <ShellEvents />
              <Attention />
              <OneWindow>
                <Switch>
                  <Route path="/n/:network" nest>
                    {({ network }) => (
                      <OpenNetwork key={network} id={network}>
                        <NetworkRoutes />
                      </OpenNetwork>
                    )}
                  </Route>
                  <Route>
                    <PlainLayout>
                      <PlainRoutes />
                    </PlainLayout>
                  </Route>
                </Switch>
              </OneWindow>
            </Router>
          </ShownRoute>
        </EngineProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function PlainRoutes() {
  return (
    <Guarded>
      <Switch>
        <Route path="/" component={Start} />
        <Route path="/join/:link?" component={Join} />
        <Route path="/restore" component={Restore} />
        <Route path="/found" component={Founding} />
        <Route path="/settings" component={Settings} />
        <Route component={NotFound} />
      </Switch>
    </Guarded>
  );
}

/** Applies the person's language, direction and text size to the document. */
function Preferences() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const chosen = preferences((state) => state.language);
  const scale = preferences((state) => state.textScale);
  const language = chooseLanguage(chosen, navigator.languages);
  useEffect(() => {
    if (i18n.language !== language) void setLanguage(language);
    document.documentElement.lang = language;
    setDirection(directionOf(language));
  }, [i18n, language, setDirection]);
  useEffect(() => {
    document.documentElement.style.setProperty('--peerhold-text-scale', String(scale));
  }, [scale]);
  return null;
}

/** An invite that the app was opened with leads to the join screen, where the person confirms. */
function DeepLinks() {
  const [, navigate] = useLocation();
  useEffect(
    () =>
      getPlatform().onDeepLink((url) => {
        const link = parseDeepLink(url);
        // In a browser the link is the route itself: nothing to do when the person is there already.
        if (link === undefined || window.location.hash === deepLinkHash(link)) return;
        navigate(`/join/${link.payload}`);
      }),
    [navigate],
  );
  return null;
}

/** What the person chose outside of the page: the settings in the application's menu, or a notice. */
function ShellEvents() {
  const [, navigate] = useLocation();
  useEffect(
    () =>
      getPlatform().onShellEvent((event) => {
        if (event.kind === 'settings') navigate('/settings');
        else if (event.kind === 'notice') navigate(`/n/${event.tag}`);
      }),
    [navigate],
  );
  return null;
}
