/** An attribute that goes through the clipboard as `data-<name>`; `read` makes of anything what it may be. */
export const carried = (name: string, read: (value: unknown) => string | null, fallback: string | null = '') => ({
  default: fallback,
  parseHTML: (element: HTMLElement) => read(element.dataset[name]),
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: read(attributes[name]) }),
});
