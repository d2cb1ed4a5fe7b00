import type { FileState } from './sync';

/** How much of some files is on this device. */
export interface Amount {
  readonly files: number;
  /** Of them all of which is here. */
  readonly whole: number;
  /** Bytes of them all: as their manifests say, or whoever attached them. */
  readonly bytes: number;
  /** Bytes of them that are here. */
  readonly here: number;
  readonly fetching: number;
  /** Of those that are being fetched: no device that is connected now has them. */
  readonly unreached: number;
  /** Why one of them could not be stored. */
  readonly problem: string | null;
}

/** `size`: bytes, as whoever attached the file said. A file whose state is not known is as one that is not here. */
export function amountOf(
  files: ReadonlyMap<string, { readonly size: number }>,
  stateOf: (file: string) => FileState | undefined,
): Amount {
  const amount = { files: files.size, whole: 0, bytes: 0, here: 0, fetching: 0, unreached: 0 };
  let problem: string | null = null;
  for (const [file, { size }] of files) {
    const state = stateOf(file);
    amount.bytes += state?.size ?? size;
    if (state === undefined) continue;
    amount.here += state.here;
    problem ??= state.problem;
    if (state.state === 'here') amount.whole += 1;
    if (state.state !== 'fetching') continue;
    amount.fetching += 1;
    if (state.sources === 0) amount.unreached += 1;
  }
  return { ...amount, problem };
}
