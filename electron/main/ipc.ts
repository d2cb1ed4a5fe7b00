import { ipcMain, type IpcMainInvokeEvent, type WebFrameMain } from 'electron';
import { PeerholdError } from '../../shared/errors';
import type { Shape } from '../../shared/record/shape';
import { isPageUrl } from './page';

/** Only the app's page in the main frame of a window may call; a frame that is gone may not. */
function isOurPage(frame: WebFrameMain | null): boolean {
  try {
    return frame !== null && !frame.detached && frame.parent === null && isPageUrl(frame.url);
  } catch {
    // Electron throws at every look at a frame that was disposed of meanwhile.
    return false;
  }
}

/**
 * The only way in which this app takes a call from a page. Fails closed: a call from elsewhere or with arguments of
 * another shape rejects before the handler sees it.
 * @param isArguments the exact shape of the list of arguments
 */
export function handleCall<A extends readonly unknown[], R>(
  channel: string,
  isArguments: Shape<A>,
  handler: (args: A, event: IpcMainInvokeEvent) => R | Promise<R>,
): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<R> => {
    if (!isOurPage(event.senderFrame)) throw new PeerholdError('electron.foreign-caller');
    if (!isArguments(args)) throw new PeerholdError('electron.bad-arguments');
    return handler(args, event);
  });
}
