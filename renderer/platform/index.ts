import { BRIDGE_GLOBAL } from '../../shared/ipc/channels';
import type { Bridge } from '../../shared/ipc/contract';
import { BrowserPlatform } from './browser';

declare global {
  interface Window {
    /** Set by the desktop app's preload before any script of the page runs. */
    readonly [BRIDGE_GLOBAL]?: Bridge;
  }
}

/** Lets the person save a blob under a suggested name; false when they cancelled. The desktop app takes it into memory once, a browser does not. */
export async function saveBlob(name: string, blob: Blob): Promise<boolean> {
  const shell = getPlatform();
  if (shell instanceof BrowserPlatform) return shell.saveBlob(name, blob);
  return shell.saveFile(name, new Uint8Array(await blob.arrayBuffer()));
}

/** Whether the shell makes PDFs itself; otherwise the print dialog can. */
export const makesPdfs = (): boolean => !(getPlatform() instanceof BrowserPlatform);

/** Asks the person, where the shell has to, whether notifications may be shown; to be called from what they clicked on. */
export async function askToNotify(): Promise<boolean> {
  const shell = getPlatform();
  if (shell instanceof BrowserPlatform) return shell.askToNotify();
  return (await shell.habits()).notifications === 'yes';
}

let platform: Bridge | undefined;

/** The shell around this page. The one place that knows whether that is the desktop app or a browser. */
export function getPlatform(): Bridge {
  platform ??= window[BRIDGE_GLOBAL] ?? new BrowserPlatform();
  return platform;
}
