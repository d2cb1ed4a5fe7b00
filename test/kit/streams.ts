/** The parts, one after the other, as a stream that is read in pieces gives them. */
// oxlint-disable-next-line typescript/require-await -- what is iterated asynchronously has nothing to wait for here
export async function* each<T>(parts: readonly T[]): AsyncGenerator<T> {
  yield* parts;
}

/** All that a stream gives. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
