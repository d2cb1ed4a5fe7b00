import { contextBridge, ipcRenderer } from 'electron';
import {
  BRIDGE_CALLS,
  BRIDGE_GLOBAL,
  DEEP_LINK_CHANNEL,
  DEEP_LINK_READY_CHANNEL,
  SHELL_EVENT_CHANNEL,
} from '../../shared/ipc/channels';
import type { Bridge } from '../../shared/ipc/contract';
import { parseDeepLink } from '../../shared/ipc/deep-link';
import { isShellEvent } from '../../shared/ipc/shell-event';

// The page gets named functions and no way to choose a channel. What it passes is checked in main, not here: this world
// is the page's neighbour and may be lost to it.
const bridge: Bridge = {
  info: () => ipcRenderer.invoke(BRIDGE_CALLS.info),
  keyGuard: () => ipcRenderer.invoke(BRIDGE_CALLS.keyGuard),
  openLan: () => ipcRenderer.invoke(BRIDGE_CALLS.openLan),
  closeLan: () => ipcRenderer.invoke(BRIDGE_CALLS.closeLan),
  lanPlaces: () => ipcRenderer.invoke(BRIDGE_CALLS.lanPlaces),
  openExternal: (url) => ipcRenderer.invoke(BRIDGE_CALLS.openExternal, url),
  saveFile: (name, bytes) => ipcRenderer.invoke(BRIDGE_CALLS.saveFile, name, bytes),
  savePdf: (name) => ipcRenderer.invoke(BRIDGE_CALLS.savePdf, name),
  lookForUpdate: () => ipcRenderer.invoke(BRIDGE_CALLS.lookForUpdate),
  fetchUpdate: () => ipcRenderer.invoke(BRIDGE_CALLS.fetchUpdate),
  habits: () => ipcRenderer.invoke(BRIDGE_CALLS.habits),
  setBackground: (isOn) => ipcRenderer.invoke(BRIDGE_CALLS.setBackground, isOn),
  setStartAtLogin: (isOn) => ipcRenderer.invoke(BRIDGE_CALLS.setStartAtLogin, isOn),
  notify: (notice) => ipcRenderer.invoke(BRIDGE_CALLS.notify, notice),
  setBadge: (count) => ipcRenderer.invoke(BRIDGE_CALLS.setBadge, count),
  onShellEvent: (callback) => {
    const listener = (_event: unknown, told: unknown): void => {
      if (isShellEvent(told)) callback(told);
    };
    ipcRenderer.on(SHELL_EVENT_CHANNEL, listener);
    return () => {
      ipcRenderer.off(SHELL_EVENT_CHANNEL, listener);
    };
  },
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
