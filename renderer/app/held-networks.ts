import type { EngineClient } from '../engine/client';
import type { WindowCalls } from '../engine/calls';

export interface Hold {
  /** Rejects as the engine's `open`. */
  readonly opened: Promise<void>;
  release(): void;
}

/** Keeps a network open for as long as somebody in this window holds it: the screens that show it, and what watches all. */
export class HeldNetworks {
  readonly #calls: Pick<WindowCalls, 'open' | 'close'>;
  readonly #holders = new Map<string, number>();

  constructor(calls: Pick<WindowCalls, 'open' | 'close'>) {
    this.#calls = calls;
  }

  /** Each holder is sent the whole state, and so is everybody who has it already. */
  hold(network: string): Hold {
    this.#holders.set(network, (this.#holders.get(network) ?? 0) + 1);
    let isHeld = true;
    return {
      opened: this.#calls.open(network),
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        const left = (this.#holders.get(network) ?? 1) - 1;
        if (left > 0) return void this.#holders.set(network, left);
        this.#holders.delete(network);
        void this.#calls.close(network).catch(() => undefined);
      },
    };
  }
}

const known = new WeakMap<EngineClient, HeldNetworks>();

/** Who holds what of this window's engine. */
export function heldNetworks(engine: EngineClient): HeldNetworks {
  const held = known.get(engine) ?? new HeldNetworks(engine.calls);
  known.set(engine, held);
  return held;
}
