import type { BrowserContext, Page } from 'playwright-core';

const CHANNEL = 'held-by-test';

/**
 * Put behind the built engine's script: the check of the signature over this id waits until it is let go, as on a slow machine. The check
 * itself is the browser's own.
 */
const SLOW = `
;(() => {
  const own = SubtleCrypto.prototype.verify;
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  let held = null;
  let waiting = [];
  SubtleCrypto.prototype.verify = async function (algorithm, key, signature, data) {
    if (held !== null && hex(data) === held) await new Promise((go) => waiting.push(go));
    return own.call(this, algorithm, key, signature, data);
  };
  new BroadcastChannel('${CHANNEL}').onmessage = (event) => {
    held = event.data;
    if (held !== null) return;
    for (const go of waiting.splice(0)) go();
  };
})();
`;

/** Makes the checks of signatures in every window of this browser holdable. */
export async function makeHoldable(context: BrowserContext): Promise<void> {
  await context.route(/\/worker-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}${SLOW}` });
  });
}

/** Has the check of this event's signature wait, until `letGo`. */
export const hold = (page: Page, id: string): Promise<void> => say(page, id);
export const letGo = (page: Page): Promise<void> => say(page, null);

function say(page: Page, held: string | null): Promise<void> {
  return page.evaluate(
    ([name, message]) => {
      const channel = new BroadcastChannel(name);
      channel.postMessage(message);
      channel.close();
    },
    [CHANNEL, held] as const,
  );
}
