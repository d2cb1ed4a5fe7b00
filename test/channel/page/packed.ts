/** What goes over a transport's port, as bytes: a line of JSON, and the message's bytes where it has one. */
export function pack({ message, ...rest }: { readonly message?: Uint8Array }): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${JSON.stringify({ ...rest, carries: message !== undefined })}\n`);
  const packed = new Uint8Array(line.length + (message?.length ?? 0));
  packed.set(line);
  if (message !== undefined) packed.set(message, line.length);
  return packed;
}

export function unpack(packed: Uint8Array): object {
  const end = packed.indexOf('\n'.charCodeAt(0));
  const { carries, ...rest } = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as { carries: boolean };
  // A copy: its memory is moved on.
  return carries ? { ...rest, message: packed.slice(end + 1) } : rest;
}
