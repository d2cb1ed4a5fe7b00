import { extractFile, getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { made, prepare, RELEASE, type Made } from './made';
import type { System } from './stub';

/** How the binary says that a fuse is set. */
const ON = '1'.charCodeAt(0);
const SYSTEMS = ['linux', 'mac', 'win'] as const;
const packages = new Map<System, Made>();
const of = (system: System): Made => packages.get(system)!;
const archive = (system: System): string => join(of(system).resources, 'app.asar');

/** Every file in the archive, with `/` between folders. */
function filesIn(system: System): readonly string[] {
  const names = listPackage(archive(system), { isPack: false }).map((name) => name.replaceAll(sep, '/'));
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}/`))).map((name) => name.slice(1));
}

beforeAll(async () => {
  await prepare();
  for (const system of SYSTEMS) packages.set(system, await made(system));
}, 300_000);

afterAll(async () => {
  for (const one of packages.values()) await one.remove();
});

describe.each(SYSTEMS)('what is packed for %s', (system) => {
  /** Whatever is not one of these is not to be there. */
  const ALLOWED = [
    /^package\.json$/,
    /^out\/electron\/main\/index\.js$/,
    /^out\/electron\/preload\/index\.cjs$/,
    /^out\/renderer\/index\.html$/,
    /^out\/renderer\/assets\/[A-Za-z0-9_.-]+\.(js|css|woff2|svg|png)$/,
  ];

  test('is the built shell and page, and nothing else', () => {
    const files = filesIn(system);
    expect(files.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(files).toContain('out/electron/main/index.js');
    expect(files).toContain('out/electron/preload/index.cjs');
    expect(files).toContain('out/renderer/index.html');
    expect(files.some((name) => name.endsWith('.js') && name.startsWith('out/renderer/assets/'))).toBe(true);
  });

  test('has no source map, no source, no test, no key and no path of the machine that made it', () => {
    const suspect = /sourceMappingURL=|-----BEGIN [A-Z ]*PRIVATE KEY|from ['"]vitest['"]/;
    const found = filesIn(system).flatMap((name) => {
      const text = extractFile(archive(system), name.split('/').join(sep)).toString('latin1');
      const what = text.includes(process.cwd()) ? process.cwd() : suspect.exec(text)?.[0];
      return what === undefined ? [] : [`${name}: ${what}`];
    });
    expect(found).toEqual([]);
  });

  test('names its own version and entry, and no dependency', () => {
    const metadata = JSON.parse(extractFile(archive(system), 'package.json').toString('utf8')) as object;
    expect(metadata).toMatchObject({ name: 'peerhold', main: 'out/electron/main/index.js', type: 'module' });
    expect(Object.keys(metadata).filter((key) => /dependencies|scripts|build/i.test(key))).toEqual([]);
  });

  test('lies beside the licences of what is in it, and no other app', async () => {
    const names = await readdir(of(system).resources);
    const text = await readFile(join(of(system).resources, 'LICENCES.txt'), 'utf8');
    expect(text).toContain('react 19.');
    expect(names.filter((name) => name.endsWith('.asar') || name === 'app')).toEqual(['app.asar']);
  });

  test('runs in an Electron whose fuses are set', async () => {
    const wire = await getCurrentFuseWire(of(system).program);
    const set = Object.fromEntries(
      Object.entries(wire)
        .filter(([key]) => /^\d+$/.test(key))
        .map(([key, state]) => [FuseV1Options[Number(key)], Number(state) === ON]),
    );
    expect(set).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('knows where new versions are told of and whose word counts, and has no other way to them', async () => {
    const metadata = JSON.parse(extractFile(archive(system), 'package.json').toString('utf8')) as object;
    expect(metadata).toMatchObject({ updates: RELEASE.updates });
    expect(await readdir(of(system).resources)).not.toContain('app-update.yml');
  });
});

/** What the fuse for the archive's integrity compares: the hash of its header. */
const headerHash = (system: System): string =>
  createHash('sha256')
    .update(getRawHeader(archive(system)).headerString)
    .digest('hex');

describe('on macOS', () => {
  const info = () => readFile(join(of('mac').program, 'Contents', 'Info.plist'), 'utf8');

  test('the app takes peerhold: links, and says why it asks for the local network and the camera', async () => {
    const plist = (await info()).replaceAll(/\s+/g, ' ');
    expect(plist).toContain('<key>CFBundleURLSchemes</key> <array> <string>peerhold</string> </array>');
    expect(plist).toContain('<key>CFBundleIdentifier</key> <string>org.peerhold.Peerhold</string>');
    expect(plist).toContain('<key>NSLocalNetworkUsageDescription</key>');
    expect(plist).toContain('<key>NSCameraUsageDescription</key>');
    expect(plist).not.toContain('NSMicrophoneUsageDescription');
    expect(plist).toContain('<string>_peerhold._tcp</string>');
  });

  test('the bundle names the hash of its archive', async () => {
    expect(await info()).toContain(headerHash('mac'));
  });

  test('the hardened runtime may compile and use the camera, and nothing else', async () => {
    const { mac } = of('mac').config;
    expect(mac).toMatchObject({ hardenedRuntime: true });
    const entitlements = await readFile(mac?.entitlements ?? '', 'utf8');
    expect(entitlements.match(/(?<=<key>).*(?=<\/key>)/g)).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.device.camera',
    ]);
    expect(mac?.entitlementsInherit).toBe(mac?.entitlements);
  });

  test('there are dmg and zip for both processors', () => {
    const arch = ['x64', 'arm64'];
    expect(of('mac').config.mac?.target).toEqual([
      { target: 'dmg', arch },
      { target: 'zip', arch },
    ]);
  });
});

describe('on Windows', () => {
  const resources = async () =>
    NtExecutableResource.from(NtExecutable.from(await readFile(of('win').program), { ignoreCert: true })).entries;

  test('the program is named after the app and has its icon', async () => {
    const entries = await resources();
    const [version] = Resource.VersionInfo.fromEntries(entries);
    expect(version?.getStringValues({ lang: 1033, codepage: 1200 })).toMatchObject({ ProductName: 'Peerhold' });
    expect(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.length).toBe(7);
  });

  test('the program names the hash of its archive', async () => {
    const integrity = (await resources()).find(({ type }) => type === 'INTEGRITY');
    expect(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString('utf8')).toContain(headerHash('win'));
  });

  test('the installer is for one person, asks where, and takes and gives back the links', async () => {
    const { nsis } = of('win').config;
    expect(nsis).toMatchObject({ oneClick: false, perMachine: false, deleteAppDataOnUninstall: false });
    expect(of('win').config.win?.target).toEqual([{ target: 'nsis', arch: ['x64'] }]);
    const additions = await readFile(nsis?.include ?? '', 'utf8');
    expect(additions).toMatch(/!macro customInstall\n[^!]*"Software\\Classes\\peerhold" "URL Protocol"/);
    expect(additions).toMatch(/!macro customUnInstall\n[^!]*DeleteRegKey HKCU "Software\\Classes\\peerhold"/);
  });
});

describe('on Linux', () => {
  const appImage = () => of('linux').told.find((one) => one.form === 'AppImage')!;
  const deb = () => of('linux').told.find((one) => one.form === 'deb')!;

  test('the AppImage takes peerhold: links and starts with its sandbox', () => {
    const { desktop, desktopFileName } = appImage();
    expect(desktopFileName).toBe('peerhold.desktop');
    expect(desktop).toMatch(/^MimeType=x-scheme-handler\/peerhold;$/m);
    expect(desktop).toMatch(/^StartupWMClass=peerhold$/m);
    expect(desktop).toMatch(/^Exec=AppRun %U$/m);
    expect(desktop).toMatch(/^Categories=Office;$/m);
  });

  test('the Debian package says whose it is, what it needs and where it puts its links’ handler', () => {
    const { args } = deb();
    const after = (name: string): string | undefined => args[args.indexOf(name) + 1];
    expect(after('--name')).toBe('peerhold');
    expect(after('--maintainer')).toBe(RELEASE.maintainer);
    expect(after('--url')).toBe(RELEASE.homepage);
    expect(after('--license')).toBe('MIT');
    expect(after('--architecture')).toBe('amd64');
    expect(args.some((arg) => arg.endsWith('=/usr/share/applications/peerhold.desktop'))).toBe(true);
    expect(args.some((arg) => arg.endsWith('=/usr/share/icons/hicolor/512x512/apps/peerhold.png'))).toBe(true);
  });

  test('the Debian package’s menu entry takes peerhold: links', () => {
    const { desktop } = deb();
    expect(desktop).toMatch(/^Exec=\/opt\/Peerhold\/peerhold %U$/m);
    expect(desktop).toMatch(/^MimeType=x-scheme-handler\/peerhold;$/m);
  });

  test('both processors have both forms', () => {
    const arch = ['x64', 'arm64'];
    expect(of('linux').config.linux?.target).toEqual([
      { target: 'AppImage', arch },
      { target: 'deb', arch },
    ]);
  });
});
