import type { NotificationMessage, ResponseMessage } from './studio-api';

/** The answer to one request as a bridge hands it on; the pairing number stays inside. */
export type BridgeResponse = ResponseMessage extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never;

/**
 * What a shell offers its window: requests and notifications, nothing else. Electron's preload exposes one as `window.mcnStudio`; in a
 * browser the renderer builds one over the WebSocket at {@link SOCKET_PATH} of its own origin (wire.ts; a cookie authorises it).
 */
export interface StudioBridge {
  request(method: string, params: unknown): Promise<BridgeResponse>;
  /** Calls back for every notification until the returned function is called. */
  subscribe(listener: (message: NotificationMessage) => void): () => void;
  /** Full path of a file that was dropped into the window; absent where windows do not learn that. */
  pathOf?(file: object): string;
}

/** Name of the bridge on `window` under Electron. */
export const BRIDGE_NAME = 'mcnStudio';

/** Channels of Electron's IPC. */
export const REQUEST_CHANNEL = 'studio:request';
export const NOTIFICATION_CHANNEL = 'studio:notification';

/** Path of the WebSocket that the browser shell serves. */
export const SOCKET_PATH = '/api';
