import { app } from 'electron';
import { openExternalUrl } from './external';
import { isPageUrl } from './page';

/** No web contents of this app ever show anything but its page, open a window, or embed one. */
export function setupNavigation(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isPageUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isPageUrl(event.url)) event.preventDefault();
    });
    // Nothing that the app serves redirects.
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      // A link with a target in a page of the commons; the person's browser opens it if it is a safe one.
      void openExternalUrl(url).catch(() => undefined);
      return { action: 'deny' };
    });
  });
}
