import { afterEach, describe, expect, it, vi } from 'vitest';
import { browser, leaveWithWindow } from './browser';

/** As much of the browser's own as is used here. */
class Connection {
  connectionState = 'connected';
  close(): void {
    this.connectionState = 'closed';
  }
}

describe('the window’s connections', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are closed when it goes, so that nobody has to find that out by its silence', () => {
    vi.stubGlobal('RTCPeerConnection', Connection);
    const window = new EventTarget();
    leaveWithWindow(window);
    const made = [1, 2].map(() => browser.connection({ iceServers: [] }));
    made[0]!.close();
    expect(made.map(({ connectionState }) => connectionState)).toEqual(['closed', 'connected']);
    window.dispatchEvent(new Event('pagehide'));
    expect(made.map(({ connectionState }) => connectionState)).toEqual(['closed', 'closed']);
  });
});
