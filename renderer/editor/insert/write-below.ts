import { TextSelection, type Transaction } from '@tiptap/pm/state';

/** Puts the caret below what ends at `after`: into the text there, or into a new paragraph. */
export function writeBelow(transaction: Transaction, after: number): Transaction {
  const { doc } = transaction;
  if (doc.resolve(after).nodeAfter?.isTextblock !== true)
    transaction.insert(after, doc.type.schema.nodes['paragraph']!.create());
  return transaction.setSelection(TextSelection.near(transaction.doc.resolve(after + 1))).scrollIntoView();
}
