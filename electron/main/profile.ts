import { app } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartArguments } from '../../node/profile/arguments';
import { findProfile, type Profile } from '../../node/profile/profile';

/** Gives each profile its own storage. Must come before anything that opens storage, the instance lock included. */
export function setupProfile(args: StartArguments): Profile {
  const profile = findProfile(args.profile);
  const userData = join(profile.directory, 'electron');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
  return profile;
}
