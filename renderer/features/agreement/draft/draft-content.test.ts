import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { draftProtocols, protocolText, seedDraft, setParams, setTitle } from '../../../../shared/commons/draft';
import { textToFragment } from '../../../../shared/commons/text/canonical';
import { type ProtocolSpec, protocolSpecs } from '../../../../shared/network/agreement/model';
import { templateProtocols } from '../../../../shared/network/agreement/templates';
import type { TextRef } from '../../../../shared/record/text';
import { draftContent, inCanonicalForm, outdated, reviewDraft } from './draft-content';
import { resetProtocol } from './reset';

const specs = templateProtocols('house').map(({ id, kind, params }, index) => ({
  id,
  kind,
  params,
  title: id,
  text: index.toString(16).padStart(64, '0') as TextRef,
})) as readonly ProtocolSpec[];
const words = (id: string) => `Words of *${id}*.\n\n* one\n* two`;
const readable = specs.map((spec) => ({ ...spec, text: words(spec.id) }));
const inForce = inCanonicalForm(readable);
const refs = new Map(specs.map((spec) => [spec.id, spec.text]));

function seeded(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, { number: 1, protocols: specs }, (protocol) => words(protocol.id));
  return doc;
}

describe('reviewDraft', () => {
  it('finds nothing to propose in a draft that nobody touched', () => {
    expect(reviewDraft(draftContent(seeded()), inForce, refs)).toEqual({
      proposal: null,
      changed: false,
      problems: [],
      incomplete: [],
    });
  });

  it('proposes changed texts as texts and the others by their reference', () => {
    const doc = seeded();
    textToFragment('Other words.', protocolText(doc, 'care'));
    setTitle(doc, 'meetings', 'We meet');
    const { proposal } = reviewDraft(draftContent(doc), inForce, refs);
    expect(proposal?.find((one) => one.id === 'care')?.text).toEqual({ text: 'Other words.' });
    expect(proposal?.find((one) => one.id === 'meetings')).toMatchObject({
      title: 'We meet',
      text: refs.get('meetings'),
    });
    const bound = proposal?.map((one) => ({ ...one, text: typeof one.text === 'string' ? one.text : 'a'.repeat(64) }));
    expect(protocolSpecs(bound)).toBe(true);
  });

  it('proposes nothing while a parameter is malformed or names what does not exist', () => {
    const malformed = seeded();
    setParams(malformed, 'admission', { mode: 'invite', days: 0 });
    expect(reviewDraft(draftContent(malformed), inForce, refs)).toMatchObject({
      proposal: null,
      incomplete: [{ id: 'admission' }],
    });
    const dangling = seeded();
    setParams(dangling, 'contributions', { dues: [{ type: 'nobody', unit: 'EUR', amount: 1, every: 'year' }] });
    expect(reviewDraft(draftContent(dangling), inForce, refs)).toMatchObject({
      proposal: null,
      problems: [{ code: 'type-unknown', name: 'nobody' }],
    });
  });

  it('waits for the texts of what is in force', () => {
    const doc = seeded();
    setTitle(doc, 'care', 'Care');
    const waiting = inForce.map((one) => (one.id === 'care' ? { ...one, text: undefined } : one));
    expect(reviewDraft(draftContent(doc), waiting, refs).proposal).toBeNull();
  });
});

describe('outdated', () => {
  const previous = inForce;
  const now = inForce.map((one) => (one.id === 'admission' ? { ...one, params: { mode: 'invite', days: 9 } } : one));

  it('names what a decision changed and the draft did not', () => {
    const doc = seeded();
    setTitle(doc, 'care', 'Care');
    expect(outdated(draftContent(doc), now, previous)).toEqual(['admission']);
  });

  it('leaves what the draft changed too', () => {
    const doc = seeded();
    setParams(doc, 'admission', { mode: 'invite', days: 5 });
    expect(outdated(draftContent(doc), now, previous)).toEqual([]);
  });
});

describe('resetProtocol', () => {
  it('makes a protocol of the draft equal to the one in force', () => {
    const doc = seeded();
    textToFragment('Other words.', protocolText(doc, 'care'));
    setTitle(doc, 'care', 'Other');
    resetProtocol(
      doc,
      inForce.find((one) => one.id === 'care')!,
    );
    expect(reviewDraft(draftContent(doc), inForce, refs).changed).toBe(false);
  });

  it('brings back one that was left out', () => {
    const doc = seeded();
    doc.getMap('protocols').delete('care');
    resetProtocol(
      doc,
      inForce.find((one) => one.id === 'care')!,
    );
    expect(draftProtocols(doc).some((one) => one.id === 'care')).toBe(true);
    expect(reviewDraft(draftContent(doc), inForce, refs).changed).toBe(false);
  });
});
