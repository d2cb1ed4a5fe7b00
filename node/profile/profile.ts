import { homedir } from 'node:os';
import { join } from 'node:path';
import { PeerholdError } from '../../shared/errors';

/** A profile's name is a folder's name on every system. */
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

export const DEFAULT_PROFILE = 'default';

export interface Profile {
  readonly name: string;
  /** Folder of everything that this peer keeps on disk. */
  readonly directory: string;
}

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}

/**
 * Where profiles lie: `PEERHOLD_HOME` if set, else the system's place for an app's data (on Linux `XDG_DATA_HOME`, by the
 * XDG Base Directory specification only if absolute).
 */
function profilesRoot({ platform, env, home }: System): string {
  if (env.PEERHOLD_HOME) return env.PEERHOLD_HOME;
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'peerhold');
    case 'win32':
      return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'peerhold');
    default:
      return join(env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share'), 'peerhold');
  }
}

/** @throws PeerholdError `node.profile-name` for a name that is no plain lower-case word. */
export function findProfile(
  name: string,
  system: System = { platform: process.platform, env: process.env, home: homedir() },
): Profile {
  if (!NAME.test(name)) throw new PeerholdError('node.profile-name');
  return { name, directory: join(profilesRoot(system), name) };
}
