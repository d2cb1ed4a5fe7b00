import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/**
 * Marks in Electron's binary where its fuses are: the sentinel, a version, how many, and one character each (1 on, 0 off). As in the
 * binary that Electron publishes, but for the number of those that are newer than the tool that sets them.
 */
const WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('10110001'),
]);

export type System = 'linux' | 'mac' | 'win';

async function write(root: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content, { mode: 0o755 });
  }
}

/** A Windows program that does nothing, with the version information that every real one has. */
function program(): Buffer {
  const executable = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(executable);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileDescription: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  executable.setExtraData(WIRE);
  return Buffer.from(executable.generate());
}

const plist = (name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundleName</key><string>${name}</string>
</dict></plist>`;

const FRAMEWORK = 'Contents/Frameworks/Electron Framework.framework';
const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map((kind) => `Electron Helper${kind}`);

const DISTRIBUTIONS: Record<System, () => Readonly<Record<string, string | Buffer>>> = {
  linux: () => ({
    electron: WIRE,
    'chrome-sandbox': '',
    'locales/en-US.pak': '',
    'locales/de.pak': '',
    LICENSE: 'Electron',
    'LICENSES.chromium.html': 'Chromium',
    version: '0',
  }),
  win: () => ({
    'electron.exe': program(),
    'locales/en-US.pak': '',
    'locales/de.pak': '',
    LICENSE: 'Electron',
    'LICENSES.chromium.html': 'Chromium',
    version: '0',
  }),
  mac: () => ({
    'Electron.app/Contents/Info.plist': plist('Electron'),
    'Electron.app/Contents/MacOS/Electron': '',
    'Electron.app/Contents/Resources/electron.icns': '',
    'Electron.app/Contents/Resources/en.lproj/locale.pak': '',
    [`Electron.app/${FRAMEWORK}/Versions/A/Electron Framework`]: WIRE,
    [`Electron.app/${FRAMEWORK}/Versions/A/Resources/en.lproj/locale.pak`]: '',
    ...Object.fromEntries(
      HELPERS.flatMap((name) => [
        [`Electron.app/Contents/Frameworks/${name}.app/Contents/Info.plist`, plist(name)],
        [`Electron.app/Contents/Frameworks/${name}.app/Contents/MacOS/${name}`, ''],
      ]),
    ),
  }),
};

/**
 * Lays out what Electron's own archive for a system would hold, as far as packaging looks at it, without the app of its own that packaging
 * would take out. Nothing in it runs.
 */
export async function stubDistribution(system: System, folder: string): Promise<void> {
  await write(folder, DISTRIBUTIONS[system]());
  if (system !== 'mac') return;
  await symlink('A', join(folder, 'Electron.app', FRAMEWORK, 'Versions', 'Current'));
  await symlink(
    join('Versions', 'Current', 'Electron Framework'),
    join(folder, 'Electron.app', FRAMEWORK, 'Electron Framework'),
  );
}
