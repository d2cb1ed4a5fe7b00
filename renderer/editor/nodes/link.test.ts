import { getSchema } from '@tiptap/core';
import { EditorState, Plugin, type PluginSpec } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import { ofOwnChanges } from './link';

const schema = getSchema([StarterKit]);
/** Answers every change with a mark of its own. */
const answering: PluginSpec<unknown> = {
  appendTransaction: (all, _, { tr }) => (all.some((one) => one.docChanged) ? tr.insertText('!', 1) : null),
};
const state = (spec: PluginSpec<unknown>) => EditorState.create({ schema, plugins: [new Plugin(spec)] });

describe('what answers changes', () => {
  it('answers those that are made here', () => {
    const before = state(ofOwnChanges(answering));
    expect(before.applyTransaction(before.tr.insertText('a', 1)).state.doc.textContent).toContain('!');
  });

  it('leaves alone what came from elsewhere', () => {
    const before = state(ofOwnChanges(answering));
    const change = before.tr.insertText('a', 1).setMeta(ySyncPluginKey, { isChangeOrigin: true });
    expect(before.applyTransaction(change).state.doc.textContent).toBe('a');
  });

  it('is left as it is where it answers nothing', () => {
    const spec: PluginSpec<unknown> = {};
    expect(ofOwnChanges(spec)).toBe(spec);
  });
});
