import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose result depends on colours; the others need to run in one colour scheme only. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe-core finds on the page as it stands, in light and in dark: a line for each rule and element. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  await wear(page, 'light');
  const light = await run(page, { runOnly: { type: 'tag', values: STANDARDS } });
  await wear(page, 'dark');
  const dark = await run(page, { runOnly: { type: 'rule', values: COLOURS } });
  return [...light.map((line) => `light: ${line}`), ...dark.map((line) => `dark: ${line}`)];
}

/** Switches the colour scheme as the system would, and waits until every colour has changed. */
async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

declare const axe: { run(options: RunOptions): Promise<AxeResults> };

async function run(page: Page, options: RunOptions): Promise<readonly string[]> {
  // Evaluated by the debugger, so that the page's content security policy stays as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await source);
  return page.evaluate(
    async (options) => {
      const { violations } = await axe.run(options);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, html, failureSummary }) =>
            `${id} at ${target.join(' ')} in ${html.slice(0, 160)}: ${failureSummary ?? ''}`,
        ),
      );
    },
    { ...options, resultTypes: ['violations'] } satisfies RunOptions,
  );
}
