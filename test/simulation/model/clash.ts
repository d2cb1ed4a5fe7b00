/** Two decisions that can not both stand and did not know of each other. */
export class Clash {
  readonly pair: readonly [string, string];
  readonly height: number;
  constructor(one: string, other: string, height: number) {
    this.pair = [one, other];
    this.height = height;
  }
}
