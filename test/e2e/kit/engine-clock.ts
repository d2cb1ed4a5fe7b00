import type { BrowserContext } from 'playwright-core';

const DAY = 86_400_000;

/** Has the engine's clock stand behind by as many days as it is told, from the next window on: it runs in a worker, whose clock no page can set. */
export function engineClock(daysBehind: () => number): (context: BrowserContext) => Promise<void> {
  return async (context) => {
    await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      const script = `{ const now = Date.now.bind(Date); Date.now = () => now() - ${daysBehind() * DAY}; }\n`;
      await route.fulfill({ response, body: script + (await response.text()) });
    });
  };
}
