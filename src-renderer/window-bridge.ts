import { ref } from 'vue';
import { BRIDGE_NAME, type StudioBridge } from '@shared/contract/bridge';
import type { WindowBridge } from './bridge';
import { socketBridge } from './socket-bridge';

declare global {
  interface Window {
    /** Exposed by Electron's preload script. */
    [BRIDGE_NAME]?: StudioBridge;
  }
}

/** The bridge that this window's shell offers: Electron's, or else the WebSocket of the browser shell. */
export function windowBridge(): WindowBridge {
  const exposed = window[BRIDGE_NAME];
  if (!exposed) return socketBridge();
  return {
    connection: ref('open'),
    request: (method, params) => exposed.request(method, params),
    subscribe: (listener) => exposed.subscribe(listener),
    ...(exposed.pathOf ? { pathOf: (file: object) => exposed.pathOf!(file) } : {}),
  };
}
