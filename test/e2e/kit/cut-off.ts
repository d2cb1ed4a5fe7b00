import type { BrowserContext } from 'playwright-core';
import type { App } from './app';

/**
 * Lets the page be cut off from other machines, as by a router that lets nothing through: addresses are exchanged, and lead nowhere, but those
 * of relays.
 */
export async function canBeCutOff(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = globalThis as { cutOff?: boolean };
    // An address of this machine at which nobody listens: the system would not let a relay on it send elsewhere.
    const astray = (sdp: string): string =>
      page.cutOff === true
        ? sdp.replace(/^(a=candidate:\S+ \d \S+ \d+ )\S+( \d+ typ (?!relay))/gm, '$1127.99.99.99$2')
        : sdp;
    const { prototype } = RTCPeerConnection;
    const set: (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void> =
      prototype.setRemoteDescription;
    prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
      const { type, sdp = '' } = description;
      return set.call(this, { type, sdp: astray(sdp) });
    };
    const own = Object.getOwnPropertyDescriptor(prototype, 'localDescription')!.get!;
    Object.defineProperty(prototype, 'localDescription', {
      get(this: RTCPeerConnection) {
        const description = own.call(this) as RTCSessionDescription | null;
        return description === null ? null : { type: description.type, sdp: astray(description.sdp) };
      },
    });
  });
}

/** Cuts the page off, or no more. What is connected stays so. */
export async function cutOff({ page }: App, cut: boolean): Promise<void> {
  await page.evaluate((is) => ((globalThis as { cutOff?: boolean }).cutOff = is), cut);
}
