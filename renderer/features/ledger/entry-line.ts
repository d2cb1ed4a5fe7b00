import type { Entry } from '../../../shared/network/ledger/model';

/** An entry in a list; in the statement of an account with what it moved there and the balance after it. */
export interface EntryLine {
  readonly entry: Entry;
  readonly unit?: string;
  readonly amount?: number;
  readonly balance?: number;
}
