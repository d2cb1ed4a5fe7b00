import { app } from 'electron';

/** Process-wide switches; they count only before the app is ready. */
export function setupSwitches(): void {
  // Every renderer is sandboxed, also one that a later window forgets to ask it for.
  app.enableSandbox();
  // Peers on one LAN must reach each other where mDNS is filtered; no page but our own ever learns the addresses.
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns');
}
