import { PeerholdError } from '../../shared/errors';
import {
  BRIDGE_CALLS,
  HOST_API_PREFIX,
  HOST_TOKEN_HEADER,
  HOST_TOKEN_META,
  type BridgeCall,
} from '../../shared/ipc/channels';
import type {
  Bridge,
  FetchedVersion,
  Habits,
  KeyGuard,
  LanAddresses,
  NewestVersion,
  Notice,
  ShellEvent,
  ShellInfo,
} from '../../shared/ipc/contract';
import { deepLinkOfHash, formatDeepLink } from '../../shared/ipc/deep-link';
import { isSafeExternalUrl } from '../../shared/ipc/external-url';
import { safeFileName } from '../../shared/ipc/file-name';
import * as shape from '../../shared/record/shape';

/** How long the browser may take to read a saved file from its blob, in ms. */
const BLOB_LIFETIME_MS = 60_000;

const addresses = shape.list(shape.text(256), 32);

const isShellInfo: shape.Shape<ShellInfo> = shape.object({
  shell: shape.oneOf('electron', 'browser'),
  platform: shape.text(32),
  version: shape.text(64),
  profile: shape.text(64),
  signalling: addresses,
  lanOpen: shape.boolean,
});

const isLanAddresses: shape.Shape<LanAddresses> = shape.object({ addresses });

/** The bridge where the system's browser is the shell: what a page can not do goes to the loopback host API. */
export class BrowserPlatform implements Bridge {
  readonly #listeners = new Set<(event: ShellEvent) => void>();

  async info(): Promise<ShellInfo> {
    const info = await call(BRIDGE_CALLS.info);
    if (!isShellInfo(info)) throw new PeerholdError('platform.bad-answer');
    return info;
  }

  /** A page has no keychain: its browser keeps the keys. */
  async keyGuard(): Promise<KeyGuard> {
    return { kind: 'none' };
  }

  async openLan(): Promise<LanAddresses> {
    const lan = await call(BRIDGE_CALLS.openLan);
    if (!isLanAddresses(lan)) throw new PeerholdError('platform.bad-answer');
    return lan;
  }

  async closeLan(): Promise<void> {
    await call(BRIDGE_CALLS.closeLan);
  }

  async lanPlaces(): Promise<LanAddresses> {
    const lan = await call(BRIDGE_CALLS.lanPlaces);
    if (!isLanAddresses(lan)) throw new PeerholdError('platform.bad-answer');
    return lan;
  }

  /** A deep link is the page's own route here (`#/join/...`), so each change of the hash to one is a link. */
  onDeepLink(callback: (url: string) => void): () => void {
    let last: string | undefined;
    const look = (): void => {
      const link = deepLinkOfHash(window.location.hash);
      const url = link === undefined ? undefined : formatDeepLink(link);
      // Routers write the hash as well: the same link again is not a new one.
      const before = last;
      last = url;
      if (url !== undefined && url !== before) callback(url);
    };
    window.addEventListener('hashchange', look);
    const first = setTimeout(look);
    return () => {
      clearTimeout(first);
      window.removeEventListener('hashchange', look);
    };
  }

  async openExternal(url: string): Promise<void> {
    if (!isSafeExternalUrl(url)) throw new PeerholdError('platform.unsafe-url');
    window.open(url, '_blank', 'noopener,noreferrer');
  }

  /** The page is of the version that was started. */
  async lookForUpdate(): Promise<NewestVersion> {
    return { kind: 'not-offered' };
  }

  async fetchUpdate(): Promise<FetchedVersion> {
    return { kind: 'cancelled' };
  }

  /** A page lives as long as its window, and starts when a person opens it. */
  async habits(): Promise<Habits> {
    return {
      background: null,
      startAtLogin: null,
      notifications: notificationsOf(Notification.permission),
      badge: false,
    };
  }

  async setBackground(): Promise<void> {}

  async setStartAtLogin(): Promise<void> {}

  async askToNotify(): Promise<boolean> {
    return (await Notification.requestPermission()) === 'granted';
  }

  async notify({ title, body, tag }: Notice): Promise<void> {
    if (Notification.permission !== 'granted') return;
    const notification = new Notification(title, { body, tag });
    notification.addEventListener('click', () => {
      window.focus();
      for (const listener of this.#listeners) listener({ kind: 'notice', tag });
    });
  }

  async setBadge(): Promise<void> {}

  onShellEvent(callback: (event: ShellEvent) => void): () => void {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  async saveFile(name: string, bytes: Uint8Array): Promise<boolean> {
    return this.saveBlob(name, new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  }

  /** Only a person can bring a browser to print. */
  async savePdf(): Promise<boolean> {
    throw new PeerholdError('platform.no-pdf');
  }

  /** As `saveFile`, of what the browser holds and this page does not. */
  async saveBlob(name: string, blob: Blob): Promise<boolean> {
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = safeFileName(name);
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), BLOB_LIFETIME_MS);
    return true;
  }
}

function notificationsOf(permission: NotificationPermission): Habits['notifications'] {
  if (permission === 'default') return 'ask';
  return permission === 'granted' ? 'yes' : 'no';
}

async function call(name: BridgeCall): Promise<unknown> {
  const token = document.querySelector(`meta[name="${HOST_TOKEN_META}"]`)?.getAttribute('content') ?? '';
  const response = await fetch(`${HOST_API_PREFIX}${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [HOST_TOKEN_HEADER]: token },
    body: '{}',
    cache: 'no-store',
  });
  if (!response.ok) throw new PeerholdError('platform.call-failed', { call: name, status: response.status });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined;
}
