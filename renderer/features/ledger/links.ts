/** Links inside a network, relative to it. */
export const entryHref = (id: string): string => `/ledger/${id}`;
export const accountHref = (account: string): string => `/ledger?account=${encodeURIComponent(account)}`;
