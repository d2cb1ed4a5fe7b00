import type { Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { bootForAll, type Run } from '../boot';

let run: Run;
bootForAll((booted) => {
  run = booted.run;
});

describe('the session', () => {
  /** Electron's own list: a version that knows another permission does not compile before somebody has decided on it. */
  type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];
  /** `media` by what it is about, below. */
  const GRANTED: Readonly<Record<Exclude<Permission, 'media'>, boolean>> = {
    ar: false,
    'automatic-fullscreen': false,
    'background-fetch': false,
    'background-sync': false,
    'captured-surface-control': false,
    'clipboard-read': false,
    'clipboard-sanitized-write': true,
    'deprecated-sync-clipboard-read': false,
    'display-capture': false,
    fileSystem: false,
    fullscreen: false,
    geolocation: false,
    'geolocation-approximate': false,
    'hand-tracking': false,
    hid: false,
    'idle-detection': false,
    keyboardLock: false,
    'local-fonts': false,
    'local-network': true,
    'local-network-access': true,
    'loopback-network': true,
    mediaKeySystem: false,
    midi: false,
    midiSysex: false,
    nfc: false,
    notifications: false,
    openExternal: false,
    'payment-handler': false,
    'periodic-background-sync': false,
    'persistent-storage': true,
    pointerLock: false,
    'screen-wake-lock': false,
    sensors: false,
    serial: false,
    'smart-card': false,
    'speaker-selection': false,
    'storage-access': false,
    'system-wake-lock': false,
    'top-level-storage-access': false,
    usb: false,
    vr: false,
    'web-app-installation': false,
    'web-printing': false,
    'window-management': false,
    unknown: false,
  };
  const all = Object.keys(GRANTED) as (keyof typeof GRANTED)[];
  const permissions = all.filter((permission) => !GRANTED[permission]);
  const needed = all.filter((permission) => GRANTED[permission]);

  const request = (permission: Permission, requestingUrl = 'app://peerhold/', isMainFrame = true): boolean => {
    let answer: boolean | undefined;
    run.guards.request?.(run.window.webContents, permission, (granted) => (answer = granted), {
      requestingUrl,
      isMainFrame,
    });
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const check = (permission: Permission, origin = 'app://peerhold/', isMainFrame = true, gone = false): boolean =>
    run.guards.check?.(gone ? null : run.window.webContents, permission, origin, { isMainFrame }) ?? true;

  test.each([...permissions, 'of a later version' as Permission, '' as Permission])('denies %j', (permission) => {
    expect(request(permission)).toBe(false);
    expect(check(permission)).toBe(false);
  });

  test.each(needed)('grants %s to the app’s page alone', (permission) => {
    expect(request(permission)).toBe(true);
    expect(check(permission)).toBe(true);
    for (const origin of ['https://evil.example/', 'app://evil/', 'null', '']) {
      expect(request(permission, origin)).toBe(false);
      expect(check(permission, origin)).toBe(false);
    }
    expect(request(permission, 'app://peerhold/', false)).toBe(false);
    expect(check(permission, 'app://peerhold/', false)).toBe(false);
    expect(check(permission, 'app://peerhold/', true, true)).toBe(false);
  });

  describe('of cameras and microphones', () => {
    type Media = ('video' | 'audio')[];
    const app = { requestingUrl: 'app://peerhold/', isMainFrame: true };
    const ask = (mediaTypes: Media | undefined, from: object = {}): boolean | undefined => {
      let answer: boolean | undefined;
      const details = { ...app, ...from, ...(mediaTypes === undefined ? {} : { mediaTypes }) };
      run.guards.request?.(run.window.webContents, 'media', (granted) => (answer = granted), details);
      return answer;
    };
    const look = (
      mediaType: 'video' | 'audio' | 'unknown' | undefined,
      origin = 'app://peerhold/',
      isMainFrame = true,
    ) =>
      run.guards.check?.(run.window.webContents, 'media', origin, {
        isMainFrame,
        ...(mediaType === undefined ? {} : { mediaType }),
      });

    test('grants the app’s page the camera alone, when it asks', () => {
      expect(ask(['video'])).toBe(true);
      for (const types of [['audio'], ['video', 'audio'], ['audio', 'video'], ['video', 'video'], []] as Media[])
        expect(ask(types)).toBe(false);
      expect(ask(undefined)).toBe(false);
      for (const requestingUrl of ['https://evil.example/', 'app://evil/', ''])
        expect(ask(['video'], { requestingUrl })).toBe(false);
      expect(ask(['video'], { isMainFrame: false })).toBe(false);
    });

    test('lets the camera be looked for, and no microphone', () => {
      for (const type of ['video', undefined] as const) {
        expect(look(type)).toBe(true);
        expect(look(type, 'https://evil.example/')).toBe(false);
        expect(look(type, 'app://peerhold/', false)).toBe(false);
      }
      for (const type of ['audio', 'unknown'] as const) expect(look(type)).toBe(false);
    });

    test('grants no other permission for being asked with a camera', () => {
      let answer: boolean | undefined;
      const details = { ...app, mediaTypes: ['video'] as Media };
      run.guards.request?.(run.window.webContents, 'display-capture', (granted) => (answer = granted), details);
      expect(answer).toBe(false);
    });
  });

  test('grants no device and starts no download', () => {
    expect(run.guards.device?.({ deviceType: 'usb', origin: 'app://peerhold' } as never)).toBe(false);
    let prevented = false;
    run.sessionEvents.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  test.each([
    ['app://peerhold/', true],
    ['ws://192.168.1.5:4000/signal', true],
    ['wss://example.org/signal', true],
    ['https://example.org/', false],
    ['http://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['ftp://example.org/', false],
    ['chrome-extension://x/', false],
    ['', false],
  ])('a request to %j passes: %s', (url, passes) => {
    let cancelled: boolean | undefined;
    run.guards.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
    expect(cancelled).toBe(!passes);
  });
});
