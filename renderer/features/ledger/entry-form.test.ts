import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEntry, draftEntry } from '../../../shared/network/ledger/drafts';
import { type EntryValues, HAPPENINGS, categorySlug, faultsOf, transactionOf, valuesFrom } from './entry-form';

const ann = 'a'.repeat(64);
const filled: EntryValues = {
  what: 'money',
  member: ann,
  category: 'Repairs',
  money: 'bank',
  from: 'bank',
  to: `member:${ann}`,
  resource: 'b'.repeat(64),
  amount: '12.50',
  date: '2026-03-01',
  memo: 'Window',
  allowance: '',
  pledge: '',
};

describe('the new-entry form', () => {
  it.each(HAPPENINGS)('makes a balanced entry of a filled form: %s', (what) => {
    const values = { ...filled, what };
    expect(faultsOf(values, 'EUR', 'en')).toEqual({});
    const draft = draftEntry(transactionOf(values, 'EUR', 'en')!);
    expect(checkEntry(draft.postings)).toBeNull();
    expect(draft.postings[0]).toMatchObject({ amount: 1250, unit: what === 'hours' ? 'hour' : 'EUR' });
  });

  it.each(['', '0', '-5', '1,5', 'ten', '1.234', '99999999999999'])('has no entry for the amount %j', (amount) => {
    const values = { ...filled, amount };
    expect(faultsOf(values, 'EUR', 'en').amount).toBeDefined();
    expect(transactionOf(values, 'EUR', 'en')).toBeNull();
  });

  it('names every empty field that counts, and only those', () => {
    const empty = { ...filled, category: '', member: '', memo: ' ', date: '' };
    expect(faultsOf({ ...empty, what: 'expense' }, 'EUR', 'en')).toEqual({
      category: 'needed',
      memo: 'needed',
      date: 'date',
    });
    expect(faultsOf({ ...empty, what: 'money' }, 'EUR', 'en').member).toBe('needed');
  });

  it('refuses a transfer to the same account', () => {
    const values: EntryValues = { ...filled, what: 'transfer', to: 'bank' };
    expect(faultsOf(values, 'EUR', 'en')).toEqual({ to: 'same' });
    expect(transactionOf(values, 'EUR', 'en')).toBeNull();
  });

  it('makes a valid category or none of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const made = categorySlug(typed);
        if (made !== null) expect(made).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
      }),
    );
    expect(categorySlug('Dépôt légal')).toBe('depot-legal');
    expect(categorySlug('42')).toBeNull();
  });

  it('takes what a link gives, and nothing that is not on the lists', () => {
    const values = valuesFrom(new URLSearchParams('what=purchase&money=vault&amount=7'), ann);
    expect(values).toMatchObject({ what: 'purchase', money: 'bank', amount: '7', member: ann });
    expect(valuesFrom(new URLSearchParams('what=theft'), ann).what).toBe('money');
  });
});
