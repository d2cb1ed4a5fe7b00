import { Database } from './database';

const NAME = 'peerhold-scratch';
const STORE = 'scratch';
/** In bytes. Larger values would go into files of their own, past the log. */
const VALUE = 48 * 1024;
/** In bytes: more than Chromium's LevelDB ever puts into one log, which is 4 MiB. */
const WRITTEN = 5 * 1024 * 1024;

/**
 * Lets the browser begin a new log for this profile. Chromium's LevelDB goes on with the log that it finds, even where a crash left the half of
 * a record at its end, takes that for damage at the start after the next, and deletes all that the profile has. Once the log is another one, the
 * torn one is read no more. docs/decisions/0037-one-write-at-a-time.md. Rejects as `Database` does.
 */
export async function beginFreshLog(): Promise<void> {
  const db = await Database.open(NAME, 1, (made) => void made.createObjectStore(STORE));
  try {
    const value = new Uint8Array(VALUE);
    await db.write(
      [STORE],
      (open) => {
        for (let written = 0; written < WRITTEN; written += VALUE) open(STORE).put(value, 0);
      },
      'relaxed',
    );
  } finally {
    db.close();
    await Database.drop(NAME);
  }
}
