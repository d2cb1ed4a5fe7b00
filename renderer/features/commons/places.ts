import type { PageNode } from '../../../shared/commons/pages';

/** Pages under which another can be put, for a field that chooses, each named with those above it: neither `without` nor what is under it. */
export function placesIn(
  nodes: readonly PageNode[],
  without: string | null,
  untitled: string,
  above: readonly string[] = [],
): { value: string; label: string }[] {
  return nodes
    .filter(({ id }) => id !== without)
    .flatMap(({ id, title, children }) => {
      const names = [...above, title === '' ? untitled : title];
      return [{ value: id, label: names.join(' › ') }, ...placesIn(children, without, untitled, names)];
    });
}
