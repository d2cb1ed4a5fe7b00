import { afterAll, beforeAll, expect, it } from 'vitest';
import { Terminal } from './kit/cli';

const SEALED = { timeout: 150_000, interval: 1_000 };

let ann: Terminal;
let ben: Terminal;
let cleo: Terminal;
let dora: Terminal;
let anew: Terminal;

beforeAll(async () => {
  [ann, ben, cleo, dora, anew] = (await Promise.all(
    ['ann', 'ben', 'cleo', 'dora', 'anew'].map((name) => Terminal.open(name)),
  )) as [Terminal, Terminal, Terminal, Terminal, Terminal];
  const words = ['--name', 'Ford End', '--purpose', 'To buy a house.', '--you', 'Ann', '--preset', 'circle'];
  await ann.ok('found', ...words);
  await ann.start(/online with/, 'sync', '--serve');
  const { link } = await ann.beside('invite', '--uses', '3');
  for (const [terminal, name] of [
    [ben, 'Ben'],
    [cleo, 'Cleo'],
    [dora, 'Dora'],
  ] as const) {
    await terminal.ok('join', String(link), '--name', name);
    await terminal.start(/online with/, 'sync');
  }
}, 240_000);
afterAll(async () => {
  await Promise.all([ann, ben, cleo, dora, anew].map((one) => one?.end()));
});

it('whoever lost all devices asks at a terminal, and is put to the others and voted on at theirs', async () => {
  // A seal has all four, of whom three are enough for the next.
  await expect.poll(async () => (await ann.beside('status'))['next'], SEALED).toBeNull();
  await cleo.stop('SIGKILL');
  for (const other of [ben, dora]) await other.stop();
  const { link } = await ann.beside('invite');
  const join = ['join', String(link), '--name', 'Cleo', '--restore'];
  const asked = await anew.ok(...join);
  expect(asked).toMatchObject({ network: null, state: 'restoring', code: expect.stringMatching(/^(\d{4} ){4}\d{4}$/) });
  await ann.hear(/Somebody says to be Cleo/);
  expect(await ann.beside('restore')).toMatchObject({ asking: [{ name: 'Cleo', code: asked['code'] }] });
  await expect(ann.beside('restore', 'Cleo', '--code', '1234')).rejects.toThrow('cli-unknown');
  const { event } = await ann.beside('restore', 'Cleo', '--code', String(asked['code']));
  expect(await ann.beside('restore')).toMatchObject({ asking: [] });
  await ann.beside('vote', String(event), 'agree');
  for (const other of [ben, dora]) {
    await other.start(/online with/, 'sync');
    await expect
      .poll(async () => (await other.beside('proposals'))['proposals'], SEALED)
      .toMatchObject([{ id: event, code: asked['code'] }]);
    await other.beside('vote', String(event), 'agree');
  }
  await expect
    .poll(async () => (await ann.beside('proposals'))['proposals'], SEALED)
    .toMatchObject([{ status: 'adopted', sealed: expect.any(Number) }]);
  expect(await anew.ok(...join)).toMatchObject({ state: 'member' });
  const { members } = await anew.ok('members');
  expect((members as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Ann', 'Ben', 'Cleo', 'Dora']);
  await anew.ok('act', 'member.describe', JSON.stringify({ name: { text: 'Cleo, back' } }));
  await anew.ok('sync', '--once');
  const { members: seen } = await ann.beside('members');
  expect((seen as { name: string }[]).map(({ name }) => name)).toContain('Cleo, back');
}, 300_000);
