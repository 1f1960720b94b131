import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import {
  BRIDGE_NAME,
  NOTIFICATION_CHANNEL,
  REQUEST_CHANNEL,
  type BridgeResponse,
  type StudioBridge,
} from '@shared/contract/bridge';
import type { NotificationMessage } from '@shared/contract/studio-api';

/** All that the window gets of Electron: two functions with channels of their own, and where a dropped file lies. */
const bridge: StudioBridge = {
  request: (method, params) => ipcRenderer.invoke(REQUEST_CHANNEL, method, params) as Promise<BridgeResponse>,
  subscribe: (listener) => {
    const receive = (_event: IpcRendererEvent, message: NotificationMessage): void => {
      listener(message);
    };
    ipcRenderer.on(NOTIFICATION_CHANNEL, receive);
    return () => {
      ipcRenderer.off(NOTIFICATION_CHANNEL, receive);
    };
  },
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
