import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { pageText } from './pages';
import { textToFragment } from './text/canonical';
import { changeText } from './text/change-text';
import { namedVersions, nameVersion, stateOf, textInState, unnameVersion } from './versions';

const ANNA = 'a'.repeat(64);
const version = (id: string, time: number, state: Uint8Array) => ({
  id,
  name: `Version ${id}`,
  member: ANNA,
  time,
  state,
});

function pageOf(markdown: string): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  textToFragment(markdown, pageText(doc));
  return doc;
}

it('a named state is read again as it was, here and where all of it has arrived, whatever came after', () => {
  const page = pageOf('First.\n\nSecond.');
  const discussion = new Y.Doc();
  nameVersion(discussion, version('1', 5, stateOf(page)));
  changeText(pageText(page), 'First and more.');
  nameVersion(discussion, version('2', 6, stateOf(page)));
  changeText(pageText(page), 'Other.');
  const [second, first] = namedVersions(discussion);
  expect([first!.name, second!.name]).toEqual(['Version 1', 'Version 2']);
  const elsewhere = new Y.Doc({ gc: false });
  expect(textInState(elsewhere, first!.state, pageText)).toBeNull();
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(page));
  for (const doc of [page, elsewhere]) {
    expect(textInState(doc, first!.state, pageText)).toBe('First.\n\nSecond.');
    expect(textInState(doc, second!.state, pageText)).toBe('First and more.');
  }
  expect(elsewhere.store.pendingStructs).toBeNull();
});

it('looking at a state changes nothing', () => {
  const page = pageOf('First.');
  const state = stateOf(page);
  changeText(pageText(page), 'First and second.');
  const updates: Uint8Array[] = [];
  page.on('update', (update: Uint8Array) => updates.push(update));
  expect(textInState(page, state, pageText)).toBe('First.');
  expect(updates).toEqual([]);
});

it('a name can be taken away', () => {
  const discussion = new Y.Doc();
  nameVersion(discussion, version('1', 5, stateOf(pageOf('x'))));
  unnameVersion(discussion, '1');
  unnameVersion(discussion, 'unknown');
  expect(namedVersions(discussion)).toEqual([]);
});

it('a state that is too large is not named, and not read', () => {
  const discussion = new Y.Doc();
  const large = version('1', 5, new Uint8Array(300_000));
  expect(() => nameVersion(discussion, large)).toThrow('version-too-large');
  discussion.getMap('versions').set('1', new Y.Map<unknown>(Object.entries(large)));
  expect(namedVersions(discussion)).toEqual([]);
});

it('whatever stands in its place, a version is well formed or left out, and so is its text', () => {
  const discussion = new Y.Doc();
  const good = version('1', 5, stateOf(pageOf('x')));
  const bad = [{ name: 4 }, { name: '  ' }, { state: 'x' }, { time: 1e300 }, { time: 8.64e15 + 1 }];
  bad.forEach((fields, index) =>
    discussion.getMap('versions').set(`b${index}`, new Y.Map<unknown>(Object.entries({ ...good, ...fields }))),
  );
  discussion.getMap('versions').set('c', 5);
  expect(namedVersions(discussion)).toEqual([]);
  const page = pageOf('After ten we keep it quiet.');
  changeText(pageText(page), 'After eleven we keep it quiet.');
  const state = [...stateOf(page)];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.tuple(fc.nat(state.length - 1), fc.nat(255)).map(([at, byte]) => Uint8Array.from(state.with(at, byte))),
      ),
      (bytes) => {
        const text = textInState(page, bytes, pageText);
        expect(text === null || typeof text === 'string').toBe(true);
        expect(pageText(page).toString()).toContain('After eleven we keep it quiet.');
      },
    ),
    { numRuns: 1_000 },
  );
});
