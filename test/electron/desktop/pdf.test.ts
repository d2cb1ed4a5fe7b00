import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundNetwork, goTo } from '../../e2e/kit/steps';
import { bootForAll, type Run } from '../boot';

let run: Run;
bootForAll((booted) => ({ run } = booted));

/** Only what is not compressed in it: its version, its marks, its outline. */
const readAsLatin = async (path: string): Promise<string> => (await readFile(path)).toString('latin1');

test('a page is saved as a tagged PDF where the person says, and nothing when they cancel', async () => {
  const { page, world } = run;
  await foundNetwork(run, 'Mill House', 'Ana');
  await goTo(run, 'Commons');
  await page.getByRole('button', { name: 'Write the first page' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('House: manual');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('textbox', { name: /^Text of/ }).click();
  await page.keyboard.type('The key hangs behind the green shutter.');
  await page.getByRole('button', { name: 'Page actions' }).click();
  await page.getByRole('menuitem', { name: 'Export or print' }).click();
  await page.getByRole('button', { name: 'Print', exact: true }).waitFor();

  world.savePath = undefined;
  await page.getByRole('button', { name: 'PDF (.pdf)' }).click();
  await page.getByText('It was not saved.').waitFor();
  world.savePath = join(run.home, 'page.pdf');
  await page.getByRole('button', { name: 'PDF (.pdf)' }).click();
  await page.getByText('Saved: House: manual.pdf').waitFor();
  expect(world.saveDialogs.at(-1)).toEqual({ defaultPath: 'House_ manual.pdf' });
  const pdf = await readAsLatin(world.savePath);
  expect(pdf).toMatch(/^%PDF-1\.\d/);
  expect(pdf).toContain('/StructTreeRoot');
  // Of the screen around the page nothing is on the paper: one heading, and one sheet.
  expect(pdf.match(/\/Type ?\/Page\b/g)).toHaveLength(1);
});
