import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { Frame } from 'playwright-core';
import { toMain } from './addresses';
import { strict } from './strict';
import { world } from './world';

/** A frame of a real page as main sees it. */
export function frameMain(frame: Frame): WebFrameMain {
  const parent = frame.parentFrame();
  return strict<WebFrameMain>('WebFrameMain', {
    url: toMain(frame.url()),
    detached: frame.isDetached(),
    parent: parent === null ? null : frameMain(parent),
  });
}

export type InvokeAnswer = { readonly result: unknown } | { readonly error: string };

/** Calls main's handler for a channel as Electron would, with the frame that called. */
export async function invokeMain(
  sender: WebContents,
  senderFrame: WebFrameMain | null,
  channel: string,
  args: readonly unknown[],
): Promise<InvokeAnswer> {
  const handler = world.ipcHandlers.get(channel);
  if (handler === undefined) return { error: `No handler registered for '${channel}'` };
  try {
    return {
      result: await handler(strict<IpcMainInvokeEvent>('IpcMainInvokeEvent', { sender, senderFrame }), ...args),
    };
  } catch (error) {
    return { error: String(error) };
  }
}
