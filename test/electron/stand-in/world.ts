import type { BrowserContext } from 'playwright-core';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/**
 * What the stand-in remembers of one run of main, for the tests to look at. Loading the modules anew makes a new one.
 */
class World {
  /** Every call that has an order to keep, as `app.setPath userData`. */
  readonly calls: string[] = [];
  readonly ipcHandlers = new Map<string, Handler>();
  /** Addresses given to the operating system. */
  readonly opened: string[] = [];
  readonly switches = new Map<string, string>();
  readonly paths = new Map<string, string>();
  isReady = false;
  /** What `requestSingleInstanceLock` answers. */
  lock = true;
  /** Where the person lets a file be saved; undefined cancels. */
  savePath: string | undefined;
  readonly saveDialogs: unknown[] = [];
  /** What main has sent to its page, as `channel argument`. */
  readonly sent: string[] = [];
  ended: 'quit' | 'exit' | undefined;
  context: BrowserContext | undefined;

  /** For what Electron allows only before it is ready. */
  callBeforeReady(call: string): void {
    if (this.isReady) throw new Error(`${call} comes too late: the app is ready`);
    this.calls.push(call);
  }

  callWhenReady(call: string): void {
    if (!this.isReady) throw new Error(`${call} comes too early: the app is not ready`);
    this.calls.push(call);
  }
}

export const world = new World();
