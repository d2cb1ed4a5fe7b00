import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { writeFile } from 'node:fs/promises';
import type { Profile } from '../../node/profile/profile';
import type { SignallingService } from '../../node/signalling/service';
import { BRIDGE_CALLS } from '../../shared/ipc/channels';
import { MAX_EXTERNAL_URL_LENGTH, MAX_SAVE_BYTES, type ShellInfo } from '../../shared/ipc/contract';
import { MAX_FILE_NAME_LENGTH, safeFileName } from '../../shared/ipc/file-name';
import * as shape from '../../shared/record/shape';
import { openExternalUrl } from './external';
import { handleCall } from './ipc';

const nothing = shape.tuple();
const address = shape.tuple(shape.text(MAX_EXTERNAL_URL_LENGTH));
const name = shape.tuple(shape.text(MAX_FILE_NAME_LENGTH));
const file = shape.tuple(shape.text(MAX_FILE_NAME_LENGTH), shape.bytes(0, MAX_SAVE_BYTES));

/** Answers the calls of `Bridge`. */
export function setupBridge(profile: Profile, signalling: SignallingService): void {
  handleCall(BRIDGE_CALLS.info, nothing, (): ShellInfo => ({
    shell: 'electron',
    platform: process.platform,
    version: app.getVersion(),
    profile: profile.name,
    signalling: signalling.addresses(),
    lanOpen: signalling.lanOpen,
  }));
  handleCall(BRIDGE_CALLS.openLan, nothing, () => signalling.openLan());
  handleCall(BRIDGE_CALLS.closeLan, nothing, () => signalling.closeLan());
  handleCall(BRIDGE_CALLS.lanPlaces, nothing, () => signalling.lanPlaces());
  handleCall(BRIDGE_CALLS.openExternal, address, ([url]) => openExternalUrl(url));
  handleCall(BRIDGE_CALLS.saveFile, file, ([suggested, bytes], { sender }) => saveAs(sender, suggested, () => bytes));
  // Tagged, so that a screen reader knows its headings and lists.
  handleCall(BRIDGE_CALLS.savePdf, name, ([suggested], { sender }) =>
    saveAs(sender, suggested, () => sender.printToPDF({ generateTaggedPDF: true, generateDocumentOutline: true })),
  );
}

/** Asks where to, makes the bytes and writes them. False where the person does not want it after all. */
async function saveAs(
  sender: WebContents,
  suggested: string,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<boolean> {
  const window = BrowserWindow.fromWebContents(sender);
  if (window === null) return false;
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: safeFileName(suggested) });
  if (canceled || filePath === '') return false;
  await writeFile(filePath, await make());
  return true;
}
