import { shell } from 'electron';
import { PeerholdError } from '../../shared/errors';
import { isSafeExternalUrl } from '../../shared/ipc/external-url';

/**
 * Hands an address to the operating system, written as the URL parser reads it, so that what was checked is what is opened.
 * @throws PeerholdError `electron.unsafe-url` for anything but plain `https:` and `mailto:`.
 */
export async function openExternalUrl(text: string): Promise<void> {
  if (!isSafeExternalUrl(text) || !URL.canParse(text)) throw new PeerholdError('electron.unsafe-url');
  const url = new URL(text);
  if (!isSafeExternalUrl(url.href) || url.username !== '' || url.password !== '') {
    throw new PeerholdError('electron.unsafe-url');
  }
  await shell.openExternal(url.href);
}
