import type { Entry } from '../../../shared/network/ledger/model';
import type { StatementLine } from '../../../shared/network/ledger/queries';

/** A line of a list: an entry, or in the statement of an account what one moved there and the balance after it. */
export type EntryLine = Entry | StatementLine;

export const entryOf = (line: EntryLine): Entry => ('entry' in line ? line.entry : line);
