/** What gets the focus once it is there: a field to write in, or the heading of what came in place of a pressed button. */
export const focused = (element: HTMLElement | null): void => element?.focus();
