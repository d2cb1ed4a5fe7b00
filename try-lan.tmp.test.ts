
import { it } from 'vitest';
import { App } from './test/e2e/kit/app';
for (const what of ['worker-', 'start-', 'index-']) it(what, async () => {
  const ana = await App.start('ana');
  try {
    let n = 0;
    await ana.page.route('**/assets/' + what + '*.js', (r) => (n++ === 0 ? r.abort('networkchanged' as never) : r.continue()).catch(() => r.abort()));
    await ana.page.reload().catch((e) => console.log(String(e)));
    await new Promise((r) => setTimeout(r, 4000));
    console.log(what, n, ana.faults, (await ana.page.locator('body').innerText()).slice(0, 300));
  } finally { await ana.end(); }
}, 60000);
