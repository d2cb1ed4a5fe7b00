import { BRIDGE_GLOBAL } from '../../shared/ipc/channels';
import type { Bridge } from '../../shared/ipc/contract';
import { BrowserPlatform } from './browser';

declare global {
  interface Window {
    /** Set by the desktop app's preload before any script of the page runs. */
    readonly [BRIDGE_GLOBAL]?: Bridge;
  }
}

let platform: Bridge | undefined;

/** The shell around this page. The one place that knows whether that is the desktop app or a browser. */
export function getPlatform(): Bridge {
  platform ??= window[BRIDGE_GLOBAL] ?? new BrowserPlatform();
  return platform;
}
