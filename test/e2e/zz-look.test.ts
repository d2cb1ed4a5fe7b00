import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { App } from './kit/app';
import { foundNetwork, goTo, joinNetwork, makeInvite } from './kit/steps';
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const apps: App[] = [];
afterAll(async () => {
  await Promise.all(apps.map((a) => a.end()));
});
async function axe(app: App, name: string) {
  await app.page.evaluate(AXE);
  const v = await app.page.evaluate(async () =>
    (await (globalThis as any).axe.run()).violations.map(
      (x: any) =>
        `${x.id}: ${x.nodes
          .slice(0, 3)
          .map((n: any) => n.html.slice(0, 160) + ' :: ' + n.failureSummary.slice(0, 200))
          .join(' | ')}`,
    ),
  );
  console.log('AXE', name, JSON.stringify(v, null, 1));
}
const shot = (app: App, name: string) => app.page.screenshot({ path: `/tmp/commons-try/${name}.png` });
const text = (app: App) => app.page.getByRole('textbox', { name: /^Text of/ });
it('again', async () => {
  const [anna, ben] = await Promise.all([App.start('anna'), App.start('ben')]);
  apps.push(anna, ben);
  await foundNetwork(anna, 'Oak House', 'Anna');
  await joinNetwork(ben, await makeInvite(anna), 'Ben', 'Oak House');
  await goTo(anna, 'Commons');
  const { page } = anna;
  for (let i = 0; i < 30; i++) {
    await page.getByRole('button', { name: 'New page', exact: true }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill(`Page number ${i}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Page number ${i}` }).waitFor();
  }
  await text(anna).click();
  await page.keyboard.type('# Quiet hours\nAfter ten we keep it quiet.\n> As we said in spring.\n\n\nMore', {
    delay: 5,
  });
  await page.waitForTimeout(800);
  await goTo(anna, 'Home');
  await goTo(ben, 'Commons');
  await ben.page
    .getByRole('treeitem', { name: 'Page number 29' })
    .scrollIntoViewIfNeeded()
    .catch(() => {});
  await ben.page.getByPlaceholder('Search titles').fill('29');
  await ben.page.getByRole('treeitem', { name: 'Page number 29' }).click();
  await text(ben).click();
  await ben.page.keyboard.press('Control+Home');
  await ben.page.keyboard.press('ArrowDown');
  await ben.page.keyboard.press('End');
  for (let i = 0; i < 6; i++) await ben.page.keyboard.press('Backspace');
  await ben.page.keyboard.type('very quiet.', { delay: 30 });
  await ben.page.waitForTimeout(1500);
  await goTo(anna, 'Commons');
  await shot(anna, 'start');
  await axe(anna, 'start');
  await page.getByRole('link', { name: 'Page number 29' }).click();
  await page.waitForTimeout(2000);
  await shot(anna, 'news');
  await axe(anna, 'news');
  await page.getByRole('button', { name: 'See what changed' }).click();
  await page.waitForTimeout(800);
  await shot(anna, 'changes');
  await axe(anna, 'changes');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Page actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.waitForTimeout(500);
  await shot(anna, 'deleted');
  await axe(anna, 'deleted');
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  await page.getByRole('button', { name: 'History' }).click();
  await page.waitForTimeout(800);
  await shot(anna, 'changes-dark');
  await axe(anna, 'changes-dark');
  console.log(anna.faults, ben.faults);
}, 100000);
