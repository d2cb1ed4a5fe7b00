import type { App } from './app';

/** Opens the sample network from the first screen; gives the address of its home. */
export async function openSample(app: App): Promise<string> {
  const { page } = app;
  await page.getByRole('button', { name: 'Open the sample network' }).click();
  await page.getByRole('heading', { name: 'What needs you' }).waitFor({ timeout: 60_000 });
  return page.url().replace(/\/$/, '');
}
