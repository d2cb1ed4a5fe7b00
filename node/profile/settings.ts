import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as shape from '../../shared/record/shape';
import { makeFolder } from './folder';
import type { Profile } from './profile';

/** What the shell itself keeps in a profile; everything else of a peer lies in the renderer's storage. */
export interface ShellSettings {
  /** Loopback port. In the browser fallback it is a part of the page's origin, to which its storage is bound. */
  readonly port: number | undefined;
  readonly lanPort: number | undefined;
  /** The person opened signalling on the LAN and has not closed it since. */
  readonly lanOpen: boolean;
  /** Where the window of the desktop app was. */
  readonly window: WindowPlace | undefined;
  /** The person wants the desktop app to go on syncing after its window is closed. */
  readonly background: boolean;
}

/** In the system's own units of a screen; `maximized` besides: the rest is what the window goes back to. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const DEFAULTS: ShellSettings = {
  port: undefined,
  lanPort: undefined,
  lanOpen: false,
  window: undefined,
  background: false,
};

const port = shape.integer(1, 65_535);
const coordinate = shape.integer(-100_000, 100_000);
const length = shape.integer(1, 100_000);
const isStored = shape.object({
  port: shape.optional(port),
  lanPort: shape.optional(port),
  lanOpen: shape.boolean,
  window: shape.optional(
    shape.object({ x: coordinate, y: coordinate, width: length, height: length, maximized: shape.boolean }),
  ),
  background: shape.optional(shape.boolean),
});

/** The settings file of one profile. Changes are written one after the other, each whole or not at all. */
export class SettingsFile {
  readonly #directory: string;
  readonly #path: string;
  #settings: ShellSettings = DEFAULTS;
  #writing: Promise<void> = Promise.resolve();

  constructor(profile: Profile) {
    this.#directory = profile.directory;
    this.#path = join(profile.directory, 'shell.json');
  }

  /** Reads the file. One that is missing or damaged gives the defaults: nothing in it is more than a convenience. */
  async load(): Promise<ShellSettings> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      if (isStored(stored)) this.#settings = { ...DEFAULTS, ...stored };
    } catch {
      this.#settings = DEFAULTS;
    }
    return this.#settings;
  }

  get current(): ShellSettings {
    return this.#settings;
  }

  /** Changes some settings; resolves when they are on disk. */
  update(change: Partial<ShellSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
    const text = `${JSON.stringify(this.#settings, undefined, 2)}\n`;
    const write = this.#writing.then(() => this.#write(text));
    this.#writing = write.catch(() => undefined);
    return write;
  }

  async #write(text: string): Promise<void> {
    await makeFolder(this.#directory);
    const temporary = `${this.#path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
  }
}
