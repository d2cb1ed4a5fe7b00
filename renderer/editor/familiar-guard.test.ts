import { Schema } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import { ySyncPlugin, ySyncPluginKey } from '@tiptap/y-tiptap';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { watchFamiliar } from './familiar-guard';

const schema = new Schema({
  nodes: { doc: { content: 'paragraph+' }, paragraph: { content: 'text*' }, text: {} },
});

/** An editor bound to a document, without a screen. */
function bound(fragment: Y.XmlFragment) {
  let state = EditorState.create({ schema, plugins: [ySyncPlugin(fragment)] });
  const view = {
    get state() {
      return state;
    },
    dispatch: (transaction: Transaction) => (state = state.apply(transaction)),
    hasFocus: () => false,
  };
  const { binding } = ySyncPluginKey.getState(state) as { binding: { initView(view: unknown): void } };
  binding.initView(view);
  return view;
}

const block = (name: string, text: string): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  made.insert(0, [new Y.XmlText(text)]);
  return made;
};

/** Two copies of a text: one in an editor, one of another writer, whose changes come over. */
function pair() {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  const fragment = mine.getXmlFragment('text');
  theirs.getXmlFragment('text').insert(0, [block('paragraph', 'first')]);
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
  const send = (): void => Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'their');
  return { fragment, view: bound(fragment), their: theirs.getXmlFragment('text'), send };
}

it('without a watch the editor deletes what it does not know', () => {
  const { fragment, their, send } = pair();
  their.insert(1, [block('whiteboard', 'drawn')]);
  send();
  expect(fragment.toString()).not.toContain('drawn');
});

it('a change that the editor can not hold ends it, and stays in the document', () => {
  const { fragment, view, their, send } = pair();
  let ended = 0;
  watchFamiliar(
    fragment,
    () => view.state,
    () => (ended += 1),
  );
  their.insert(1, [block('paragraph', 'second')]);
  send();
  expect(ended).toBe(0);
  expect(view.state.doc.textContent).toContain('second');
  their.insert(1, [block('whiteboard', 'drawn')]);
  send();
  their.insert(0, [block('whiteboard', 'again')]);
  send();
  expect(ended).toBe(1);
  expect(fragment.toString()).toContain('<whiteboard>drawn</whiteboard>');
  expect(fragment.toString()).toContain('again');
});
