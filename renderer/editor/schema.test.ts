import { getSchema } from '@tiptap/core';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { canonicalText, textToFragment } from '../../shared/commons/text/canonical';
import { isFamiliar } from '../../shared/commons/text/familiar';
import { markdownOf } from '../../shared/commons/text/write';
import { nodes } from '../../test/kit/rich-text';
import { extensions } from './extensions';
import { newMenuStore } from './menu/menu-store';
import { blockPlace } from './insert/file-place';

const doc = new Y.Doc();
const schema = getSchema(
  extensions({
    fragment: doc.getXmlFragment('text'),
    mapping: new Map(),
    awareness: new Awareness(doc),
    member: null,
    nameOf: String,
    taskLabel: String,
    menu: newMenuStore(),
    onUnfamiliar: () => undefined,
  }),
);
const fragmentOf = (markdown: string): Y.XmlFragment => {
  const fragment = new Y.Doc().getXmlFragment('text');
  textToFragment(markdown, fragment);
  return fragment;
};

describe('the editor', () => {
  it('holds every text that there is as it stands, and would write it the same', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const fragment = fragmentOf(markdownOf(all));
        if (fragment.length === 0) return;
        const before = fragment.toString();
        const root = yXmlFragmentToProseMirrorRootNode(fragment, schema);
        root.check();
        expect(fragment.toString()).toBe(before);
        const again = new Y.Doc().getXmlFragment('text');
        prosemirrorToYXmlFragment(root, again);
        // An attribute that is null is none to the binding.
        expect(again.toString().replaceAll(' title="null"', '')).toBe(before);
        expect(canonicalText(again)).toBe(canonicalText(fragment));
      }),
      { numRuns: 300 },
    );
  });

  it('has no block or mark that a text does not know', () => {
    const known = fragmentOf(
      [
        '# a ~~b~~ **c** *d* `e` [f](https://example.org)\\\ng [@h](peerhold:page/00)',
        '- i\n\n1. j\n\n- [ ] k',
        '> l\n\n> [!TIP]\n> m\n\n```\nn\n```\n\n---',
        `| o |\n| --- |\n| p |\n\n![q](peerhold:file/${'0'.repeat(64)})\n\n[r](peerhold:file/${'0'.repeat(64)})`,
        'line\\\nbreak',
      ].join('\n\n'),
    );
    expect(isFamiliar(known)).toBe(true);
    const names = [...known.toString().matchAll(/<([a-z]+)/g)].map(([, name]) => name);
    for (const name of [...Object.keys(schema.nodes), ...Object.keys(schema.marks)])
      if (!['doc', 'text'].includes(name)) expect(names).toContain(name.toLowerCase());
  });

  it('a file that is put in stands between blocks, in place of an empty line, and never in a table', () => {
    const root = yXmlFragmentToProseMirrorRootNode(fragmentOf('one\n\n| a |\n| --- |\n\n- two'), schema);
    const image = schema.nodes['image']!;
    const table = root.child(0).nodeSize;
    const list = table + root.child(1).nodeSize;
    expect(blockPlace(root, 2, image)).toEqual({ from: table, to: table });
    expect(blockPlace(root, table + 4, image)).toEqual({ from: list, to: list });
    // In a list item it follows the item's words.
    expect(blockPlace(root, list + 4, image)).toEqual({ from: root.content.size - 2, to: root.content.size - 2 });
    expect(blockPlace(root, 1_000_000, image)).toEqual({ from: root.content.size, to: root.content.size });
    const empty = schema.node('doc', null, [schema.node('paragraph')]);
    expect(blockPlace(empty, 1, image)).toEqual({ from: 0, to: 2 });
  });
});
