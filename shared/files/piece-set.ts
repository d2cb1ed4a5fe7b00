/** Which pieces of a file somebody has: a bit each, the lowest first. */
export class PieceSet {
  readonly #bits: Uint8Array;
  #count = 0;

  constructor(pieces: number) {
    this.#bits = new Uint8Array(Math.ceil(pieces / 8));
  }

  /** From a neighbour's bits; those beyond `pieces` are ignored, missing ones are not set. */
  static from(bits: Uint8Array, pieces: number): PieceSet {
    const set = new PieceSet(pieces);
    for (let piece = 0; piece < pieces; piece++) if (((bits[piece >> 3] ?? 0) >> (piece & 7)) & 1) set.add(piece);
    return set;
  }

  get count(): number {
    return this.#count;
  }

  get bits(): Uint8Array {
    return this.#bits.slice();
  }

  has(piece: number): boolean {
    return (((this.#bits[piece >> 3] ?? 0) >> (piece & 7)) & 1) === 1;
  }

  add(piece: number): void {
    if (this.has(piece)) return;
    this.#bits[piece >> 3]! |= 1 << (piece & 7);
    this.#count += 1;
  }

  delete(piece: number): void {
    if (!this.has(piece)) return;
    this.#bits[piece >> 3]! &= ~(1 << (piece & 7));
    this.#count -= 1;
  }
}
