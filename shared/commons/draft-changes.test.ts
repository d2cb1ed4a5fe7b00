import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TextRef } from '../record/text';
import { addProtocol, draftProtocols, protocolText, removeProtocol, seedDraft, setParams, setTitle } from './draft';
import { type AsInForce, draftAuthors, keepChange, keptChanges } from './draft-changes';
import type { StoredUpdate } from './ports';
import { canonicalText, textToFragment } from './text/canonical';

const IN_FORCE: readonly AsInForce[] = [
  { id: 'admission', kind: 'admission', title: 'Joining', text: 'By invite.', params: { mode: 'invite', days: 7 } },
  { id: 'care', kind: 'practice', title: 'Care', text: 'We repair.', params: {} },
  { id: 'turns', kind: 'practice', title: 'Turns', text: 'In turn.', params: {} },
];
const ref = 'f'.repeat(64) as TextRef;

/** A draft that keeps each change with its author, as a store does. */
class Draft {
  readonly doc = new Y.Doc();
  readonly updates: StoredUpdate[] = [];
  #by: string | null = null;
  #time = 0;

  constructor() {
    this.doc.on('update', (bytes: Uint8Array) => this.updates.push({ bytes, member: this.#by, time: this.#time }));
    this.as('ann', (doc) =>
      seedDraft(
        doc,
        { number: 1, protocols: IN_FORCE.map((one) => ({ ...one, text: ref })) as never },
        ({ id }) => IN_FORCE.find((one) => one.id === id)?.text,
      ),
    );
  }

  as(member: string | null, change: (doc: Y.Doc) => void): this {
    this.#by = member;
    this.#time += 1;
    this.doc.transact(() => change(this.doc));
    return this;
  }

  authors(inForce = IN_FORCE): readonly string[] {
    return draftAuthors(this.updates, inForce).map(({ protocol, member, time }) => `${protocol} ${member} ${time}`);
  }
}

const write = (id: string, text: string) => (doc: Y.Doc) => textToFragment(text, protocolText(doc, id));

describe('who changed the draft', () => {
  it('is nobody while it says what is in force, whoever started it', () => {
    expect(new Draft().authors()).toEqual([]);
  });

  it('is told of each protocol by itself: words, title, parameters, what was added and left out', () => {
    const draft = new Draft()
      .as('ann', write('care', 'We repair at once.'))
      .as('bob', (doc) => setTitle(doc, 'turns', 'Taking turns'))
      .as('cid', (doc) => setParams(doc, 'admission', { mode: 'invite', days: 9 }))
      .as('dan', (doc) => addProtocol(doc, { id: 'garden', kind: 'practice', title: 'Garden', params: {} }))
      .as('eve', (doc) => removeProtocol(doc, 'turns'))
      .as(null, write('care', 'We repair at once, all of us.'));
    expect([...draft.authors()].sort()).toEqual([
      'admission cid 4',
      'care ann 2',
      'care null 7',
      'garden dan 5',
      'turns bob 3',
      'turns eve 6',
    ]);
  });

  it('names each once, with their last change, and the last author last', () => {
    const draft = new Draft()
      .as('ann', write('care', 'One.'))
      .as('bob', write('care', 'Two.'))
      .as('ann', write('care', 'Three.'));
    expect(draft.authors()).toEqual(['care bob 3', 'care ann 4']);
  });

  it('is forgotten once a protocol says again what is in force', () => {
    const draft = new Draft().as('ann', write('care', 'One.')).as('bob', write('care', 'We repair.'));
    expect(draft.authors()).toEqual([]);
    expect(draft.as('cid', (doc) => removeProtocol(doc, 'care')).authors()).toEqual(['care cid 4']);
  });

  it('counts from the version that is in force now', () => {
    const draft = new Draft().as('ann', write('care', 'We repair at once.'));
    const adopted = IN_FORCE.map((one) => (one.id === 'care' ? { ...one, text: 'We repair at once.' } : one));
    expect(draft.authors(adopted)).toEqual([]);
  });

  it('leaves out a change that can not be read', () => {
    const draft = new Draft().as('ann', write('care', 'One.'));
    draft.updates.push({ bytes: new Uint8Array([255, 255, 255]), member: 'mal', time: 9 });
    expect(draft.authors()).toEqual(['care ann 2']);
  });

  it('is somebody exactly where the draft differs from what is in force', () => {
    const ids = fc.constantFrom('admission', 'care', 'turns', 'new');
    const step = fc.oneof(
      fc.tuple(ids, fc.constantFrom('We repair.', 'In turn.', 'Other.')).map(([id, text]) => (doc: Y.Doc) => {
        if (draftProtocols(doc).some((one) => one.id === id)) write(id, text)(doc);
      }),
      ids.map((id) => (doc: Y.Doc) => removeProtocol(doc, id)),
      ids.map((id) => (doc: Y.Doc) => addProtocol(doc, { id, kind: 'practice', title: 'Care', params: {} })),
      ids.map((id) => (doc: Y.Doc) => setTitle(doc, id, 'Turns')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('ann', 'bob'), step), { maxLength: 8 }), (steps) => {
        const draft = new Draft();
        for (const [member, change] of steps) draft.as(member, change);
        const now = draftProtocols(draft.doc).map(({ id, kind, title, params }) =>
          JSON.stringify([id, kind, title, params, canonicalText(protocolText(draft.doc, id))]),
        );
        const was = IN_FORCE.map(({ id, kind, title, params, text }) =>
          JSON.stringify([id, kind, title, params, text]),
        );
        const idIn = (row: string): string => (JSON.parse(row) as [string])[0];
        const differing = [...now.filter((row) => !was.includes(row)), ...was.filter((row) => !now.includes(row))];
        const told = new Set(draftAuthors(draft.updates, IN_FORCE).map(({ protocol }) => protocol));
        expect([...told].sort()).toEqual([...new Set(differing.map(idIn))].sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('a change that members accept', () => {
  const accept =
    (member: string, keep = true) =>
    (doc: Y.Doc) =>
      keepChange(doc, { protocol: 'care', member }, keep);
  const by = ({ doc }: Draft) => keptChanges(doc).map(({ protocol, member }) => `${protocol} ${member}`);

  it('is accepted by each until they take it back', () => {
    const draft = new Draft().as('ann', write('care', 'One.')).as('bob', accept('bob')).as('ann', accept('ann'));
    expect(by(draft)).toEqual(['care ann', 'care bob']);
    expect(by(draft.as('bob', accept('bob', false)))).toEqual(['care ann']);
  });

  it('is accepted by nobody once it is changed further', () => {
    const draft = new Draft().as('ann', write('care', 'One.')).as('bob', accept('bob'));
    expect(by(draft.as('ann', write('turns', 'Other.')))).toEqual(['care bob']);
    expect(by(draft.as('ann', write('care', 'Two.')))).toEqual([]);
    expect(by(draft.as('bob', accept('bob')).as('ann', (doc) => setTitle(doc, 'care', 'All care')))).toEqual([]);
  });

  it('can be that a protocol is left out', () => {
    const draft = new Draft().as('ann', (doc) => removeProtocol(doc, 'care')).as('bob', accept('bob'));
    expect(by(draft)).toEqual(['care bob']);
  });

  it('is read whatever another writer put there', () => {
    const draft = new Draft();
    draft.doc.getMap('kept').set('care', 1);
    draft.doc.getMap('kept').set('care ann', { a: 1 });
    draft.doc.getMap('kept').set('', 'dropped');
    expect(by(draft)).toEqual([]);
  });
});
