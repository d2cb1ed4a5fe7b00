/** A field that gets the focus once it is there. */
export const focused = (field: HTMLElement | null): void => field?.focus();
