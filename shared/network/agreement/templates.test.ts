import { describe, expect, it } from 'vitest';
import { protocolSpecs } from './model';
import { agreementProblems } from './problems';
import { NEEDED_KINDS, PRESETS, templateProtocols } from './templates';

describe.each(PRESETS)('template %s', (preset) => {
  const protocols = templateProtocols(preset);

  it('has the shape of the protocols of an agreement', () => {
    const written = protocols.map(({ id, kind, params }) => ({ id, kind, params, title: id, text: 'a'.repeat(64) }));
    expect(protocolSpecs(written)).toBe(true);
  });

  it.each(NEEDED_KINDS)('has exactly one protocol of kind %s', (kind) => {
    expect(protocols.filter((protocol) => protocol.kind === kind)).toHaveLength(1);
  });

  it('names only classes and membership types that it defines', () => {
    expect(agreementProblems(protocols)).toEqual([]);
  });

  it('uses every decision class that it defines', () => {
    const decisions = protocols.find((protocol) => protocol.kind === 'decisions');
    const used = new Set(Object.values(decisions!.params.uses));
    expect(decisions!.params.classes.filter((one) => !used.has(one.id))).toEqual([]);
  });

  it('has a block right wherever a class lets members block', () => {
    const types = protocols.find((protocol) => protocol.kind === 'membership')!.params.types;
    const classes = protocols.find((protocol) => protocol.kind === 'decisions')!.params.classes;
    for (const one of classes.filter((decisionClass) => decisionClass.block === 'entitled'))
      expect(
        types.some(
          (type) => type.rights.includes('block') && (one.electorate.length === 0 || one.electorate.includes(type.id)),
        ),
      ).toBe(true);
  });
});
