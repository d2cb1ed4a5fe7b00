import type { BrowserContext, Page } from 'playwright-core';
import type { EngineCalls } from '../../../shared/engine/contract';
import type { FromEngine, ToEngine } from '../../../renderer/engine/rpc';
import type { Action } from '../../../shared/network/events';

/** The engine's worker as the built app starts it, reached past its screens: for what no person could do as fast. */
interface Reached extends Window {
  engineWorker?: Worker;
  callsByTest?: number;
  acknowledge?: (id: string) => Promise<void>;
}

/** Makes the engine of every window of this browser reachable. `onDone` is told the id of each event that `burst` saw done. */
export async function reachEngine(context: BrowserContext, onDone: (id: string) => void): Promise<void> {
  await context.exposeFunction('acknowledge', onDone);
  await context.addInitScript(() => {
    const reached = window as Reached;
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'engine') reached.engineWorker = this;
      }
    };
  });
}

/** What a call to the engine gave, or the code of its refusal. */
export async function ask<Method extends keyof EngineCalls>(
  page: Page,
  method: Method,
  ...args: Parameters<EngineCalls[Method]>
): Promise<{ readonly value: Awaited<ReturnType<EngineCalls[Method]>> } | { readonly code: string }> {
  const answer = await page.evaluate(
    ([name, given]) =>
      new Promise<{ value: unknown } | { code: string }>((resolve) => {
        const reached = window as Reached;
        const worker = reached.engineWorker!;
        // The screens' own calls count upwards from 0.
        const id = (reached.callsByTest = (reached.callsByTest ?? 0) - 1);
        const hear = ({ data }: MessageEvent<FromEngine>): void => {
          if ((data.kind !== 'result' && data.kind !== 'failure') || data.id !== id) return;
          worker.removeEventListener('message', hear);
          resolve(data.kind === 'result' ? { value: data.value } : { code: data.code });
        };
        worker.addEventListener('message', hear);
        worker.postMessage({ kind: 'call', id, method: name, args: given } satisfies ToEngine);
      }),
    [method, args] as const,
  );
  return answer as { value: Awaited<ReturnType<EngineCalls[Method]>> } | { code: string };
}

/** Asks the engine for many actions at once and does not wait; each that it calls done is acknowledged. */
export async function burst(page: Page, network: string, actions: readonly Action[]): Promise<void> {
  await page.evaluate(
    ([id, all]) => {
      const reached = window as Reached;
      const worker = reached.engineWorker!;
      worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
        if (data.kind === 'result' && data.id <= -1_000_000) void reached.acknowledge!(String(data.value));
      });
      for (const action of all) {
        const call = (reached.callsByTest = Math.min(reached.callsByTest ?? 0, -1_000_000) - 1);
        worker.postMessage({ kind: 'call', id: call, method: 'act', args: [id, action] } satisfies ToEngine);
      }
    },
    [network, actions] as const,
  );
}
