import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_CALLS, BRIDGE_GLOBAL, DEEP_LINK_CHANNEL, DEEP_LINK_READY_CHANNEL } from '../../shared/ipc/channels';
import type { Bridge } from '../../shared/ipc/contract';
import { parseDeepLink } from '../../shared/ipc/deep-link';

// The page gets named functions and no way to choose a channel. What it passes is checked in main, not here: this world
// is the page's neighbour and may be lost to it.
const bridge: Bridge = {
  info: () => ipcRenderer.invoke(BRIDGE_CALLS.info),
  openLan: () => ipcRenderer.invoke(BRIDGE_CALLS.openLan),
  closeLan: () => ipcRenderer.invoke(BRIDGE_CALLS.closeLan),
  lanPlaces: () => ipcRenderer.invoke(BRIDGE_CALLS.lanPlaces),
  openExternal: (url) => ipcRenderer.invoke(BRIDGE_CALLS.openExternal, url),
  saveFile: (name, bytes) => ipcRenderer.invoke(BRIDGE_CALLS.saveFile, name, bytes),
  onDeepLink: (callback) => {
    const listener = (_event: unknown, url: unknown): void => {
      if (typeof url === 'string' && parseDeepLink(url) !== undefined) callback(url);
    };
    ipcRenderer.on(DEEP_LINK_CHANNEL, listener);
    void ipcRenderer.invoke(DEEP_LINK_READY_CHANNEL);
    return () => {
      ipcRenderer.off(DEEP_LINK_CHANNEL, listener);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE_GLOBAL, bridge);
