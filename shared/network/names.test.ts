import { describe, expect, it } from 'vitest';
import { checkNames } from './names';

const blank = { text: ' \t\n' };
const given = { text: 'Ann' };

describe('a name in which there is nothing', () => {
  it.each([
    ['network.found', { name: blank, founder: { name: given, device: 'desk' } }, 'name'],
    ['network.found', { name: given, founder: { name: blank, device: 'desk' } }, 'founder.name'],
    ['network.found', { name: given, founder: { name: given, device: ' ' } }, 'founder.device'],
    ['member.admit', { name: blank }, 'name'],
    ['member.describe', { name: { text: '' } }, 'name'],
    ['device.certify', { label: '  ' }, 'label'],
    ['proposal.open', { title: blank, text: given }, 'title'],
    ['resource.seek', { name: blank, about: blank }, 'name'],
  ])('is refused in %s: %j', (type, payload, field) => {
    const check = () => checkNames({ type, payload });
    expect(check).toThrow(expect.objectContaining({ code: 'name-blank', params: { field } }));
  });

  it.each([
    ['proposal.open', { title: given, text: blank }],
    // Its text stands beside another event, and was checked there.
    ['member.describe', { name: '0'.repeat(64) }],
    ['entry.post', { memo: blank }],
    ['toString', { name: blank }],
    ['member.describe', null],
  ])('is none in %s: %j', (type, payload) => {
    expect(() => checkNames({ type, payload })).not.toThrow();
  });
});
