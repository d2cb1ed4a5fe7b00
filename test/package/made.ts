import { Arch, Platform, build, type Configuration } from 'electron-builder';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageConfig } from '../../build/package/config.mjs';
import { makeIcons } from '../../build/package/icons.mjs';
import { stage } from '../../build/package/stage.mjs';
import { stubDistribution, type System } from './stub';

/** What stands for a release: addresses that are nobody's. */
export const RELEASE = {
  homepage: 'https://peerhold.example/',
  maintainer: 'Somebody <somebody@peerhold.example>',
  signed: false,
  updates: { url: 'https://peerhold.example/updates/', key: 'ab'.repeat(32) },
} as const;

const PLATFORMS = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS } as const;
/** Where each system's folder of the unpacked app lies, and what of it is the folder of resources. */
const PLACES = {
  linux: { folder: 'linux-unpacked', program: 'peerhold', resources: 'resources' },
  mac: { folder: 'mac', program: 'Peerhold.app', resources: 'Peerhold.app/Contents/Resources' },
  win: { folder: 'win-unpacked', program: 'Peerhold.exe', resources: 'resources' },
} as const;

interface AppImage {
  /** The menu entry. */
  readonly desktop: string;
  readonly desktopFileName: string;
}
type Told =
  | ({ readonly form: 'AppImage' } & AppImage)
  | { readonly form: 'deb'; readonly args: readonly string[]; readonly desktop: string };

export interface Made {
  /** The unpacked app. */
  readonly folder: string;
  readonly program: string;
  readonly resources: string;
  /** What the tools that make the last form (deb, AppImage) would have been told; they can not be had everywhere. */
  readonly told: readonly Told[];
  readonly config: Configuration;
  remove(): Promise<void>;
}

/** Once for all systems: what is packed, and the icons. */
export async function prepare(): Promise<void> {
  stage(RELEASE);
  await makeIcons();
}

/** Packages the built app by the real configuration for a system, on any, with a stub in Electron's place. */
export async function made(system: System): Promise<Made> {
  const home = await mkdtemp(join(tmpdir(), `peerhold-package-${system}-`));
  const electronDist = join(home, 'electron');
  await stubDistribution(system, electronDist);
  const release = packageConfig(RELEASE);
  const config: Configuration = {
    ...release,
    directories: { ...release.directories, output: join(home, 'made') },
    electronDist,
  };
  const told: Told[] = [];
  // What makes a dmg runs on macOS alone, and the installer's packer is fetched before anything of it is told.
  const forms = { linux: ['dir', 'AppImage', 'deb'], mac: ['dir'], win: ['dir'] }[system];
  await build({
    targets: PLATFORMS[system].createTarget(forms, Arch.x64),
    config,
    publish: 'never',
    effectiveOptionComputed: async (options: AppImage | readonly [readonly string[], string]) => {
      // The file is gone once the form has been made.
      if ('desktop' in options) told.push({ form: 'AppImage', ...options });
      else told.push({ form: 'deb', args: options[0], desktop: await readFile(options[1], 'utf8') });
      return true;
    },
  });
  const { folder, program, resources } = PLACES[system];
  const unpacked = join(home, 'made', folder);
  return {
    folder: unpacked,
    program: join(unpacked, program),
    resources: join(unpacked, resources),
    told,
    config,
    remove: () => rm(home, { recursive: true }),
  };
}
